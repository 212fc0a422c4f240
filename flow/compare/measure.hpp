/// One scheme on one layer: integers, error, conversions, cycles.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "area.hpp"
#include "operands/npy.hpp"
#include "quantize/quantize.hpp"
#include "sim/run.hpp"
#include "golden/golden.hpp"
#include "variants.hpp"

namespace comparing {

/// A layer as a matrix product, in the reals it stands for.
struct Layer {
    operands::Tensor<double> weights;  ///< (K, M)
    operands::Tensor<double> inputs;   ///< (V, K)
    bool integer = false;           ///< both tensors are 8-bit integers
    std::vector<double> product;    ///< (V, M): inputs * weights, the reference of every error
};

/// Reads both tensors and keeps the first `vectors` inputs (0: all). `integer`: integer files are
/// required and stand for themselves. Throws base::Error if the shapes do not fit.
Layer read_layer(const std::string& weights, const std::string& inputs, std::size_t vectors,
                 bool integer);

/// The operands of one variant. Independent of the ADC.
struct Integers {
    golden::Operands operands;
    double unit = 1;  ///< real value of one unit of the result at adc.step 1
};

/// Integers of least squared error (quantize::quantize); for conventional and bfp an integer layer is
/// taken as it is. bfp gets the integers of 8 bits, whatever its m: it rounds by itself. Throws
/// base::Error for values that the scheme does not hold.
Integers to_integers(const Variant& variant, const Macro& macro, const Layer& layer);

/// What `quantize` found, as operands; a bias of zeros where the config takes one and needs none.
Integers as_operands(const generator::Config& config, const quantize::Quantized& q);

/// Steps among which the least error is searched: p/q with q from 1 to 4, from 1 to the smallest
/// integer with which the 8-bit ADC never clips. Below 1 nothing is gained: v is an integer.
std::vector<generator::Rational> step_candidates(const Variant& variant, const Macro& macro);

/// The candidate of the highest SQNR, the coarsest among equals; all by golden::run_fast.
generator::Rational best_step(const Variant& variant, const Macro& macro, const Layer& layer,
                           const Integers& integers);

/// One row of the table.
struct Row {
    std::string label, config;  ///< config: YAML
    generator::Rational step;
    int adc_bits = 0, adcs = 0, columns = 0, accumulator_bits = 0;
    double sqnr_db = 0;  ///< against Layer::product; +infinity: equal
    std::uint64_t conversions = 0, adc_clipped = 0, cycles = 0;
    /// bfp: m, and the run's further numbers (golden::Result::statistics).
    int mantissa = 0;
    bool dynamic = false;
    std::vector<std::pair<std::string, double>> statistics;
    double statistic(std::string_view name) const;
    std::string mismatch;      ///< golden and RTL differ: the report
    std::optional<Area> area;  ///< of the periphery
    /// Walden's energy proxy.
    std::uint64_t conversion_steps() const { return conversions << adc_bits; }
};

/// Runs the config on `engine` (`both`: golden and RTL, compared). The row has no label. An error
/// is measured in units of `integers.unit` times the config's ADC step.
Row measure_config(const std::string& config, const Layer& layer, const Integers& integers,
                   sim::Engine engine);

/// Runs golden and RTL and compares them.
Row measure(const Variant& variant, const Macro& macro, const std::optional<FixedAdc>& adc,
            const Layer& layer, const Integers& integers);

}  // namespace comparing

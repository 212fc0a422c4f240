// SPDX-License-Identifier: Apache-2.0
/// Layers of a network on the macro: which integers it gets, and what its results mean.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/memory.hpp"
#include "generator/design.hpp"
#include "golden/golden.hpp"
#include "network/network.hpp"
#include "operands/settings.hpp"
#include "quantize/parts.hpp"

namespace network {

/// What one layer runs on.
struct LayerMacro {
    generator::Design design;
    operands::Settings settings = {};
    bool fit_step = false;  ///< adc.step: the best for the calibration's outputs
    std::map<std::string, std::string>
        files;  ///< operands of `run` by name that are given, not found
    std::optional<OutputQuantizer> stage = {};  ///< what the output stage does, with --integer
};

struct MappingOptions {
    bool requantize = false;  ///< integers that the macro does not hold: their real values again
    bool per_output = false;  ///< a weight scale for each output
    bool integer = false;     ///< results are quantized by the macro's output stage
};

/// Inputs of a layer that calibrate it: real values for float nodes, integers less their zero point
/// for integer ones.
struct Sample {
    std::vector<double> values;                ///< of the input tensors, evenly drawn
    std::vector<std::vector<double>> vectors;  ///< by group: rows · depth, evenly drawn
    std::size_t rows = 0;
};

/// Draws a layer's sample from `images` images, one after another. Which elements and vectors
/// depends on the number of images alone.
class Sampler {
  public:
    Sampler(const Network& network, const Layer& layer, std::size_t images);
    void add(const Tensor& x, std::size_t image);
    const Sample& sample() const { return sample_; }

  private:
    const Network& net_;
    const Layer& layer_;
    std::size_t element_step_, vector_step_;
    std::vector<std::size_t> picks(std::size_t image) const;
    Sample sample_;
};

/// Sums over all images of what a layer did.
struct LayerTotals {
    std::uint64_t images = 0, vectors = 0, macs = 0;
    std::uint64_t conversions = 0, adc_clipped = 0, saturated = 0, inputs_clipped = 0;
    double signal = 0, error = 0;  ///< of the products against exact ones of the same inputs
    double ideal_signal = 0, analog_error = 0;  ///< of the results against an ideal array's
    /// Outputs that the output stage made, and of them those that are the model's own integers.
    std::uint64_t stage_outputs = 0, stage_equal = 0;
    std::uint64_t rtl_outputs = 0, rtl_cycles = 0;
    double seconds = 0;  ///< in golden
};

/// Why the layer's own integers do not fit the macro; empty if they do.
std::string misfit(const Network& network, const Layer& layer, const generator::Config& config);

/// Why the layer has more tiles than the config allows; empty if it has not.
std::string too_deep(const Network& network, const Layer& layer, const generator::Config& config);

/// Why the macro's results are not the sums that a layer needs; empty if they are.
std::string no_sums(const Network& network, const Layer& layer, const generator::Design& design);

/// Why the macro's output stage cannot quantize the layer's result as the model does; empty if it
/// can. The layer has a quantizer behind it (output_quantizer).
std::string no_stage(const Network& network, const Layer& layer, const OutputQuantizer& output,
                     const generator::Config& config);

class MappedLayer {
  public:
    /// `sample` is read where something is found: scales, alpha, the ADC's step. Throws base::Error
    /// naming the layer.
    MappedLayer(const Network& network, const Layer& layer, LayerMacro macro, const Sample& sample,
                const MappingOptions& options);

    const Layer& layer() const { return *layer_; }
    const generator::Design& design() const { return macro_.design; }
    const operands::Settings& settings() const { return macro_.settings; }
    const LayerTotals& totals() const { return totals_; }
    LayerTotals& totals() { return totals_; }
    /// Spent on the exact products that the macro's are compared with.
    double exact_seconds() const { return exact_seconds_; }
    /// The same layer on another chip.
    void next_chip(std::uint32_t seed);
    std::uint32_t seed() const { return spec_.analog.seed; }
    std::size_t tiles() const;
    /// Steps driven for all images so far, and the cycles that the rate law grants them.
    std::uint64_t steps() const;
    std::uint64_t cycles() const;
    /// The smallest ADC that clips no code of the calibration's vectors at this step, at most 16.
    int adc_bits_no_clip() const { return bits_no_clip_; }
    double input_scale() const { return input_scale_; }
    std::int64_t input_offset() const { return shift_; }
    bool found_input() const { return quantizer_.has_value(); }
    bool found_weights() const { return found_weights_; }

    /// The layer for a batch whose first image is number `first`: one result an image. Runs golden
    /// in pieces of bounded memory; adds to the totals.
    std::vector<Tensor> run(std::span<const Tensor* const> images, std::uint64_t first,
                            unsigned threads);
    /// What the macro gets for the first `count` vectors of image 0, for each group; their
    /// conversions have the numbers that they have in the whole image.
    std::vector<golden::Operands> first_vectors(const Tensor& image, std::size_t count) const;
    /// The same vectors on golden and RTL; adds to the totals. Throws base::Error naming the layer
    /// and the first output that differs.
    void run_rtl(const Tensor& image, std::size_t count, bool progress);

  private:
    struct Group {
        golden::Operands operands;       ///< all but the inputs
        std::vector<double> unit;        ///< of a result, an output: real per integer product
        std::vector<double> correction;  ///< to take off, an output
    };
    void find_input(const Sample& sample, const MappingOptions& options);
    void find_weights(const MappingOptions& options);
    void place_integers();
    void fit_columns(const Sample& sample);
    void read_columns(const Sample& sample);
    void fit_step(const Sample& sample);
    void finish_groups();
    /// Of an image: squares of results and of errors, outputs that are the model's own.
    struct StageCount {
        double signal = 0, error = 0;
        std::uint64_t equal = 0;
    };
    void take_stage();
    void set_stage();
    Tensor stage_tensor(std::span<const double> integers) const;
    void compare_stage(const Tensor& own, std::span<const double> integers,
                       StageCount& count) const;
    void find_bits(const Sample& sample);
    /// Of an image. What leaves 32 bits stays at their end: no scheme holds so much.
    using Integers = base::Buffer<std::int32_t>;
    using Sums = base::Buffer<double>;
    Integers integers(const Tensor& x) const;
    /// The exact sums of those images that the SQNR is measured on.
    std::vector<std::vector<double>> exact(std::span<const Tensor* const> images,
                                           std::uint64_t first, unsigned threads);
    golden::Matrix sample_inputs(const Sample& sample, std::size_t group) const;
    /// Steps that each image's groups have driven so far, where conversions are noisy.
    struct Noise {
        bool on = false;
        std::vector<std::uint64_t> driven;
    };
    void run_group(std::size_t g, const std::vector<Integers>& images, std::uint64_t first,
                   unsigned threads, Noise& noise, std::vector<Sums>& sums);
    void take_results(std::size_t g, std::size_t from, std::size_t to, std::size_t row,
                      const golden::Result& r, Sums& sums) const;
    void number_conversions(golden::Operands& o, std::size_t vectors, std::size_t image,
                            std::uint64_t first, Noise& noise) const;
    void measure_analog(const golden::Operands& o, std::size_t rows, const golden::Result& r,
                        unsigned threads);
    bool analog() const;
    void add_totals(const golden::Result& r);
    [[noreturn]] void fail(const std::string& message) const;

    const Network* net_;
    const Layer* layer_;
    LayerMacro macro_;
    golden::Spec spec_;
    std::optional<quantize::InputQuantizer> quantizer_;  ///< of a found input
    double input_scale_ = 1;
    double exact_seconds_ = 0;
    std::int64_t shift_ = 0;  ///< macro's integer = integer + shift
    std::int64_t weight_shift_ = 0;
    bool found_weights_ = false;
    std::vector<std::int64_t> weights_;  ///< in the tensor's layout, without shift
    std::vector<double> weight_scale_;   ///< an output
    std::vector<double> register_bias_;  ///< real, an output; empty: digital
    std::vector<Group> groups_;
    int bits_no_clip_ = 0;
    LayerTotals totals_;
};

}  // namespace network

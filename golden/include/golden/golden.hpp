/// Integer-exact model of a compute-in-memory macro: what the generated hardware has to compute.
///
/// Knows nothing of the generator and never sees a derived width: it takes the config's raw values
/// (`auto` stays absent) and resolves them by its own arithmetic. Source: the specification's
/// contract and scheme pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace golden {

class Error : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Row-major integer matrix.
struct Matrix {
    std::size_t rows = 0;
    std::size_t cols = 0;
    std::vector<std::int64_t> data;
    std::int64_t operator()(std::size_t r, std::size_t c) const { return data[r * cols + c]; }
    std::int64_t& operator()(std::size_t r, std::size_t c) { return data[r * cols + c]; }
};

/// The macro as its user described it. Absent optionals are `auto`.
struct Spec {
    std::string scheme;
    int rows = 0;
    int outputs = 0;
    int active_rows = 0;
    int banks = 16;
    std::optional<int> adc_bits;
    int step_num = 1;  ///< adc.step = step_num / step_den
    int step_den = 1;
    int max_tiles = 16;
    std::optional<int> accumulator_bits;
    bool bias = false;
    bool chain = false;
    int input_bits = 0;  ///< schemes with `input.bits`
    bool input_signed = false;
    int weight_bits = 0;               ///< schemes with `weight.bits`
    std::vector<int> zebra_base;       ///< b3..b0 positions as listed in the page's table: most significant first
    int zebra_ratio = 1;               ///< lambda
};

/// What `auto` resolves to, and the scheme's shape.
struct Resolved {
    int planes = 0;
    int steps = 0;
    int adc_bits = 0;
    std::int64_t code_min = 0, code_max = 0;  ///< the ADC's whole code range
    std::int64_t v_min = 0, v_max = 0;        ///< range of the analog value
    int accumulator_bits = 0;
    bool can_saturate = false;  ///< false: no data whatever can saturate an addition
};
/// Throws Error if `auto` needs an ADC above 16 bits or an accumulator above 63.
Resolved resolve(const Spec& spec);

/// Operands of one matrix product. Values must be in the scheme's range (the caller checks).
struct Operands {
    Matrix inputs;                   ///< (V, K)
    Matrix weights;                  ///< (K, M)
    std::vector<std::int64_t> bias;  ///< (M,), empty without
};

struct Result {
    Matrix outputs;                        ///< (V, M)
    std::vector<std::uint8_t> saturated;   ///< (V,): 1 if any addition of an output below M saturated
    std::uint64_t conversions = 0;         ///< all physical columns in every driven step, over all column blocks
    std::uint64_t adc_clipped = 0;         ///< conversions whose code was clipped at lo or hi
    std::uint64_t inputs_clipped = 0;      ///< inputs clipped by the scheme's code
    std::uint64_t weights_clipped = 0;
};

/// The clearest correct form: loops over tiles, groups, steps, planes and rows as the page reads.
Result run_reference(const Spec& spec, const Operands& operands);

/// The same result, bit-packed and vectorized; `threads` 0 = all cores.
Result run_fast(const Spec& spec, const Operands& operands, unsigned threads = 0);

/// One ADC conversion, for the report of a mismatch.
struct Conversion {
    std::size_t tile = 0, group = 0;
    std::size_t step = 0;    ///< input plane driven (the scheme's t or i)
    std::size_t column = 0;  ///< physical column = output · planes + plane
    std::int64_t value = 0;  ///< ideal analog value v
    std::int64_t code = 0;
};
/// All conversions of one vector in one column block, ordered by tile, group, step, column.
std::vector<Conversion> trace(const Spec& spec, const Operands& operands, std::size_t vector,
                              std::size_t column_block);

}  // namespace golden

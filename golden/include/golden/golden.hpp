/// Integer-exact model of a compute-in-memory macro: what the generated hardware has to compute.
///
/// Knows nothing of the generator and never sees a derived width: it takes the config's raw values
/// (`auto` stays absent) and resolves them by its own arithmetic. Source: the specification's
/// contract and scheme pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
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
    int weight_bits = 0;          ///< schemes with `weight.bits`
    std::vector<int> zebra_base;  ///< b3..b0 as listed in the page's table: most significant first
    int zebra_ratio = 1;          ///< lambda

    struct Bfp {
        bool dynamic = false;  ///< bfp.block
        int mantissa_max = 0;  ///< bfp.mantissa_bits
        int mantissa = 0;      ///< m of this run, 0: mantissa_max
    } bfp;
    struct ColumnQuant {
        int cell_bits = 1;
        bool differential = true;  ///< column_quant.signing
        int dac_bits = 0;          ///< 0: input.bits
        int alpha_frac = 16;
        int scale_bits = 8;
        int center = 0;  ///< everywhere, if Operands::center is empty
    } column_quant;
    struct BinSparX {
        bool weights = true;
        bool activations = true;
        bool threshold = false;
    } binsparx;
};

/// What `auto` resolves to, and the scheme's shape.
struct Resolved {
    int planes = 0;
    int steps = 0;  ///< input planes; of one pass where the scheme forms passes
    int adc_bits = 0;
    std::int64_t code_min = 0, code_max = 0;  ///< the ADC's whole code range
    std::int64_t v_min = 0, v_max = 0;        ///< range of the analog value
    int accumulator_bits = 0;
    bool can_saturate = false;  ///< false: no data whatever can saturate an addition
};
/// Throws Error if `auto` needs an ADC above 16 bits or an accumulator above 63.
Resolved resolve(const Spec& spec);

/// Operands of one matrix product, tensors in C order. A tensor that the spec does not take is
/// empty. Presence, sizes and ranges are checked by every function here: Error names tensor, index
/// and value.
struct Operands {
    Matrix inputs;                          ///< (V, K)
    Matrix weights;                         ///< (K, M)
    std::vector<std::int64_t> bias = {};    ///< (M,): accumulator.bias
    std::vector<std::int64_t> alpha = {};   ///< (T, planes, M): column_quant, 0 to 65535
    std::vector<std::int64_t> scale = {};   ///< (T, planes, M): column_quant, unsigned scale_bits
    std::vector<std::int64_t> center = {};  ///< (T, planes): column_quant, -128…127; may be empty
    std::vector<std::int64_t> threshold = {};  ///< (M,): binsparx.threshold, of accumulator width
};

struct Result {
    Matrix outputs;  ///< (V, M)
    /// (V,): 1 if any addition of an output below M saturated
    std::vector<std::uint8_t> saturated;
    /// All physical columns in every driven step, over all column blocks.
    std::uint64_t conversions = 0;
    std::uint64_t adc_clipped = 0;     ///< conversions whose code was clipped at lo or hi
    std::uint64_t inputs_clipped = 0;  ///< inputs clipped by the scheme's code
    std::uint64_t weights_clipped = 0;
    /// Further numbers of the scheme by name, in a fixed order; none for most.
    /// bfp: steps_driven, steps_skipped (of the passes formed) and passes over all column blocks,
    /// max_active_rows (rows with a 1 in one step), adc_bits_no_clip (smallest ADC that, at this
    /// step, clips no v that occurred).
    /// binsparx, per group, over present rows and outputs below M, as driven and stored and, with
    /// suffix _plain, as both would be without sparsification: ones_per_vector, ones_per_column
    /// (means), analog_mean, analog_max (of v).
    std::vector<std::pair<std::string, double>> statistics;
};

/// The clearest correct form: loops over tiles, groups, steps, planes and rows as the page reads.
Result run_reference(const Spec& spec, const Operands& operands);

/// The same result, bit-packed and vectorized; `threads` 0 = all cores. Without `statistics`,
/// Result::statistics stays empty, and some schemes have a shorter way.
Result run_fast(const Spec& spec, const Operands& operands, unsigned threads = 0,
                bool statistics = true);

/// One ADC conversion, for the report of a mismatch.
struct Conversion {
    std::size_t tile = 0, group = 0;
    std::size_t step = 0;    ///< input plane driven (the scheme's t or i)
    std::size_t column = 0;  ///< physical column = output · planes + plane
    std::int64_t value = 0;  ///< ideal analog value v
    std::int64_t code = 0;   ///< as the ADC delivers it (column_quant: u)
    std::size_t pass = 0;    ///< bfp: shift s of the pass
};
/// All conversions of one vector in one column block, ordered by tile, group, pass, step, column.
/// The columns of outputs that the product does not use are converted as well; they hold what a
/// weight of 0 holds (binsparx: all cells 0), with alpha 0 and their plane's centre. Like any
/// other conversion they count as clipped where their code is.
std::vector<Conversion> trace(const Spec& spec, const Operands& operands, std::size_t vector,
                              std::size_t column_block);

}  // namespace golden

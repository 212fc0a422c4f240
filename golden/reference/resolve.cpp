// SPDX-License-Identifier: Apache-2.0
/// What `auto` resolves to. Source: contract, "Analog value and ADC" and "Accumulation".
#include <string>

#include "golden/reference/check.hpp"
#include "golden/scheme.hpp"

namespace golden {
namespace {

constexpr int max_adc_bits = 16;
constexpr int max_accumulator_bits = 63;

Range code_range(int bits, bool is_signed) {
    return is_signed ? signed_range(bits) : unsigned_range(bits);
}

/// Codes less any correction of `bits` bits.
Range corrected(Range codes, int bits) {
    if (bits == 0) return codes;
    const Range correction = signed_range(bits);
    return {codes.min - correction.max, codes.max - correction.min};
}

/// The smallest width with which nothing clips. The transfer is monotone, so the ends decide.
int smallest_adc(const Macro& macro, const Shape& shape) {
    const Adc adc{macro.step_num, macro.step_den, 0, 0};
    for (int bits = 1; bits <= max_adc_bits; ++bits) {
        const Range codes = code_range(bits, shape.signed_adc);
        if (codes.holds(adc.unclipped(shape.value.min)) &&
            codes.holds(adc.unclipped(shape.value.max)))
            return bits;
    }
    throw Error("golden: adc.bits: auto needs more than " + std::to_string(max_adc_bits) +
                " bits at this step");
}

bool holds(Range outer, Range inner) { return outer.holds(inner.min) && outer.holds(inner.max); }

int smallest_accumulator(Range sum, bool starting_value) {
    int bits = 1;
    while (bits < max_accumulator_bits && !holds(signed_range(bits), sum)) ++bits;
    if (starting_value) ++bits;
    if (bits > max_accumulator_bits || !holds(signed_range(bits), sum))
        throw Error("golden: accumulator.bits: auto needs more than " +
                    std::to_string(max_accumulator_bits) + " bits");
    return bits;
}

void check_macro(const Macro& macro) {
    if (macro.rows < 1 || macro.outputs < 1 || macro.active_rows < 1 ||
        macro.rows % macro.active_rows != 0)
        throw Error(
            "golden: rows, outputs and active_rows must be positive, active_rows divide "
            "rows");
    if (macro.step_num < 1 || macro.step_den < 1 || macro.step_num > 65535 ||
        macro.step_den > 65535)
        throw Error("golden: adc.step must be p/q with p and q from 1 to 65535");
    if (macro.adc_bits && (*macro.adc_bits < 1 || *macro.adc_bits > max_adc_bits))
        throw Error("golden: adc.bits must be 1 to 16");
    if (macro.accumulator_bits &&
        (*macro.accumulator_bits < 2 || *macro.accumulator_bits > max_accumulator_bits))
        throw Error("golden: accumulator.bits must be 2 to 63");
    if (macro.correction_bits < 0 || macro.correction_bits > 8)
        throw Error("golden: adc.correction_bits must be 0 to 8");
    if (macro.max_tiles < 1) throw Error("golden: accumulator.max_tiles must be positive");
}

}  // namespace

Resolved resolve(const Macro& macro, const Scheme& scheme) {
    check_macro(macro);
    const Shape shape = scheme.shape();

    Resolved resolved;
    check_analog(macro.analog, shape.value);
    if (macro.adc_share < 0 ||
        (macro.adc_share > 0 && macro.outputs * shape.planes % macro.adc_share != 0))
        throw Error("golden: adc.share must divide the columns");
    resolved.planes = shape.planes;
    resolved.steps = shape.steps;
    resolved.v_min = shape.value.min;
    resolved.v_max = shape.value.max;
    resolved.adc_bits = macro.adc_bits ? *macro.adc_bits : smallest_adc(macro, shape);
    const Range codes = code_range(resolved.adc_bits, shape.signed_adc);
    resolved.code_min = codes.min;
    resolved.code_max = codes.max;

    const Range tile =
        scheme.tile_range(macro.rows / macro.active_rows, corrected(codes, macro.correction_bits));
    const Range sum{macro.max_tiles * tile.min, macro.max_tiles * tile.max};
    const bool starting_value = macro.bias || macro.chain;
    resolved.accumulator_bits = macro.accumulator_bits ? *macro.accumulator_bits
                                                       : smallest_accumulator(sum, starting_value);
    // A starting value may lie at either end of the accumulator, and a tile's sum is never confined
    // to zero: some addition saturates. Without one the accumulator holds the sum of up to
    // max_tiles tiles, whose ends (min <= 0 <= max) bound every partial sum too.
    resolved.can_saturate = starting_value || !holds(signed_range(resolved.accumulator_bits), sum);
    return resolved;
}

Resolved resolve(const Spec& spec) {
    check_macro(spec);
    return resolve(spec, *make_scheme(spec));
}

}  // namespace golden

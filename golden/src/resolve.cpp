/// What `auto` resolves to. Source: contract, "Analog value and ADC" and "Accumulation".
#include <string>

#include "src/check.hpp"
#include "src/scheme.hpp"

namespace golden {
namespace {

using detail::Adc;
using detail::Range;
using detail::Shape;

constexpr int kMaxAdcBits = 16;
constexpr int kMaxAccumulatorBits = 63;

Range code_range(int bits, bool is_signed) {
    return is_signed ? detail::signed_range(bits) : detail::unsigned_range(bits);
}

/// The smallest width with which nothing clips. The transfer is monotone, so the ends decide.
int smallest_adc(const Spec& spec, const Shape& shape) {
    const Adc adc{spec.step_num, spec.step_den, 0, 0};
    for (int bits = 1; bits <= kMaxAdcBits; ++bits) {
        const Range codes = code_range(bits, shape.signed_adc);
        if (codes.holds(adc.unclipped(shape.value.min)) &&
            codes.holds(adc.unclipped(shape.value.max)))
            return bits;
    }
    throw Error("golden: adc.bits: auto needs more than " + std::to_string(kMaxAdcBits) +
                " bits at this step");
}

bool holds(Range outer, Range inner) { return outer.holds(inner.min) && outer.holds(inner.max); }

int smallest_accumulator(Range sum, bool starting_value) {
    int bits = 1;
    while (bits < kMaxAccumulatorBits && !holds(detail::signed_range(bits), sum)) ++bits;
    if (starting_value) ++bits;
    if (bits > kMaxAccumulatorBits || !holds(detail::signed_range(bits), sum))
        throw Error("golden: accumulator.bits: auto needs more than " +
                    std::to_string(kMaxAccumulatorBits) + " bits");
    return bits;
}

void check_spec(const Spec& spec) {
    if (spec.rows < 1 || spec.outputs < 1 || spec.active_rows < 1 ||
        spec.rows % spec.active_rows != 0)
        throw Error(
            "golden: rows, outputs and active_rows must be positive, active_rows divide "
            "rows");
    if (spec.step_num < 1 || spec.step_den < 1 || spec.step_num > 65535 || spec.step_den > 65535)
        throw Error("golden: adc.step must be p/q with p and q from 1 to 65535");
    if (spec.adc_bits && (*spec.adc_bits < 1 || *spec.adc_bits > kMaxAdcBits))
        throw Error("golden: adc.bits must be 1 to 16");
    if (spec.accumulator_bits &&
        (*spec.accumulator_bits < 2 || *spec.accumulator_bits > kMaxAccumulatorBits))
        throw Error("golden: accumulator.bits must be 2 to 63");
    if (spec.max_tiles < 1) throw Error("golden: accumulator.max_tiles must be positive");
}

}  // namespace

Resolved resolve(const Spec& spec) {
    check_spec(spec);
    const auto scheme = detail::make_scheme(spec);
    const Shape shape = scheme->shape();

    Resolved resolved;
    resolved.planes = shape.planes;
    resolved.steps = shape.steps;
    resolved.v_min = shape.value.min;
    resolved.v_max = shape.value.max;
    resolved.adc_bits = spec.adc_bits ? *spec.adc_bits : smallest_adc(spec, shape);
    const Range codes = code_range(resolved.adc_bits, shape.signed_adc);
    resolved.code_min = codes.min;
    resolved.code_max = codes.max;

    const Range tile = scheme->tile_range(spec.rows / spec.active_rows, codes);
    const Range sum{spec.max_tiles * tile.min, spec.max_tiles * tile.max};
    const bool starting_value = spec.bias || spec.chain;
    resolved.accumulator_bits =
        spec.accumulator_bits ? *spec.accumulator_bits : smallest_accumulator(sum, starting_value);
    // A starting value may lie at either end of the accumulator, and a tile's sum is never confined
    // to zero: some addition saturates. Without one the accumulator holds the sum of up to
    // max_tiles tiles, whose ends (min <= 0 <= max) bound every partial sum too.
    resolved.can_saturate =
        starting_value || !holds(detail::signed_range(resolved.accumulator_bits), sum);
    return resolved;
}

}  // namespace golden

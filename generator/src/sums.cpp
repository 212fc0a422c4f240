// SPDX-License-Identifier: Apache-2.0
/// How far sums of codes reach: lanes and accumulators. Source: docs/spec/contract.md,
/// "Accumulation".
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/error.hpp"
#include "derive.hpp"

namespace generator {

namespace {

constexpr int min_accumulator_bits = 2;
constexpr int max_accumulator_bits = 63;
constexpr int max_product_bits = 64;  ///< of the output stage
constexpr std::int64_t limit = std::int64_t{1} << 62;

/// Sums of extremes before it is known that they fit.
__extension__ using Wide = __int128;

/// Smallest signed width that holds the value.
int wide_bits(Wide value) {
    int bits = 1;
    for (Wide rest = value < 0 ? ~value : value; rest > 0; rest >>= 1) ++bits;
    return bits;
}

std::string_view remedy(const Config& config) { return scheme_of(config).sum_remedy(); }

/// A sum within 62 bits and a sign, or the error that it is not.
std::int64_t narrow(const Config& config, Wide value) {
    if (value >= limit || value <= -limit) {
        throw base::KeyError(
            "accumulator.max_tiles",
            fmt::format("found {} tiles, whose sums need {} bits; expected sums of at "
                        "most {} bits: {}",
                        config.accumulator.max_tiles,
                        std::max(wide_bits(value), max_accumulator_bits + 1), max_accumulator_bits,
                        remedy(config)));
    }
    return static_cast<std::int64_t>(value);
}

/// Sums the extremes of its terms.
struct Reach {
    Wide lo = 0, hi = 0;
    void add(std::int64_t factor, const Adc& adc) {
        const Wide a = static_cast<Wide>(factor) * adc.used_min;
        const Wide b = static_cast<Wide>(factor) * adc.used_max;
        lo += std::min(a, b);
        hi += std::max(a, b);
    }
};

std::int64_t plane_factor(const Plan& p, int plane) {
    const std::int64_t f = std::int64_t{1} << p.plane_pos[plane];
    return p.plane_negate[plane] ? -f : f;
}

std::int64_t step_factor(const Plan& p, int step) {
    const std::int64_t f = std::int64_t{1} << p.step_pos[step];
    return p.negate_last_step && step == p.steps - 1 ? -f : f;
}

/// Width of registers that hold `tile`, and before it a clamped sum of `bits`.
int guarded_bits(const Extremes& tile, int bits) {
    const std::int64_t half = std::int64_t{1} << (bits - 1);
    return std::max(
        {bits + 1, wide_bits(Wide{tile.first} - half), wide_bits(Wide{tile.second} + half - 1)});
}

int auto_bits(const Config& config, int exact, bool has_start) {
    const int bits = config.accumulator.bits.value_or(
        std::max(exact + (has_start ? 1 : 0), min_accumulator_bits));
    if (bits <= max_accumulator_bits) return bits;
    throw base::KeyError("accumulator.bits",
                         fmt::format("found auto, which resolves to {0} bits; expected at most "
                                     "{1}: {2}, or the number {1}, which may saturate",
                                     bits, max_accumulator_bits, remedy(config)));
}

/// Smallest width, at least 2, of a sum over all tiles.
int sum_bits(const Config& config, const Extremes& tile) {
    const int tiles = config.accumulator.max_tiles;
    return signed_bits(narrow(config, Wide{tile.first} * tiles),
                       narrow(config, Wide{tile.second} * tiles));
}

}  // namespace

Lane derive_lane(const Config& config, const Plan& plan, const Shape& shape, const Adc& adc) {
    const int share = config.adc.share;
    Lane lane;
    lane.adcs = share < plan.planes ? plan.planes / share : 1;
    if (plan.own_lane) lane.adcs = plan.own_lane->adcs;
    lane.count = shape.adcs / lane.adcs;
    lane.outputs = plan.own_lane ? plan.own_lane->outputs : config.array.outputs / lane.count;
    Reach sum;
    for (int j = 0; j < plan.planes; ++j) sum.add(plane_factor(plan, j), adc);
    lane.sum_bits =
        std::max(signed_bits(narrow(config, sum.lo), narrow(config, sum.hi)), adc.used_bits + 1);
    return lane;
}

Accumulator derive_accumulator(const SchemeHardware& scheme, const Config& config, const Plan& plan,
                               const Adc& adc) {
    const Extremes tile = scheme.tile_range(config, plan, adc);
    const int exact = sum_bits(config, tile);
    const int needed = std::max(exact, min_accumulator_bits);
    Accumulator acc;
    std::tie(acc.tile_min, acc.tile_max) = tile;
    acc.has_start = config.accumulator.bias || config.accumulator.chain;
    acc.bits = auto_bits(config, exact, acc.has_start);
    acc.saturates = acc.has_start || acc.bits < needed;
    acc.register_bits = !acc.saturates  ? needed
                        : acc.has_start ? guarded_bits(tile, acc.bits)
                                        : std::min(guarded_bits(tile, acc.bits), needed);
    if (const auto other = scheme.register_range(config, plan, adc, acc.saturates)) {
        acc.register_bits = std::max(sum_bits(config, *other), min_accumulator_bits);
        acc.stored_bits = acc.register_bits;
    } else {
        acc.stored_bits = std::min(acc.bits, acc.register_bits);
    }
    acc.value_bits = acc.saturates ? acc.bits : std::min(acc.bits, needed);
    return acc;
}

Result derive_result(const Config& config, const Plan& plan, const Accumulator& acc,
                     int factor_bits) {
    if (plan.result_bits > 0) {
        return {.bits = plan.result_bits, .stored_bits = plan.result_bits, .is_signed = false};
    }
    if (factor_bits > 0) return {.bits = acc.stored_bits, .stored_bits = acc.stored_bits};
    return {.bits = config.output.requant ? acc.value_bits : acc.bits,
            .stored_bits = acc.stored_bits};
}

OutputStream derive_output(const Config& config, const Accumulator& acc, const Result& result,
                           int factor_bits) {
    const OutputConfig& output = config.output;
    if (!output.requant) return {.bits = result.bits, .is_signed = result.is_signed};
    if (acc.bits + output.multiplier_bits > max_product_bits) {
        throw base::KeyError(
            "output.multiplier_bits",
            fmt::format("found {} beside accumulators of {} bits; expected at most {} bits in all",
                        output.multiplier_bits, acc.bits, max_product_bits));
    }
    return {.bits = output.bits,
            .is_signed = output.is_signed,
            .factor_bits = factor_bits,
            .multiplier_bits = output.multiplier_bits + factor_bits};
}

Extremes product_tile_range(const Config& config, const Plan& plan, const Adc& adc) {
    Reach tile;
    for (int t = 0; t < plan.steps; ++t) {
        for (int j = 0; j < plan.planes; ++j) {
            tile.add(step_factor(plan, t) * plane_factor(plan, j), adc);
        }
    }
    const int groups = config.array.rows / config.array.active_rows;
    return {narrow(config, tile.lo * groups), narrow(config, tile.hi * groups)};
}

}  // namespace generator

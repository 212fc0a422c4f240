// SPDX-License-Identifier: Apache-2.0
/// How long a step takes, and how wide the streams are that keep up with it. Source:
/// docs/spec/contract.md, "Rate".
#include <algorithm>

#include "derive.hpp"

namespace generator {

namespace {

constexpr std::int64_t chain_slack = 48;    ///< of the rate law's 64 cycles
constexpr std::int64_t requant_stages = 7;  ///< of cim_output_stage, at most
constexpr int weight_port_bits = 32;        ///< of the weight port, where it chooses its width

std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

/// Smallest power of two, at most `whole`, with which all of them pass in at most `cycles` beats.
int auto_beat(int whole, std::int64_t cycles) {
    int beat = 1;
    while (beat < whole && ceil_div(whole, beat) > cycles) beat *= 2;
    return std::min(beat, whole);
}

struct Beat {
    int elements = 0;
    int free = 0;           ///< what the rate needs
    std::int64_t wait = 0;  ///< cycles by which all of them miss those that they have
};

/// Of `whole` elements of `bits` that should pass in `cycles`: as chosen, else as many as the rate
/// needs and `max_bits` hold, at least one.
Beat beat_of(const AutoInt& chosen, int whole, int bits, int max_bits, std::int64_t cycles) {
    Beat b;
    b.free = auto_beat(whole, cycles);
    b.elements = chosen.value_or(std::min(b.free, std::max(1, max_bits / bits)));
    b.wait = std::max<std::int64_t>(0, ceil_div(whole, b.elements) - cycles);
    return b;
}

/// Until a value stands: a cycle at least.
int drive_cycles(const ArrayConfig& array) { return std::max(array.settle, 1); }

/// As the package computes it (rtl_templates/top/package.sv.tpl): a drive that waits for ADCs of
/// the config's latency never ends before its turn.
std::int64_t bound_of_drives(const ArrayConfig& array, std::int64_t conversion) {
    if (array.hold == Hold::none || array.max_drive == 0) return 0;
    const std::int64_t shortest = drive_cycles(array) + conversion + array.sample_gap + drive_slack;
    return std::max<std::int64_t>(array.max_drive, shortest);
}

/// Where a vector waits so long for its starting values that its first drive ends before: the drive
/// begins anew once they are there.
std::int64_t redrive_cycles(const Config& config, const Timing& timing, std::int64_t wait) {
    const auto& array = config.array;
    const bool waits = config.accumulator.chain && timing.drive_bound > 0 && wait > 0;
    if (!waits || wait + timing.step_cycles + drive_slack < timing.drive_bound) return 0;
    return array.precharge + drive_cycles(array) + array.sample_gap;
}

}  // namespace

bool drive_overlaps(const Config& config, std::int64_t conversion_cycles) {
    const auto& array = config.array;
    return array.hold == Hold::column && array.precharge > 0 && array.settle == 0 &&
           config.adc.share * conversion_cycles <= array.precharge;
}

Timing derive_timing(const Config& config) {
    const auto& array = config.array;
    const std::int64_t conversion =
        config.adc.latency + (config.adc.kind == AdcKind::async ? handshake_cycles : 0);
    const std::int64_t convert = config.adc.share * conversion;
    if (array.hold == Hold::none) {
        return {convert + array.precharge + array.settle + array.sample_gap, conversion, 0};
    }
    // A drive takes a cycle at least, unless it coincides with the last one of a precharge.
    const std::int64_t drive = drive_overlaps(config, conversion) ? 0 : drive_cycles(array);
    return {std::max(convert, array.precharge + drive + array.sample_gap), conversion,
            bound_of_drives(array, conversion)};
}

Streams derive_streams(const Config& config, const Plan& plan, const Shape& shape,
                       const Timing& timing, const OutputStream& output) {
    const auto& array = config.array;
    const std::int64_t group_cycles = timing.step_cycles * plan.steps;
    Streams s;
    // Without a work buffer the next tile arrives only while this one settles and is converted.
    // Where steps may be skipped, a tile may have none: then the law leaves it two cycles and those
    // of its passes, one of them for the copy into the work buffer.
    const std::int64_t in_cycles = plan.skips_steps ? 1 + plan.pass_cycles
                                   : shape.direct_input
                                       ? std::max<std::int64_t>(1, group_cycles - array.precharge)
                                       : group_cycles;
    // A result that leaves the lanes later may take that much less time in the output register.
    std::int64_t out_cycles =
        plan.skips_steps ? 2 + plan.pass_cycles
                         : std::max<std::int64_t>(1, group_cycles - (plan.lane_stages - 2));
    const StreamConfig& stream = config.stream;
    const Beat in =
        beat_of(stream.in, array.rows, plan.input.port_bits, stream.max_bits, in_cycles);
    s.in = in.elements;
    s.free_in = in.free;
    s.tile_wait = in.wait;
    if (config.accumulator.chain) {
        // A first vector waits for its starting values, which the law's fill does not count: they
        // may take as long as the input, and most of the 64 cycles.
        const std::int64_t slack = chain_slack - (config.output.requant ? requant_stages : 0);
        out_cycles = std::min(out_cycles, ceil_div(array.rows, s.in) + slack);
        // Without holds a drive waits for them, and they are taken after it has settled.
        if (array.hold == Hold::none) {
            out_cycles =
                std::min(out_cycles, std::max<std::int64_t>(1, group_cycles - array.settle));
        }
    }
    const Beat out = beat_of(stream.out, array.outputs, output.bits, stream.max_bits, out_cycles);
    s.out = out.elements;
    s.free_out = out.free;
    s.vector_wait = out.wait + redrive_cycles(config, timing, out.wait);
    s.weight =
        stream.weight.value_or(std::min(shape.columns, weight_port_bits / plan.array.cell_bits));
    s.words = static_cast<int>(ceil_div(shape.columns, s.weight));
    return s;
}

std::int64_t rate_bound(const Design& d, std::int64_t steps_driven, std::int64_t vectors,
                        std::int64_t tiles) {
    const std::int64_t fill = ceil_div(d.config.array.rows, d.streams.in) +
                              ceil_div(d.config.array.outputs, d.streams.out);
    return steps_driven * d.step_cycles +
           vectors * (tiles * (2 + d.pass_cycles + d.streams.tile_wait) + d.streams.vector_wait) +
           fill + 64;
}

}  // namespace generator

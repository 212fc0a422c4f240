/// Config -> Design: each width and depth, once. Source: the contract.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <tuple>

#include "generator/adc_range.hpp"
#include "generator/design.hpp"
#include "base/error.hpp"
#include "generator/limits.hpp"
#include "generator/scheme.hpp"

namespace generator {

namespace {

constexpr int min_accumulator_bits = 2;
constexpr int max_accumulator_bits = 63;
constexpr std::int64_t chain_slack = 48;  ///< of the rate law's 64 cycles
constexpr std::int64_t limit = std::int64_t{1} << 62;

/// Sums of extremes before it is known that they fit.
__extension__ using Wide = __int128;

std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

/// The greatest of `v`, or 0.
int max_of(const std::vector<int>& v) { return v.empty() ? 0 : *std::ranges::max_element(v); }

/// Smallest signed width that holds the value.
int wide_bits(Wide value) {
    int bits = 1;
    for (Wide rest = value < 0 ? ~value : value; rest > 0; rest >>= 1) ++bits;
    return bits;
}

std::string_view remedy(const Design& d) { return scheme_of(d.config).sum_remedy(); }

/// A sum within 62 bits and a sign, or the error that it is not.
std::int64_t narrow(const Design& d, Wide value) {
    if (value >= limit || value <= -limit) {
        throw base::KeyError("accumulator.max_tiles",
                       fmt::format("found {} tiles, whose sums need {} bits; expected sums of at "
                                   "most {} bits: {}",
                                   d.config.accumulator.max_tiles,
                                   std::max(wide_bits(value), max_accumulator_bits + 1),
                                   max_accumulator_bits, remedy(d)));
    }
    return static_cast<std::int64_t>(value);
}

struct Extremes {
    Wide lo = 0, hi = 0;
    void add(std::int64_t factor, const Design::Adc& adc) {
        const Wide a = static_cast<Wide>(factor) * adc.used_min;
        const Wide b = static_cast<Wide>(factor) * adc.used_max;
        lo += std::min(a, b);
        hi += std::max(a, b);
    }
};

std::int64_t plane_factor(const Design& d, int plane) {
    const std::int64_t f = std::int64_t{1} << d.plane_pos[plane];
    return d.plane_negate[plane] ? -f : f;
}

std::int64_t step_factor(const Design& d, int step) {
    const std::int64_t f = std::int64_t{1} << d.step_pos[step];
    return d.negate_last_step && step == d.steps - 1 ? -f : f;
}

void derive_shape(Design& d) {
    const auto& array = d.config.array;
    d.groups = array.rows / array.active_rows;
    d.columns = array.outputs * d.planes;
    d.adcs = d.columns / d.config.adc.share;
    d.rows_bits = count_bits(array.rows);
    d.row_bits = index_bits(array.rows);
    d.bank_bits = index_bits(array.banks);
    d.column_bits = index_bits(d.config.adc.share);
    d.cells = std::int64_t{array.rows} * d.columns * array.banks;
    d.direct_input = d.steps * d.groups == 1 && !d.skips_steps;
    if (d.input.work_bits == 0) d.input.work_bits = d.input.element_bits;
    d.step_pos_bits = count_bits(std::max(1, max_of(d.step_pos)));
    d.plane_pos_bits = count_bits(std::max(1, max_of(d.plane_pos)));
    if (d.context_bits == 0) d.context_bits = d.step_pos_bits + 1;
}

void derive_adc(Design& d) {
    const AnalogRange range{d.analog.v_min, d.analog.v_max, d.analog.signed_adc};
    d.adc.bits = d.config.adc.bits ? *d.config.adc.bits : auto_adc_bits(range, d.config.adc.step);
    const std::int64_t codes = std::int64_t{1} << d.adc.bits;
    d.adc.code_min = d.analog.signed_adc ? -codes / 2 : 0;
    d.adc.code_max = d.adc.code_min + codes - 1;
    const std::int64_t corrections = std::int64_t{1} << d.config.adc.correction_bits;
    d.adc.used_min = d.adc.code_min - std::max<std::int64_t>(corrections / 2 - 1, 0);
    d.adc.used_max = d.adc.code_max + corrections / 2;
    const bool corrected = d.config.adc.correction_bits > 0;
    d.adc.used_bits = corrected ? signed_bits(d.adc.used_min, d.adc.used_max) : d.adc.bits;
    d.adc.used_signed = corrected || d.analog.signed_adc;
    if (d.config.analog.ir_drop != 0 && d.analog.v_min < 0) {
        throw base::KeyError("analog.ir_drop",
                             "found a number above 0; expected 0, since a column's sum may be "
                             "negative in this scheme: a wire's loss is that of a direct current "
                             "of one sign");
    }
}

void derive_lanes(Design& d) {
    const int share = d.config.adc.share;
    d.lane.adcs = share < d.planes ? d.planes / share : 1;
    d.lane.count = d.adcs / d.lane.adcs;
    d.lane.outputs = d.config.array.outputs / d.lane.count;
    Extremes sum;
    for (int j = 0; j < d.planes; ++j) sum.add(plane_factor(d, j), d.adc);
    d.lane.sum_bits = std::max(signed_bits(narrow(d, sum.lo), narrow(d, sum.hi)), d.adc.used_bits + 1);
}

/// The contract's `accumulator.bits: auto`, and whether any data can saturate.
void derive_accumulator(const Scheme& scheme, Design& d) {
    const auto& config = d.config.accumulator;
    auto& acc = d.accumulator;
    std::tie(acc.tile_min, acc.tile_max) = scheme.tile_range(d);
    const std::int64_t lo = narrow(d, Wide{acc.tile_min} * config.max_tiles);
    const std::int64_t hi = narrow(d, Wide{acc.tile_max} * config.max_tiles);
    acc.has_start = config.bias || config.chain;
    const int exact = signed_bits(lo, hi);
    const int needed = std::max(exact, min_accumulator_bits);
    acc.bits =
        config.bits.value_or(std::max(exact + (acc.has_start ? 1 : 0), min_accumulator_bits));
    if (acc.bits > max_accumulator_bits) {
        throw base::KeyError("accumulator.bits",
                       fmt::format("found auto, which resolves to {0} bits; expected at most {1}: "
                                   "{2}, or the number {1}, which may saturate",
                                   acc.bits, max_accumulator_bits, remedy(d)));
    }
    acc.saturates = acc.has_start || acc.bits < needed;
    if (!acc.saturates) {
        acc.register_bits = needed;
    } else {
        const std::int64_t half = std::int64_t{1} << (acc.bits - 1);
        const Wide low = Wide{acc.tile_min} - half;
        const Wide high = Wide{acc.tile_max} + half - 1;
        acc.register_bits = acc.bits + 1;
        while (low < -(Wide{1} << (acc.register_bits - 1)) ||
               high >= (Wide{1} << (acc.register_bits - 1))) {
            ++acc.register_bits;
        }
        if (!acc.has_start) acc.register_bits = std::min(acc.register_bits, needed);
    }
    acc.stored_bits = std::min(acc.bits, acc.register_bits);
    const bool other = d.result_bits > 0;
    d.result = {.bits = other ? d.result_bits : acc.bits,
                .stored_bits = other ? d.result_bits : acc.stored_bits,
                .is_signed = !other};
}

/// Smallest power of two, at most `whole`, with which `elements` pass in at most `cycles` beats.
int auto_beat(int whole, std::int64_t elements, std::int64_t cycles) {
    int beat = 1;
    while (beat < whole && ceil_div(elements, beat) > cycles) beat *= 2;
    return std::min(beat, whole);
}

/// The shortest tile drives one group; a whole one may arrive meanwhile, and a vector leave. So one
/// group's time bounds both streams. Weights stay
/// resident in the rate law: one physical column a beat does not slow it.
void derive_streams(Design& d) {
    const auto& array = d.config.array;
    const std::int64_t convert = std::int64_t{d.config.adc.share} * d.config.adc.latency;
    const std::int64_t prepare = std::int64_t{array.precharge} + array.settle;
    d.step_cycles = array.hold == Hold::column ? std::max(convert, prepare) : convert + prepare;
    d.overlap_precharge = array.hold == Hold::column && array.settle == 0 && array.precharge > 0 &&
                          convert <= array.precharge;
    const std::int64_t group_cycles = d.step_cycles * d.steps;
    auto& s = d.streams;
    // Without a work buffer the next tile arrives only while this one settles and is converted.
    // Where steps may be skipped, a tile may have none: then the law leaves it two cycles and those
    // of its passes, one of them for the copy into the work buffer.
    const std::int64_t in_cycles = d.skips_steps ? 1 + d.pass_cycles
                                   : d.direct_input
                                       ? std::max<std::int64_t>(1, group_cycles - array.precharge)
                                       : group_cycles;
    // A result that leaves the lanes later may take that much less time in the output register.
    std::int64_t out_cycles = d.skips_steps
                                  ? 2 + d.pass_cycles
                                  : std::max<std::int64_t>(1, group_cycles - (d.lane_stages - 2));
    s.in = d.config.stream.in.value_or(auto_beat(array.rows, array.rows, in_cycles));
    if (d.config.accumulator.chain) {
        // A first vector waits for its starting values, which the law's fill does not count: they
        // may take as long as the input, and most of the 64 cycles.
        out_cycles = std::min(out_cycles, ceil_div(array.rows, s.in) + chain_slack);
        // Without holds a drive waits for them, and they are taken after it has settled.
        if (array.hold == Hold::none) {
            out_cycles =
                std::min(out_cycles, std::max<std::int64_t>(1, group_cycles - array.settle));
        }
    }
    s.out = d.config.stream.out.value_or(auto_beat(array.outputs, array.outputs, out_cycles));
    s.weight = d.config.stream.weight.value_or(1);
    s.words = static_cast<int>(ceil_div(d.columns, s.weight));
    s.word_addr_bits = index_bits(s.words);
}

void derive_registers(Design& d) {
    if (d.config.accumulator.bias) {
        d.registers.push_back({.name = "bias",
                               .entries = d.config.array.outputs,
                               .registers = 0,
                               .bits = d.accumulator.bits,
                               .is_signed = true,
                               .scope = RegisterScope::output,
                               .wait = RegisterWait::vector,
                               .doc = "starting value of each output, in units of the result"});
    }
    if (d.config.adc.correction_bits > 0) {
        d.registers.push_back({.name = "adc_correction",
                               .entries = d.adcs,
                               .registers = 0,
                               .bits = d.config.adc.correction_bits,
                               .is_signed = true,
                               .scope = RegisterScope::macro,
                               .wait = RegisterWait::vector,
                               .doc = "subtracted from every code of the ADC"});
    }
    std::int64_t bits = 0;
    std::string files;
    auto& port = d.port;
    port.index_bits = 1;
    for (const auto& file : d.registers) {
        const int registers = file.registers > 0 ? file.registers : file.entries;
        bits += std::int64_t{registers} * file.bits;
        files += fmt::format("{}{}: {} of {} bits", files.empty() ? "" : ", ", file.name, registers,
                             file.bits);
        const int words = region_words(file, d.config.array.banks);
        port.index_bits = std::max(port.index_bits, index_bits(words));
        if (file.bits > 32) port.data_bits = 64;
    }
    check_register_bits(bits, files);
    port.regions = 1 + static_cast<int>(d.registers.size());
    port.addr_bits = index_bits(port.regions) + port.index_bits;
}

}  // namespace

int region_words(const RegisterFile& file, int banks) {
    return file.bank_stride == 0 ? file.entries : file.bank_stride * banks;
}

int region_word(const RegisterFile& file, int banks, int entry) {
    if (file.bank_stride == 0) return entry;
    const int per_bank = file.entries / banks;
    return entry / per_bank * file.bank_stride + entry % per_bank;
}

int index_bits(std::int64_t n) {
    return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(n - 1))));
}

int count_bits(std::int64_t n) {
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(n)));
}

int signed_bits(std::int64_t lo, std::int64_t hi) {
    const auto magnitude = [](std::int64_t v) {
        return std::bit_width(static_cast<std::uint64_t>(v < 0 ? ~v : v)) + 1;
    };
    return std::max(static_cast<int>(magnitude(lo)), static_cast<int>(magnitude(hi)));
}

Design elaborate(const Config& config) {
    Design d;
    d.config = config;
    d.real_array = config.analog.has_effect();
    const Scheme& scheme = scheme_of(config);
    scheme.elaborate(config, d);
    derive_shape(d);
    derive_adc(d);
    derive_lanes(d);
    derive_accumulator(scheme, d);
    derive_streams(d);
    scheme.finish(d);
    derive_registers(d);
    return d;
}

std::pair<std::int64_t, std::int64_t> product_tile_range(const Design& d) {
    Extremes tile;
    for (int t = 0; t < d.steps; ++t) {
        for (int j = 0; j < d.planes; ++j) tile.add(step_factor(d, t) * plane_factor(d, j), d.adc);
    }
    return {narrow(d, tile.lo * d.groups), narrow(d, tile.hi * d.groups)};
}

std::int64_t rate_bound(const Design& d, std::int64_t steps_driven, std::int64_t vectors,
                        std::int64_t tiles) {
    const std::int64_t fill = ceil_div(d.config.array.rows, d.streams.in) +
                              ceil_div(d.config.array.outputs, d.streams.out);
    return steps_driven * d.step_cycles + vectors * tiles * (2 + d.pass_cycles) + fill + 64;
}

}  // namespace generator

// SPDX-License-Identifier: Apache-2.0
/// BinSparX: ranges, widths, registers. Source: docs/spec/binsparx.md.
#include <fmt/format.h>

#include <algorithm>

#include "generator/design.hpp"
#include "generator/schemes/binsparx/config.hpp"
#include "generator/schemes/binsparx/scheme.hpp"

namespace generator::binsparx {

namespace {

/// Widths that only this scheme has.
struct Widths {
    int lines = 0;   ///< number of a bank and a group: bank·groups + group
    int line = 0;    ///< ... width, 0 for a single one
    int output = 0;  ///< ... of an output's number in a register's address
    int ones = 0;    ///< sa'
    int word = 0;    ///< {f_w, floor(C/2)}, or floor(C/2)
};

int field_bits(int n) { return n > 1 ? index_bits(n) : 0; }

Widths widths_of(const Config& c) {
    const auto& s = std::get<Section>(c.section);
    const int active = c.array.active_rows;
    Widths w;
    w.lines = c.array.banks * (c.array.rows / active);
    w.line = field_bits(w.lines);
    w.output = field_bits(c.array.outputs);
    w.ones = std::max(1, count_bits(s.activations ? active / 2 : active));
    // C is 0..A where columns are inverted, else -A..A.
    w.word = s.weights ? 1 + std::max(1, count_bits(active / 2))
                       : signed_bits(-(active + 1) / 2, active / 2);
    return w;
}

/// Least and greatest 4·step·code - 2·sa' + C.
Extremes term_range(const Config& config, const Adc& adc) {
    const auto& s = std::get<Section>(config.section);
    const std::int64_t active = config.array.active_rows;
    const std::int64_t most_ones = s.activations ? active / 2 : active;
    const std::int64_t of_code = 4 * std::int64_t{config.adc.step.num};
    return {of_code * adc.used_min - 2 * most_ones - (s.weights ? 0 : active),
            of_code * adc.used_max + active};
}

/// What is at an address of a bank, and what a word means.
std::string correction_doc(const Derived& d, const Widths& w, bool weights) {
    const std::string group = d.groups > 1 ? fmt::format("group*{} + ", 1 << w.output) : "";
    return fmt::format("{}output: {}", group,
                       weights ? "f_w uppermost, then floor(C/2)" : "floor(C/2)");
}

}  // namespace

Plan BinSparXScheme::plan(const Config& config) const {
    const auto& s = std::get<Section>(config.section);
    const Widths w = widths_of(config);
    const int active = config.array.active_rows;
    Plan plan;
    plan.planes = 1;
    plan.steps = 1;
    plan.array = {.weight_bits = 1, .signed_planes = {false}};
    plan.analog = {
        .v_min = 0, .v_max = s.weights || s.activations ? active / 2 : active, .signed_adc = false};
    plan.input = {.port_bits = 1, .element_bits = 1, .work_bits = 1};
    plan.step_pos = {0};
    plan.plane_pos = {0};
    plan.plane_negate = {false};
    plan.own_context_bits = w.line + 2 + w.ones;
    plan.result_bits = s.threshold ? 1 : 0;
    return plan;
}

Extremes BinSparXScheme::tile_range(const Config& config, const Plan&, const Adc& adc) const {
    const auto [least, greatest] = term_range(config, adc);
    const int groups = config.array.rows / config.array.active_rows;
    const std::int64_t magnitude = groups * std::max(-least, greatest);
    return {-magnitude, magnitude};
}

Modules BinSparXScheme::modules(const Derived& d) const {
    const auto& s = std::get<Section>(d.config.section);
    const auto& array = d.config.array;
    const Widths w = widths_of(d.config);
    Modules modules;
    modules.registers.push_back({.name = "correction",
                                 .entries = w.lines * array.outputs,
                                 .bits = w.word,
                                 .is_signed = !s.weights,
                                 .scope = RegisterScope::bank,
                                 .wait = RegisterWait::tile,
                                 .line = array.outputs,
                                 .line_stride = 1 << w.output,
                                 .ring = true,
                                 .doc = correction_doc(d, w, s.weights)});
    modules.memories = chosen_memories(d.config, {{.name = "correction",
                                                   .instances = d.adcs,
                                                   .words = w.lines * d.config.adc.share,
                                                   .bits = w.word}});
    if (s.threshold) {
        modules.registers.push_back({.name = "threshold",
                                     .entries = array.outputs,
                                     .bits = d.accumulator.bits,
                                     .is_signed = true,
                                     .scope = RegisterScope::output,
                                     .wait = RegisterWait::vector,
                                     .reset = {},
                                     .doc = "the output is 1 if its accumulator is at least this",
                                     .instance = "u_backend/*u_thresholds"});
    }
    const auto [least, greatest] = term_range(d.config, d.adc);
    modules.frontend = {"binsparx_frontend",
                        {shared_parameter("Banks"), flag_parameter("Activations", s.activations),
                         number_parameter("OnesBits", w.ones)}};
    modules.backend = {"binsparx_backend",
                       {number_parameter("Lines", "Banks * (Rows / ActiveRows)"),
                        flag_parameter("FactorMemory", !modules.memories.empty()),
                        number_parameter("Step", "StepNum"), number_parameter("OnesBits", w.ones),
                        number_parameter("WordBits", w.word), flag_parameter("Weights", s.weights),
                        number_parameter("TermBits", signed_bits(least, greatest)),
                        flag_parameter("Threshold", s.threshold),
                        number_parameter("ThresholdBits", d.accumulator.bits)}};
    return modules;
}

}  // namespace generator::binsparx

/// BinSparX: ranges, widths, registers. Source: the specification's page "binsparx".
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
std::pair<std::int64_t, std::int64_t> term_range(const Design& d) {
    const auto& s = std::get<Section>(d.config.section);
    const std::int64_t active = d.config.array.active_rows;
    const std::int64_t most_ones = s.activations ? active / 2 : active;
    const std::int64_t of_code = 4 * std::int64_t{d.config.adc.step.num};
    return {of_code * d.adc.used_min - 2 * most_ones - (s.weights ? 0 : active),
            of_code * d.adc.used_max + active};
}

/// The step's context: line (if there are several), flip, odd, ones.
void set_line_values(const Widths& w, Design& d) {
    auto& values = d.scheme_values;
    values["bsx_lines"] = std::to_string(w.lines);
    values["bsx_lines_msb"] = std::to_string(w.lines - 1);
    values["bsx_line_msb"] = std::to_string(std::max(1, w.line) - 1);
    values["bsx_line_low"] = std::to_string(d.context_bits - w.line);
    d.scheme_sections["bsx_line_context"] = w.line > 0;
    d.scheme_sections["bsx_one_line"] = w.line == 0;
}

/// What is at an address of a bank, and what a word means.
std::string correction_doc(const Design& d, const Widths& w, bool weights) {
    const std::string group = d.groups > 1 ? fmt::format("group*{} + ", 1 << w.output) : "";
    return fmt::format("{}output: {}", group,
                       weights ? "f_w uppermost, then floor(C/2)" : "floor(C/2)");
}

}  // namespace

void BinSparXScheme::elaborate(const Config& config, Design& d) const {
    const auto& s = std::get<Section>(config.section);
    const Widths w = widths_of(config);
    const int active = config.array.active_rows;
    d.planes = 1;
    d.steps = 1;
    d.array = {.weight_bits = 1, .signed_planes = {false}};
    d.analog = {
        .v_min = 0, .v_max = s.weights || s.activations ? active / 2 : active, .signed_adc = false};
    d.input = {.port_bits = 1, .element_bits = 1};
    d.step_pos = {0};
    d.plane_pos = {0};
    d.plane_negate = {false};
    d.context_bits = w.line + 2 + w.ones;
    d.result_bits = s.threshold ? 1 : 0;
    d.frontend = "schemes/binsparx/frontend.sv.tpl";
    d.lane_template = "schemes/binsparx/lane.sv.tpl";
    d.lane_connect = "schemes/binsparx/lane_connect.tpl";
}

std::pair<std::int64_t, std::int64_t> BinSparXScheme::tile_range(const Design& d) const {
    const auto [least, greatest] = term_range(d);
    const std::int64_t magnitude = d.groups * std::max(-least, greatest);
    return {-magnitude, magnitude};
}

void BinSparXScheme::finish(Design& d) const {
    const auto& s = std::get<Section>(d.config.section);
    const auto& array = d.config.array;
    const Widths w = widths_of(d.config);
    d.registers.push_back({.name = "correction",
                           .entries = w.lines << w.output,
                           .registers = w.lines * array.outputs,
                           .bits = w.word,
                           .is_signed = !s.weights,
                           .scope = RegisterScope::bank,
                           .wait = RegisterWait::tile,
                           .own = true,
                           .slow = true,
                           .doc = correction_doc(d, w, s.weights)});
    if (s.threshold) {
        d.registers.push_back({.name = "threshold",
                               .entries = array.outputs,
                               .registers = 0,
                               .bits = d.accumulator.bits,
                               .is_signed = true,
                               .scope = RegisterScope::output,
                               .wait = RegisterWait::vector,
                               .reset = {},
                               .own = false,
                               .doc = "the output is 1 if its accumulator is at least this"});
    }
    const auto [least, greatest] = term_range(d);
    auto& values = d.scheme_values;
    const auto number = [&](const char* name, std::int64_t value) {
        values[name] = std::to_string(value);
    };
    set_line_values(w, d);
    number("bsx_counts_msb", std::int64_t{d.groups} * count_bits(array.active_rows) - 1);
    number("bsx_ones_bits", w.ones);
    number("bsx_ones_msb", w.ones - 1);
    number("bsx_word_bits", w.word);
    number("bsx_word_msb", w.word - 1);
    number("bsx_lane_msb", d.lane.count - 1);
    number("bsx_lane_data_msb", std::int64_t{d.lane.count} * w.word - 1);
    number("bsx_term_bits", signed_bits(least, greatest));
    number("bsx_lane_threshold_bits", std::int64_t{d.lane.outputs} * d.accumulator.bits);
    number("bsx_lane_threshold_msb", std::int64_t{d.lane.outputs} * d.accumulator.bits - 1);
    number("bsx_weights", s.weights);
    number("bsx_activations", s.activations);
    number("bsx_word_signed", !s.weights);
    d.scheme_sections["bsx_threshold"] = s.threshold;
    d.scheme_sections["bsx_no_threshold"] = !s.threshold;
}

}  // namespace generator::binsparx

// SPDX-License-Identifier: Apache-2.0
#include "study/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace study {

namespace {

using Number = std::optional<double>;

std::string whole(double value, const Row&) { return grouped(value); }

/// Digits behind the point; what they would show with one significant digit or none gets three.
template <int Digits>
std::string decimal(double value, const Row&) {
    const double size = std::abs(value);
    const bool small = size > 0 && size < std::pow(10, 1 - Digits);
    const int digits = small ? 2 - static_cast<int>(std::floor(std::log10(size))) : Digits;
    return fmt::format("{:.{}f}", value, digits);
}

std::string decibels(double value, const Row&) {
    return std::isinf(value) ? "exact" : fmt::format("{:.1f}", value);
}

std::string step(double, const Row& row) {
    const generator::Rational& s = *row.measured.step;
    return s.den == 1 ? fmt::format("{}", s.num) : fmt::format("{}/{}", s.num, s.den);
}

/// A getter of one row.
auto of(Number (*get)(const Measurements&)) {
    return [get](const Row& row, const Row&) { return get(row.measured); };
}

/// A figure of synthesis; `get` may find none.
template <class Get>
auto of_area(Get get) {
    return [get](const Row& row, const Row&) -> Number {
        return row.measured.area ? Number(get(*row.measured.area)) : std::nullopt;
    };
}

auto of_power(double Power::*figure) {
    return [figure](const Row& row, const Row&) -> Number {
        return row.measured.power ? Number((*row.measured.power).*figure) : std::nullopt;
    };
}

Number ratio(const Row& row, const Row& first) {
    if (first.measured.conversions == 0) return std::nullopt;
    return double(row.measured.conversions) / double(first.measured.conversions);
}

/// Bits of the largest sum of this data, where the scheme reports it.
Number needed_bits(const Measurements& m) {
    if (const auto bits = m.statistic("adc_bits_no_clip")) return bits;
    const auto most = m.statistic("analog_max");
    if (!most) return std::nullopt;
    return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(*most))));
}

/// Of what stands behind the back end (docs/spec/output.md); none without it, or unit.
template <class Get>
Number stage_area(const Area& area, Get get) {
    Number sum;
    for (const Block& b : area.blocks) {
        const bool part = b.name == "cim_requantization" || b.name == "cim_output_stage" ||
                          b.name == "cim_requantizer";
        if (const Number share = part ? get(b) : std::nullopt) sum = sum.value_or(0) + *share;
    }
    return sum;
}

/// Figures that a layer or a network alone has.
On kind_of(std::string_view name) {
    for (const char* one : {"sqnr", "needed_bits", "cycles", "cycles_per_vector", "power_mw",
                            "pj_per_vector", "pj_per_mac"}) {
        if (name == one) return On::layer;
    }
    return name.starts_with("accuracy") || name.starts_with("rate_cycles") ? On::network : On::any;
}

std::vector<Column> make_table() {
    using M = Measurements;
    return {
        {"sqnr", "SQNR", "dB",
         "of the results in real units against the exact product of the tensors: rounding of float "
         "inputs and weights (`cimrtl quantize`) and of the ADC together",
         of([](const M& m) { return m.sqnr_db; }), decibels},
        {"adc_bits", "ADC bits", "", "", of([](const M& m) -> Number { return m.adc_bits; }),
         whole},
        {"adc_step", "step", "", "one ADC step in units of the column sum",
         of([](const M& m) -> Number {
             return m.step ? Number(double(m.step->num) / m.step->den) : std::nullopt;
         }),
         step},
        {"needed_bits", "bits needed", "", "the ADC width with which no sum of this data clips",
         of(needed_bits), whole},
        {"adcs", "ADCs", "", "", of([](const M& m) -> Number { return m.adcs; }), whole},
        {"physical_columns", "columns", "", "", of([](const M& m) -> Number { return m.columns; }),
         whole},
        {"accumulator_bits", "accumulator bits", "", "",
         of([](const M& m) -> Number { return m.accumulator_bits; }), whole},
        {"conversions", "conversions", "", "",
         of([](const M& m) -> Number { return double(m.conversions); }), whole},
        {"conversions_ratio", "ratio", "", "conversions, of the first row's", ratio, decimal<2>,
         Source::golden, true},
        {"conversion_steps", "conv.·2^bits", "M",
         "Walden's proxy of the ADCs' energy, and no more than that",
         of([](const M& m) -> Number { return m.conversion_steps() / 1e6; }), decimal<1>},
        {"adc_clipped", "clipped", "", "codes clipped at an ADC",
         of([](const M& m) -> Number { return double(m.adc_clipped); }), whole},
        {"cycles", "cycles", "", "of the RTL, first input beat to last output beat",
         of([](const M& m) -> Number {
             return m.cycles ? Number(double(*m.cycles)) : std::nullopt;
         }),
         whole, Source::rtl},
        {"cycles_per_vector", "cycles a vector", "", "of the RTL, by input vectors of the layer",
         of([](const M& m) -> Number {
             if (!m.cycles || m.vectors == 0) return std::nullopt;
             return double(*m.cycles) / double(m.vectors);
         }),
         decimal<1>, Source::rtl},
        {"cells", "cells", "", "", of_area([](const Area& a) { return double(a.cells); }), whole,
         Source::synth},
        {"flops", "flip-flops", "", "", of_area([](const Area& a) { return double(a.flops); }),
         whole, Source::synth},
        {"area_kge", "area", "kGE",
         "of the digital periphery in gate equivalents; array and ADCs are not in it",
         of_area([](const Area& a) { return a.ge ? Number(*a.ge / 1000) : std::nullopt; }),
         decimal<2>, Source::synth},
        {"area_um2", "area", "µm²", "in µm²: the same cells in the library",
         of_area([](const Area& a) { return a.um2; }), whole, Source::synth, false, Given::liberty},
        {"worst_ns", "worst path", "ns",
         "between registers, ideal clock and wires, toward the clock that the cells were mapped "
         "for",
         of_area([](const Area& a) { return a.worst_ns; }), decimal<2>, Source::synth, false,
         Given::sta},
        {"max_mhz", "highest clock", "MHz", "with which that path meets setup",
         of_area(
             [](const Area& a) { return a.worst_ns ? Number(1000 / *a.worst_ns) : std::nullopt; }),
         whole, Source::synth, false, Given::sta},
        {"power_mw", "power", "mW",
         "of the netlist on this layer at the clock that the cells were mapped for: without array, "
         "ADCs, memories, clock tree and wires",
         of_power(&Power::mw), decimal<3>, Source::power, false, Given::power},
        {"pj_per_vector", "energy a vector", "pJ", "that power over the run, by input vectors",
         of_power(&Power::pj_per_vector), decimal<1>, Source::power, false, Given::power},
        {"pj_per_mac", "energy a MAC", "pJ",
         "that power over the run, by multiply-accumulates of the layer",
         of_power(&Power::pj_per_mac), decimal<4>, Source::power, false, Given::power},
        {"output_stage_kge", "output stage", "kGE", "part of the area, without its registers",
         of_area([](const Area& a) {
             const Number ge = stage_area(a, [](const Block& b) { return b.ge; });
             return ge ? Number(*ge / 1000) : std::nullopt;
         }),
         decimal<2>, Source::synth},
        {"output_stage_um2", "output stage", "µm²", "part of the area, without its registers",
         of_area([](const Area& a) { return stage_area(a, [](const Block& b) { return b.um2; }); }),
         whole, Source::synth, false, Given::liberty},
        {"accuracy", "accuracy", "%", "the network's top 1 on an ideal array",
         of([](const M& m) { return m.statistic("accuracy"); }), decimal<2>},
        {"accuracy_float", "in float", "%", "the network's top 1 in float32",
         of([](const M& m) { return m.statistic("accuracy_float"); }), decimal<2>},
        {"accuracy_noisy", "noisy, mean", "%",
         "the network's top 1 on the config's array: mean of the chips",
         of([](const M& m) { return m.statistic("accuracy_noisy"); }), decimal<2>},
        {"accuracy_worst", "worst", "%", "the worst of these chips",
         of([](const M& m) { return m.statistic("accuracy_worst"); }), decimal<2>},
        {"rate_cycles", "cycles", "", "by the rate law, reloads of weights apart",
         of([](const M& m) { return m.statistic("rate_cycles"); }), whole},
        {"rate_cycles_per_image", "cycles an image", "",
         "by the rate law, reloads of weights apart",
         of([](const M& m) { return m.statistic("rate_cycles_per_image"); }), decimal<1>},
    };
}

/// "23.4 (-16 %)" beside the twin that says what there was without the scheme.
std::string statistic_text(const std::string& name, double value, const Row& row) {
    const bool is_whole = value == std::floor(value) && std::abs(value) < 1e15;
    const auto plain = row.measured.statistic(name + "_plain");
    if (!plain) return is_whole ? grouped(value) : fmt::format("{:.1f}", value);
    if (value == *plain || *plain == 0) return fmt::format("{:.1f}", value);
    return fmt::format("{:.1f} ({:+.0f} %)", value, 100 * (value / *plain - 1));
}

Column statistic_column(const std::string& name) {
    std::string title = name;
    std::ranges::replace(title, '_', ' ');
    const auto value = [name](const Row& row, const Row&) { return row.measured.statistic(name); };
    const auto text = [name](double v, const Row& row) { return statistic_text(name, v, row); };
    return {"stat." + name, title, "", "", value, text};
}

}  // namespace

std::string Column::shown(const Row& row, const Row& first) const {
    const auto number = value(row, first);
    return number ? text(*number, row) : "–";
}

std::span<const Column> columns() {
    static const std::vector<Column> table = [] {
        auto all = make_table();
        for (Column& c : all) c.on = kind_of(c.name);
        return all;
    }();
    return table;
}

std::optional<Column> find_column(std::string_view name) {
    constexpr std::string_view statistic = "stat.";
    if (name.starts_with(statistic) && name.size() > statistic.size()) {
        return statistic_column(std::string(name.substr(statistic.size())));
    }
    for (const Column& c : columns()) {
        if (c.name == name) return c;
    }
    return std::nullopt;
}

std::vector<Column> default_columns(bool library) {
    std::vector<Column> shown;
    for (const char* name : {"sqnr", "adc_bits", "adc_step", "conversions", "conversion_steps",
                             "cycles", "cells", "flops", "area_kge", "output_stage_kge"}) {
        shown.push_back(*find_column(name));
    }
    if (library) shown.push_back(*find_column("area_um2"));
    return shown;
}

std::string grouped(double n) {
    std::string text = fmt::format("{:.0f}", n);
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    for (std::size_t at = text.size(); at > first + 3;) text.insert(at -= 3, 1, ' ');
    return text;
}

}  // namespace study

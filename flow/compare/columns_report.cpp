#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "chart.hpp"
#include "columns.hpp"
#include "text.hpp"

namespace comparing {

namespace {

std::string head(std::string_view first, const std::vector<std::string>& columns) {
    std::string names = fmt::format("| {} |", first), rule = "|---:|";
    for (const std::string& c : columns) {
        names += fmt::format(" {} |", c);
        rule += "---:|";
    }
    return names + "\n" + rule + "\n";
}

/// SQNR of the result by width and sharing; in parentheses that of the partial sums, and that of
/// the partial sums with the rule of the largest magnitude.
std::string error_table(const ColumnComparison& c) {
    std::vector<std::string> names;
    for (const Sharing& s : sharings()) names.push_back(s.label);
    std::string text =
        "SQNR in dB: of the result (of the partial sums: fitted; by the largest magnitude).\n\n" +
        head("ADC bits", names);
    for (const int bits : c.widths) {
        text += fmt::format("| {} |", bits);
        for (const Sharing& s : sharings()) {
            const ColumnRow& r = c.at(bits, s);
            text += fmt::format(" {} ({}; {}) |", decibels(r.row.sqnr_db),
                                decibels(r.partial_sum_db), decibels(r.max_abs_db));
        }
        text += "\n";
    }
    return text;
}

std::string trimmed_label(const Sharing& s, int range_bits) {
    return fmt::format("{}, {} trim bits", s.granularity, range_bits);
}

std::string area_table(const ColumnComparison& c) {
    std::vector<std::string> names;
    for (const Sharing& s : sharings()) {
        if (s.one_alpha) continue;
        for (const int r : trims) names.push_back(trimmed_label(s, r));
    }
    std::string text = "\nArea of the periphery, µm²:\n\n" + head("ADC bits", names);
    for (const int bits : c.widths) {
        if (!c.hardware_of(bits, sharings()[0], 0)) continue;
        text += fmt::format("| {} |", bits);
        for (const Sharing& s : sharings()) {
            if (s.one_alpha) continue;
            for (const int r : trims) {
                text += fmt::format(
                    " {} |", grouped(std::llround(c.hardware_of(bits, s, r)->area->area_um2)));
            }
        }
        text += "\n";
    }
    return text;
}

/// dB more and µm² more than another sharing; with its area the trims that its own steps need.
struct Step {
    std::string label;
    std::size_t from, to;  ///< of sharings()
    int from_trim, to_trim;
};
const std::vector<Step> steps = {
    {"array (4 trim bits) over layer", 0, 1, 0, trims[1]},
    {"column, one alpha over layer", 0, 2, 0, 0},
    {"column (4 trim bits) over array (4)", 1, 3, trims[1], trims[1]},
    {"column (4 trim bits) over column, one alpha", 2, 3, 0, trims[1]},
};

std::string step_table(const ColumnComparison& c) {
    std::vector<std::string> names;
    for (const Step& s : steps) names.push_back(s.label);
    std::string text = "\nWhat one buys and costs over the other:\n\n" + head("ADC bits", names);
    for (const int bits : c.widths) {
        if (!c.hardware_of(bits, sharings()[0], 0)) continue;
        text += fmt::format("| {} |", bits);
        for (const Step& s : steps) {
            const Sharing &from = sharings()[s.from], &to = sharings()[s.to];
            const double gain = c.at(bits, to).row.sqnr_db - c.at(bits, from).row.sqnr_db;
            const double before = c.hardware_of(bits, from, s.from_trim)->area->area_um2;
            const double cost = c.hardware_of(bits, to, s.to_trim)->area->area_um2 - before;
            text += fmt::format(" {:+.1f} dB, {}{} µm² ({:+.0f} %) |", gain, cost < 0 ? "−" : "+",
                                grouped(std::llround(std::abs(cost))), 100 * cost / before);
        }
        text += "\n";
    }
    return text;
}

/// Of the middle width among those synthesized.
std::string blocks(const ColumnComparison& c) {
    std::vector<int> widths;
    for (const Row& r : c.hardware) {
        if (widths.empty() || widths.back() != r.adc_bits) widths.push_back(r.adc_bits);
    }
    const int shown = widths[widths.size() / 2];
    std::vector<const Row*> rows;
    for (const Row& r : c.hardware) {
        if (r.adc_bits == shown) rows.push_back(&r);
    }
    return fmt::format("\nWhere the areas differ, with ADCs of {} bits:\n", shown) +
           block_table(rows, 0.005);
}

std::string netlist_note(const ColumnComparison& c) {
    if (c.netlists.empty()) return {};
    return fmt::format(" Each netlist with ADCs of {} bits was simulated against golden first.",
                       fmt::join(c.netlists, ", "));
}

std::string notes(const ColumnComparison& c) {
    const bool all = std::ranges::all_of(c.rows, &ColumnRow::simulated);
    std::string text = fmt::format(
        "\nLayer: V = {} vectors, K = {}, M = {}. Macro: {} rows × {} outputs, {} banks, one ADC "
        "per output, 4 "
        "cycles a conversion; 4-bit inputs in one step, 4-bit weights in differential cells of 2 "
        "bits, "
        "8-bit scales. {}\n\n",
        c.vectors, c.features, c.outputs, c.macro.rows, c.macro.outputs, c.macro.banks(),
        all ? "Golden model and RTL agree in every output of every row."
            : "Golden model and RTL agree where areas are shown; the other rows are golden's.");
    text +=
        "- Errors: of the result against the float product X·W; in parentheses of the partial sums "
        "against their exact values, fitted by `cimrtl quantize` and by the rule of the largest "
        "magnitude. Fitted to the inputs that they are measured on.\n"
        "- column, one alpha: column-wise scales, one ADC step for the macro (`quantize "
        "--one-alpha`): the hardware of column, and no trims.\n";
    if (c.library.empty()) return text;
    return text + fmt::format(
                      "- Areas, µm²: of the digital periphery, Yosys with {}; array, ADCs and the "
                      "analog part of a trim are not in it.{}\n",
                      c.library, netlist_note(c));
}

nlohmann::ordered_json error_json(const ColumnRow& r) {
    return {{"sharing", r.sharing.label},
            {"granularity", r.sharing.granularity},
            {"one_alpha", r.sharing.one_alpha},
            {"adc_bits", r.row.adc_bits},
            {"sqnr_db", r.row.sqnr_db},
            {"partial_sum_sqnr_db", r.partial_sum_db},
            {"partial_sum_sqnr_max_abs_db", r.max_abs_db},
            {"conversions", r.row.conversions},
            {"adc_clipped", r.row.adc_clipped},
            {"rtl", r.simulated},
            {"config", r.row.config}};
}

nlohmann::ordered_json area_json(const Row& r, bool netlist) {
    nlohmann::ordered_json j = {{"hardware", r.label},          {"adc_bits", r.adc_bits},
                                {"cells", r.area->cells},       {"area_um2", r.area->area_um2},
                                {"netlist_simulated", netlist}, {"config", r.config}};
    for (const auto& [block, area] : r.area->blocks) j["blocks_um2"][block] = area;
    return j;
}

}  // namespace

std::string column_markdown(const ColumnComparison& c) {
    std::string text = error_table(c);
    if (!c.hardware.empty()) text += area_table(c) + step_table(c) + blocks(c);
    return text + notes(c);
}

std::string column_json(const ColumnComparison& c) {
    nlohmann::ordered_json j;
    j["vectors"] = c.vectors;
    j["features"] = c.features;
    j["outputs"] = c.outputs;
    j["macro"] = {{"rows", c.macro.rows},
                  {"outputs", c.macro.outputs},
                  {"banks", c.macro.banks()},
                  {"tiles", c.macro.tiles}};
    j["library"] = c.library;
    for (const ColumnRow& r : c.rows) j["errors"].push_back(error_json(r));
    for (const Row& r : c.hardware)
        j["areas"].push_back(area_json(r, c.netlists.contains(r.adc_bits)));
    return j.dump(2) + "\n";
}

std::string column_svg(const ColumnComparison& c) {
    const std::string colours[] = {"#333", "#2a8a4a", "#c2571a", "#0b62a4"};
    Chart chart{.title = fmt::format(
                    "SQNR against area of the periphery, by ADC bits: K = {}, M = {} on {} x {}",
                    c.features, c.outputs, c.macro.rows, c.macro.outputs),
                .x_title = "area of the periphery (mm²)",
                .y_title = "SQNR (dB)",
                .x_unit = 1e6,
                .legend_at_top = true,
                .curves = {}};
    for (std::size_t i = 0; i < sharings().size(); ++i) {
        const Sharing& s = sharings()[i];
        for (const int r : trims) {
            if (s.one_alpha && r > 0) continue;
            Curve curve{s.one_alpha ? s.label : trimmed_label(s, r), colours[i], {}, r > 0};
            for (const int bits : c.widths) {
                const Row* hardware = c.hardware_of(bits, s, r);
                if (!hardware) continue;
                curve.marks.push_back(
                    {hardware->area->area_um2, c.at(bits, s).row.sqnr_db, std::to_string(bits)});
            }
            chart.curves.push_back(std::move(curve));
        }
    }
    return svg(chart);
}

}  // namespace comparing

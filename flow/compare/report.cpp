#include "report.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "text.hpp"

namespace comparing {

namespace {

std::string line(const Row& r) {
    return fmt::format("| {} | {} | {} | {} | {} | {:.1f} M | {} | {} | {} |\n", r.label,
                       decibels(r.sqnr_db), r.adc_bits, step_text(r.step), grouped(r.conversions),
                       double(r.conversion_steps()) / 1e6, grouped(r.cycles),
                       r.area ? grouped(r.area->cells) : "-",
                       r.area ? grouped(std::llround(r.area->area_um2)) : "-");
}

std::string part(std::string_view title, const std::vector<Row>& rows) {
    std::string text = fmt::format("| **{}** | | | | | | | | |\n", title);
    for (const Row& r : rows) text += line(r);
    return text;
}

std::string notes(const Comparison& c) {
    const std::size_t blocks = (c.outputs + c.macro.outputs - 1) / c.macro.outputs;
    std::string text = fmt::format(
        "\nLayer: V = {} vectors, K = {}, M = {}. Macro: {} rows × {} outputs, {} banks, one ADC "
        "per "
        "output, 4 cycles a conversion. Tiles: {}, resident in their banks; column blocks: {}. "
        "Golden model and RTL agree in every output of every row.\n\n",
        c.vectors, c.features, c.outputs, c.macro.rows, c.macro.outputs, c.macro.banks(),
        c.macro.tiles, blocks);
    text +=
        c.integer
            ? "- SQNR: of the result in real units against the product of the integer tensors. "
              "conventional takes the integers as they are, zebra scales and codes them "
              "(`cimrtl quantize`).\n"
            : "- SQNR: of the result in real units against the float product X·W, so rounding of "
              "inputs and weights (`cimrtl quantize`) and of the ADC together.\n";
    if (c.macro.signed_inputs)
        text += "- Some inputs are negative: conventional takes them with `input.signed: true`.\n";
    text += fmt::format(
        "- step: one ADC step in units of the column sum. In the second part the step of highest "
        "SQNR on this data among all p/q with q = 1…4, from 1 to the smallest integer that never "
        "clips (conventional's sums never pass {} rows: 1).\n",
        c.macro.rows);
    text +=
        "- conv.·2^bits: Walden's proxy of the ADCs' energy, in millions, and no more than that: "
        "by it sixteen wide conversions are not a quarter of sixty-four narrow ones.\n"
        "- cycles: of the RTL, first input beat to last output beat.\n";
    text += c.library.empty()
                ? "- cells and area: not synthesized (no `--liberty`).\n"
                : fmt::format(
                      "- cells and area: of the digital periphery, Yosys with {}; array and "
                      "ADCs are not in it.\n",
                      c.library);
    return text;
}

std::string bfp_line(const Row& r, const Row& baseline) {
    const bool bfp = r.mantissa > 0;
    const auto count = [&](std::string_view name) {
        return bfp ? grouped(static_cast<std::uint64_t>(r.statistic(name))) : std::string("-");
    };
    return fmt::format("| {} | {} | {} | {:.2f} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
                       r.label, decibels(r.sqnr_db), grouped(r.conversions),
                       double(r.conversions) / double(baseline.conversions), grouped(r.cycles),
                       grouped(r.conversions / static_cast<std::uint64_t>(r.columns)),
                       count("steps_skipped"), count("passes"), count("max_active_rows"),
                       count("adc_bits_no_clip"), r.area ? grouped(r.area->cells) : "-",
                       r.area ? grouped(std::llround(r.area->area_um2)) : "-");
}

nlohmann::ordered_json row_json(const Row& r) {
    nlohmann::ordered_json j;
    j["scheme"] = r.label;
    if (std::isfinite(r.sqnr_db))
        j["sqnr_db"] = r.sqnr_db;
    else
        j["sqnr_db"] = nullptr;
    j["adc_bits"] = r.adc_bits;
    j["adc_step"] = {r.step.num, r.step.den};
    j["adcs"] = r.adcs;
    j["physical_columns"] = r.columns;
    j["accumulator_bits"] = r.accumulator_bits;
    j["conversions"] = r.conversions;
    j["adc_clipped"] = r.adc_clipped;
    j["conversion_steps"] = r.conversion_steps();
    j["cycles"] = r.cycles;
    j["cells"] = nullptr;
    j["area_um2"] = nullptr;
    if (r.area) {
        j["cells"] = r.area->cells;
        j["area_um2"] = r.area->area_um2;
        for (const auto& [block, area] : r.area->blocks) j["blocks_um2"][block] = area;
    }
    j["golden_equals_rtl"] = r.mismatch.empty();
    if (r.mantissa > 0) {
        j["mantissa"] = r.mantissa;
        j["block"] = r.dynamic ? "dynamic" : "static";
    }
    for (const auto& [name, value] : r.statistics) j[name] = value;
    j["config"] = r.config;
    return j;
}

/// conventional, and m = 4 of both kinds.
std::vector<const Row*> bfp_block_rows(const std::vector<Row>& rows) {
    constexpr int shown = 4;
    std::vector<const Row*> some;
    for (const Row& r : rows) {
        if (r.mantissa == 0 || r.mantissa == shown) some.push_back(&r);
    }
    return some;
}

}  // namespace

std::string markdown(const Comparison& c) {
    return "| scheme | SQNR (dB) | ADC bits | step | conversions | conv.·2^bits | cycles | cells | "
           "area (µm²) |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n" +
           part("ADC that never clips", c.auto_rows) + part("the same 8-bit ADC", c.fixed_rows) +
           notes(c);
}

std::string bfp_markdown(const Comparison& c) {
    std::string text =
        "| scheme | SQNR (dB) | conversions | ratio | cycles | steps | skipped | passes | active rows "
        "| ADC bits | cells | area (µm²) |\n"
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";
    for (const Row& r : c.bfp_rows) text += bfp_line(r, c.bfp_rows.front());
    return text +
           "\n- bfp takes the 8-bit integers that conventional takes and rounds them as it runs; each row "
           "is a macro with `bfp.mantissa_bits` = m, the ADC `auto`.\n"
           "- ratio: conversions, of conventional's. steps: driven, over all column blocks; skipped: of "
           "the passes formed.\n"
           "- active rows: most rows with a 1 in one step. ADC bits: the least with which no sum of "
           "this data clips.\n" +
           block_table(bfp_block_rows(c.bfp_rows));
}

std::string json(const Comparison& c) {
    nlohmann::ordered_json j;
    j["vectors"] = c.vectors;
    j["features"] = c.features;
    j["outputs"] = c.outputs;
    j["integer"] = c.integer;
    j["macro"] = {{"rows", c.macro.rows},
                  {"outputs", c.macro.outputs},
                  {"banks", c.macro.banks()},
                  {"tiles", c.macro.tiles},
                  {"signed_inputs", c.macro.signed_inputs}};
    j["library"] = c.library;
    for (const Row& r : c.auto_rows) j["adc_auto"].push_back(row_json(r));
    for (const Row& r : c.fixed_rows) j["adc_8_bits"].push_back(row_json(r));
    for (const Row& r : c.bfp_rows) j["bfp"].push_back(row_json(r));
    return j.dump(2) + "\n";
}

}  // namespace comparing

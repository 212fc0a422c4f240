// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/counted.hpp"
#include "power_report.hpp"
#include "synth/synth.hpp"

namespace synth {
namespace {

using Json = nlohmann::ordered_json;

/// An area for people and CSV: at most three decimals, none where they are zero; empty without one.
std::string area_text(const std::optional<double>& area) {
    if (!area) return "";
    std::string text = fmt::format("{:.3f}", *area);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

/// Thousands of gate equivalents, to ten gates.
std::string kge_text(const std::optional<double>& ge) {
    return ge ? fmt::format("{:.2f}", *ge / 1000) : "–";
}

Json area_value(const std::optional<double>& area) {
    if (!area) return nullptr;
    return std::stod(area_text(area));
}

std::string tools(const AreaReport& report) {
    std::string text;
    for (const auto& [name, version] : report.tool_versions) {
        const bool named = version.starts_with(name) || version.starts_with("Yosys");
        text +=
            (text.empty() ? "" : "; ") + (named ? version : fmt::format("{} {}", name, version));
    }
    return text;
}

Json timing_json(const Timing& t) {
    const auto ns = [](double value) { return std::stod(fmt::format("{:.4f}", value)); };
    Json blocks = Json::array();
    for (const BlockTiming& b : t.blocks)
        blocks.push_back(Json{{"name", b.name},
                              {"from", b.from},
                              {"delay_ns", ns(b.delay)},
                              {"slack_ns", ns(b.slack)}});
    return Json{{"period_ns", ns(t.period)},
                {"worst_ns", ns(t.delay)},
                {"slack_ns", ns(t.slack)},
                {"max_mhz", std::stod(fmt::format("{:.1f}", t.mhz()))},
                {"from", t.from},
                {"from_block", t.from_block},
                {"to", t.to},
                {"to_block", t.to_block},
                {"max_fanout", t.fanout},
                {"max_fanout_net", t.fanout_net},
                {"blocks", blocks}};
}

std::string timing_markdown(const Timing& t) {
    std::string text = fmt::format(
        "## Timing\n\nRegister to register, setup included; clock and wires ideal. Clock aimed at: "
        "{:.3f} ns. Slowest path: {:.3f} ns, slack {:.3f} ns, so at most {:.0f} MHz. It goes from "
        "`{}` (`{}`) to `{}` (`{}`). Largest fan-out: {} pins (`{}`).\n\n",
        t.period, t.delay, t.slack, t.mhz(), t.from, t.from_block, t.to, t.to_block, t.fanout,
        t.fanout_net);
    text += "| path into | from | delay, ns | slack, ns |\n|---|---|--:|--:|\n";
    for (const BlockTiming& b : t.blocks)
        text +=
            fmt::format("| `{}` | `{}` | {:.3f} | {:.3f} |\n", b.name, b.from, b.delay, b.slack);
    return text + "\n";
}

/// How the blocks' shares come about.
std::string method(const AreaReport& report) {
    return report.flattened
               ? "The whole is mapped flattened. Flip-flops count where they are written; the other "
                 "cells and their area are shared out in proportion to each block's gates before "
                 "mapping, since mapping merges gates across blocks. The blocks sum to the whole."
               : "Each block without what is inside other blocks, over all its instances; hierarchy "
                 "kept, nets between modules unbuffered.";
}

}  // namespace

std::string area_json(const SynthJob& job, const AreaReport& report) {
    Json blocks = Json::array();
    for (const BlockArea& b : report.blocks)
        blocks.push_back(Json{{"name", b.name},
                              {"instances", b.instances},
                              {"cells", b.cells},
                              {"flops", b.flops},
                              {"area_ge", area_value(b.area_ge)},
                              {"area_um2", area_value(b.area_um2)}});
    Json excluded = Json::array();
    for (const auto& [name, instances] : report.excluded)
        excluded.push_back(Json{{"name", name},
                                {"instances", instances},
                                {"reason", name == factor_memory ? "memory: not synthesized"
                                                                 : "analog: not synthesized"}});
    Json json{{"config", job.config_name},
              {"config_hash", job.config_hash},
              {"tool_versions", report.tool_versions},
              {"library", report.library},
              {"hierarchy", report.flattened ? "flattened" : "kept"},
              {"clock_ps", report.clock_ps ? Json(*report.clock_ps) : Json(nullptr)},
              {"cells", report.cells},
              {"flops", report.flops},
              {"area_ge", area_value(report.area_ge)},
              {"area_um2", area_value(report.area_um2)},
              {"array_cells", job.array_cells},
              {"physical_columns", job.physical_columns},
              {"adcs", job.adcs},
              {"memory_bits", job.memory_bits},
              {"excluded", excluded},
              {"blocks", blocks}};
    if (report.timing) json["timing"] = timing_json(*report.timing);
    if (report.power) json["power"] = power_json(*report.power);
    return json.dump(2) + "\n";
}

std::string area_csv(const AreaReport& report) {
    std::string text = "block,instances,cells,flops,area_ge,area_um2\n";
    for (const BlockArea& b : report.blocks)
        text += fmt::format("{},{},{},{},{},{}\n", b.name, b.instances, b.cells, b.flops,
                            area_text(b.area_ge), area_text(b.area_um2));
    for (const auto& [name, instances] : report.excluded)
        text += fmt::format("{},{},excluded,excluded,excluded,excluded\n", name, instances);
    return text + fmt::format("total,,{},{},{},{}\n", report.cells, report.flops,
                              area_text(report.area_ge), area_text(report.area_um2));
}

std::string area_markdown(const SynthJob& job, const AreaReport& report) {
    const std::string target =
        report.clock_ps ? fmt::format(", toward a clock of {} ps", *report.clock_ps) : "";
    const bool um2 = report.area_um2.has_value();
    const std::string unit =
        um2 ? "1 GE is the area of its smallest 2-input NAND."
            : "Areas are gate equivalents, NAND2 = 1: no Liberty file was given.";
    std::string text =
        fmt::format("# Area of {}\n\n{}. Mapped to {}{}. {}\n\n", job.config_name, tools(report),
                    report.library, target,
                    report.area_ge ? unit : "It has no 2-input NAND, so no gate equivalents.");
    text += fmt::format("| block | instances | cells | flip-flops | area, kGE |{} share |\n",
                        um2 ? " area, µm² |" : "");
    text += fmt::format("|---|--:|--:|--:|--:|{}--:|\n", um2 ? "--:|" : "");
    const auto area = [](const auto& of) {
        return of.area_um2 ? *of.area_um2 : of.area_ge.value_or(0);
    };
    const auto areas = [&](const auto& of) {
        return kge_text(of.area_ge) + (um2 ? " | " + area_text(of.area_um2) : "");
    };
    const double whole = area(report);
    for (const BlockArea& b : report.blocks)
        text += fmt::format("| `{}` | {} | {} | {} | {} | {:.1f} % |\n", b.name, b.instances,
                            b.cells, b.flops, areas(b), whole > 0 ? 100 * area(b) / whole : 0.0);
    text += fmt::format("| **whole** | | {} | {} | {} | |\n\n", report.cells, report.flops,
                        areas(report));
    text += method(report) + "\n\n";
    if (report.timing) text += timing_markdown(*report.timing);
    if (report.power) text += power_markdown(*report.power);
    text += fmt::format(
        "Excluded, because it is analog and not synthesized: the array with {} in {}, and {}",
        base::counted(job.array_cells, "cell"),
        base::counted(job.physical_columns, "physical column"), base::counted(job.adcs, "ADC"));
    std::string memories;
    for (const auto& [name, instances] : report.excluded) {
        if (name == factor_memory) {
            memories = fmt::format(
                "Excluded, too: {} with {} in all (black box `{}`). Their area is "
                "not zero: add that of the real ones.\n",
                instances == 1 ? std::string("1 memory") : fmt::format("{} memories", instances),
                base::counted(job.memory_bits, "bit"), name);
        } else {
            text += fmt::format(" (black box `{}`)", name);
        }
    }
    return text + ". Its area is not zero: add that of the real macro.\n" + memories;
}

std::string resets_csv(const AreaReport& report) {
    std::string text = "block,instances,async_reset,sync_reset,no_reset\n";
    long async = 0, sync = 0, none = 0;
    for (const BlockArea& b : report.blocks) {
        text += fmt::format("{},{},{},{},{}\n", b.name, b.instances, b.async_reset, b.sync_reset,
                            b.no_reset);
        async += b.async_reset;
        sync += b.sync_reset;
        none += b.no_reset;
    }
    return text + fmt::format("total,,{},{},{}\n", async, sync, none);
}

}  // namespace synth

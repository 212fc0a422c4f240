// SPDX-License-Identifier: Apache-2.0
#include "power_report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace synth {
namespace {

using Json = nlohmann::ordered_json;

double digits(double value) { return std::stod(fmt::format("{:.6g}", value)); }

/// None of something that was not done.
Json each(double energy, std::uint64_t count) {
    return count == 0 ? Json(nullptr) : Json(digits(energy / static_cast<double>(count)));
}

Json watts_json(const Watts& w) {
    return Json{{"internal_uw", digits(1e6 * w.internal)},
                {"switching_uw", digits(1e6 * w.switching)},
                {"leakage_uw", digits(1e6 * w.leakage)},
                {"total_uw", digits(1e6 * w.total())}};
}

}  // namespace

Json power_json(const Power& p) {
    Json json{{"period_ns", p.period},
              {"cycles", p.cycles},
              {"vectors", p.work.vectors},
              {"macs", p.work.macs},
              {"pj_per_vector", each(p.energy(), p.work.vectors)},
              {"pj_per_mac", each(p.energy(), p.work.macs)}};
    json.update(watts_json(p.whole));
    json["opensta_internal_uw"] = digits(1e6 * p.opensta_internal);
    json["left_out"] = {"array", "adcs", "memories", "clock tree", "wires", "glitches"};
    Json blocks = Json::array();
    for (const BlockPower& b : p.blocks) {
        Watts sum = b.registers;
        sum += b.gates;
        Json block{{"name", b.name.empty() ? Json(nullptr) : Json(b.name)}, {"flops", b.flops}};
        block.update(watts_json(sum));
        block["registers_uw"] = digits(1e6 * b.registers.total());
        block["gates_uw"] = digits(1e6 * b.gates.total());
        blocks.push_back(block);
    }
    json["blocks"] = blocks;
    return json;
}

std::string power_markdown(const Power& p) {
    std::string text = fmt::format(
        "## Power\n\n{:.4g} mW at {:.3f} ns: {:.4g} internal, {:.4g} switching, {:.4g} "
        "leakage. The netlist on the given data, {} cycles from the first conversion on",
        1e3 * p.whole.total(), p.period, 1e3 * p.whole.internal, 1e3 * p.whole.switching,
        1e3 * p.whole.leakage, p.cycles);
    if (p.work.macs > 0)
        text += fmt::format(
            ": {:.4g} pJ for each of {} vectors, {:.4g} pJ for each of {} "
            "multiply-accumulates",
            p.pj_per_vector(), p.work.vectors, p.pj_per_mac(), p.work.macs);
    text +=
        ". Left out: the array, the ADCs, memories, the clock's tree, wires and what drives the "
        "array's pins, glitches. Gates count to the blocks of the flip-flops that they reach.\n\n"
        "| block | flip-flops | their power, µW | gates, µW | internal | switching | leakage | "
        "share |\n|---|--:|--:|--:|--:|--:|--:|--:|\n";
    const auto row = [&](const std::string& name, long flops, const Watts& registers,
                         const Watts& gates) {
        Watts sum = registers;
        sum += gates;
        text += fmt::format("| {} | {} | {:.4g} | {:.4g} | {:.4g} | {:.4g} | {:.4g} | {:.1f} % |\n",
                            name, flops, 1e6 * registers.total(), 1e6 * gates.total(),
                            1e6 * sum.internal, 1e6 * sum.switching, 1e6 * sum.leakage,
                            100 * sum.total() / p.whole.total());
    };
    BlockPower whole;
    for (const BlockPower& b : p.blocks) {
        row(b.name.empty() ? "(to outputs and the array)" : "`" + b.name + "`", b.flops,
            b.registers, b.gates);
        whole.flops += b.flops;
        whole.registers += b.registers;
        whole.gates += b.gates;
    }
    row("**whole**", whole.flops, whole.registers, whole.gates);
    return text + "\n";
}

}  // namespace synth

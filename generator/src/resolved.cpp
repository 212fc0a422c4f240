// SPDX-License-Identifier: Apache-2.0
/// The resolved config and the derived numbers, for people and for programs.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "generator/load.hpp"
#include "ports.hpp"
#include "render_parts.hpp"

namespace generator {

namespace {

using Json = nlohmann::ordered_json;

Json derived(const Design& d) {
    Json j;
    j["planes"] = d.planes;
    j["steps"] = d.steps;
    j["groups"] = d.groups;
    j["physical_columns"] = d.columns;
    j["adcs"] = d.adcs;
    j["array_cells"] = d.cells;
    j["weight_memory_bits"] = d.array.weight_bits;
    j["adc_code_min"] = d.adc.code_min;
    j["adc_code_max"] = d.adc.code_max;
    j["analog_min"] = d.analog.v_min;
    j["analog_max"] = d.analog.v_max;
    j["input_port_bits"] = d.input.port_bits;
    j["input_stored_bits"] = d.input.element_bits;
    j["work_buffer"] = !d.direct_input;
    j["row_drive_bits"] = d.array.drive_bits;
    j["lanes"] = d.lane.count;
    j["lane_adcs"] = d.lane.adcs;
    j["lane_outputs"] = d.lane.outputs;
    j["tile_sum_min"] = d.accumulator.tile_min;
    j["tile_sum_max"] = d.accumulator.tile_max;
    j["accumulator_register_bits"] = d.accumulator.register_bits;
    j["output_register_bits"] = d.accumulator.stored_bits;
    j["saturates"] = d.accumulator.saturates;
    j["output_bits"] = d.output.bits;
    j["output_signed"] = d.output.is_signed;
    if (d.config.adc.correction_bits > 0) j["corrected_code_bits"] = d.adc.used_bits;
    j["weight_words_per_row"] = d.streams.words;
    j["conversion_cycles"] = d.conversion_cycles;
    j["step_cycles"] = d.step_cycles;
    if (d.config.array.max_drive > 0) j["max_drive_cycles"] = d.drive_bound;
    j["tile_wait_cycles"] = d.streams.tile_wait;
    j["vector_wait_cycles"] = d.streams.vector_wait;
    j["config_data_bits"] = d.port.data_bits;
    j["config_addr_bits"] = d.port.addr_bits;
    if (!d.memories.empty()) {
        j["memories"] = Json::array();
        for (const FactorMemory& m : d.memories) {
            j["memories"].push_back({{"name", m.name},
                                     {"instances", m.instances},
                                     {"words", m.words},
                                     {"bits", m.fields * m.bits},
                                     {"written_bits", m.bits}});
        }
    }
    return j;
}

Json port_list(const std::vector<Port>& ports) {
    Json list = Json::array();
    for (const Port& port : ports) {
        Json one;
        one["name"] = port.name;
        one["direction"] = port.input ? "input" : "output";
        one["width"] = port.width;
        list.push_back(one);
    }
    return list;
}

}  // namespace

std::vector<Override> resolved_keys(const Design& d) {
    return {{"adc.bits", std::to_string(d.adc.bits)},
            {"accumulator.bits", std::to_string(d.accumulator.bits)},
            {"stream.in", std::to_string(d.streams.in)},
            {"stream.out", std::to_string(d.streams.out)},
            {"stream.weight", std::to_string(d.streams.weight)},
            {"memory.factors", d.memories.empty() ? "flops" : "macro"}};
}

std::string resolved_yaml(const Design& d) {
    std::string text = "# Every default filled in, every `auto` resolved; a complete config.\n";
    text += to_yaml(d.config, resolved_keys(d));
    text += "# Derived (design.json holds the same for programs):\n";
    const Json numbers = derived(d);
    for (const auto& [key, value] : numbers.items()) {
        text += fmt::format("#   {}: {}\n", key, value.dump());
    }
    return text;
}

std::string design_json(const Design& d) {
    Json j;
    j["name"] = d.config.name;
    j["scheme"] = d.config.scheme();
    for (const Override& key : resolved_keys(d)) {
        const bool number = key.value.find_first_not_of("0123456789") == std::string::npos;
        j["resolved"][key.path] = number ? Json(std::stoll(key.value)) : Json(key.value);
    }
    j["derived"] = derived(d);
    j["ports"] = port_list(macro_ports(d));
    j["array_ports"] = port_list(array_ports(d));
    return j.dump(2) + "\n";
}

}  // namespace generator

// SPDX-License-Identifier: Apache-2.0
#include "generator/module.hpp"

#include <fmt/format.h>

#include <utility>

#include "generator/design.hpp"
#include "generator/literal.hpp"

namespace generator {

ModuleParameter shared_parameter(std::string name) { return {std::move(name), {}, {}}; }

ModuleParameter number_parameter(std::string name, std::int64_t value) {
    return {std::move(name), "int unsigned", std::to_string(value)};
}

ModuleParameter number_parameter(std::string name, std::string expression) {
    return {std::move(name), "int unsigned", std::move(expression)};
}

ModuleParameter flag_parameter(std::string name, bool value) {
    return {std::move(name), "bit", value ? "1'b1" : "1'b0"};
}

namespace {

constexpr int literal_bits = 256;  ///< of one literal in a line

/// A table as one literal, or as a concatenation of a line each, the last entries first.
std::string table_text(const std::vector<int>& entries, int bits) {
    const auto most = static_cast<std::size_t>(literal_bits / bits);
    std::string text;
    for (std::size_t end = entries.size(); end > 0;) {
        const std::size_t count = end % most == 0 ? most : end % most;
        const auto last = entries.begin() + static_cast<std::ptrdiff_t>(end);
        const std::vector<std::uint32_t> part(last - static_cast<std::ptrdiff_t>(count), last);
        text += (text.empty() ? "" : ",\n    ") + table_literal(part, bits);
        end -= count;
    }
    return entries.size() > most ? "{\n    " + text + "\n  }" : text;
}

}  // namespace

ModuleParameter table_parameter(std::string name, const std::vector<int>& entries, int bits) {
    const auto width = entries.size() * static_cast<std::size_t>(bits);
    return {std::move(name), fmt::format("logic [{}:0]", width - 1), table_text(entries, bits)};
}

std::string_view value_of(const EndModule& end, std::string_view name) {
    for (const ModuleParameter& p : end.parameters) {
        if (p.name == name) return p.value;
    }
    return {};
}

std::vector<ModuleParameter> step_parameters(const Derived& d) {
    return {number_parameter("StepPosBits", d.step_pos_bits),
            table_parameter("StepPos", d.step_pos, d.step_pos_bits)};
}

std::vector<ModuleParameter> plane_parameters(const Derived& d) {
    return {shared_parameter("Planes"), number_parameter("PlanePosBits", d.plane_pos_bits),
            table_parameter("PlanePos", d.plane_pos, d.plane_pos_bits),
            table_parameter("PlaneNegate", {d.plane_negate.begin(), d.plane_negate.end()}, 1)};
}

EndModule plain_backend(const Derived& d) {
    EndModule end{"cim_plain_backend", plane_parameters(d)};
    end.parameters.push_back(number_parameter("StepPosBits", d.step_pos_bits));
    end.parameters.push_back(number_parameter("SumBits", d.lane.sum_bits));
    return end;
}

}  // namespace generator

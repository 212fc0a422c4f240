// SPDX-License-Identifier: Apache-2.0
#include "study/row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace study {

namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json optional(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

template <class T>
std::optional<T> read_optional(const Json& j, const char* key) {
    const auto& value = j.at(key);
    return value.is_null() ? std::nullopt : std::optional(value.get<T>());
}

constexpr const char* check_names[] = {"not run", "equal", "differs"};

Json check_json(Check check) { return check_names[static_cast<int>(check)]; }

Check read_check(const Json& j) {
    const auto name = j.get<std::string>();
    for (int i = 0; i < 3; ++i) {
        if (name == check_names[i]) return static_cast<Check>(i);
    }
    return Check::not_run;
}

/// JSON has no infinity.
Json sqnr_json(const std::optional<double>& db) {
    if (db && std::isinf(*db)) return "exact";
    return optional(db);
}

std::optional<double> read_sqnr(const Json& j) {
    if (j.is_string()) return std::numeric_limits<double>::infinity();
    return j.is_null() ? std::nullopt : std::optional(j.get<double>());
}

Json area_json(const Area& area) {
    Json j = {{"library", area.library},   {"cells", area.cells},     {"flops", area.flops},
              {"um2", optional(area.um2)}, {"ge", optional(area.ge)}, {"blocks", Json::array()}};
    if (area.worst_ns) j["worst_ns"] = *area.worst_ns;
    for (const Block& b : area.blocks) {
        j["blocks"].push_back({{"name", b.name},
                               {"cells", b.cells},
                               {"flops", b.flops},
                               {"um2", optional(b.um2)},
                               {"ge", optional(b.ge)}});
    }
    return j;
}

Area read_area(const Json& j) {
    Area area{j.at("library"),
              j.at("cells"),
              j.at("flops"),
              read_optional<double>(j, "um2"),
              read_optional<double>(j, "ge"),
              {},
              {}};
    if (j.contains("worst_ns")) area.worst_ns = j.at("worst_ns");
    for (const Json& b : j.at("blocks")) {
        area.blocks.push_back({b.at("name"), b.at("cells"), b.at("flops"),
                               read_optional<double>(b, "um2"), read_optional<double>(b, "ge")});
    }
    return area;
}

}  // namespace

std::optional<double> Measurements::statistic(std::string_view name) const {
    const auto found = std::ranges::find(statistics, name, &std::pair<std::string, double>::first);
    return found == statistics.end() ? std::nullopt : std::optional(found->second);
}

double Measurements::conversion_steps() const {
    return std::ldexp(static_cast<double>(conversions), adc_bits);
}

Json to_json(const Measurements& m) {
    Json j = {{"sqnr_db", sqnr_json(m.sqnr_db)},
              {"adc_bits", m.adc_bits},
              {"adc_step", m.step ? Json{m.step->num, m.step->den} : Json()},
              {"adcs", m.adcs},
              {"physical_columns", m.columns},
              {"accumulator_bits", m.accumulator_bits},
              {"conversions", m.conversions},
              {"conversion_steps", m.conversion_steps()},
              {"adc_clipped", m.adc_clipped},
              {"vectors", m.vectors},
              {"cycles", optional(m.cycles)},
              {"golden_and_rtl", check_json(m.rtl)},
              {"golden_and_netlist", check_json(m.netlist)},
              {"difference", m.difference},
              {"statistics", Json::object()},
              {"area", nullptr}};
    for (const auto& [name, value] : m.statistics) j["statistics"][name] = value;
    if (m.area) j["area"] = area_json(*m.area);
    if (m.power)
        j["power"] = {{"mw", m.power->mw},
                      {"pj_per_vector", m.power->pj_per_vector},
                      {"pj_per_mac", m.power->pj_per_mac}};
    return j;
}

Measurements measurements_from(const Json& j) {
    Measurements m;
    m.sqnr_db = read_sqnr(j.at("sqnr_db"));
    if (const Json& step = j.at("adc_step"); !step.is_null())
        m.step = generator::Rational{step.at(0), step.at(1)};
    m.adc_bits = j.at("adc_bits");
    m.adcs = j.at("adcs");
    m.columns = j.at("physical_columns");
    m.accumulator_bits = j.at("accumulator_bits");
    m.conversions = j.at("conversions");
    m.adc_clipped = j.at("adc_clipped");
    m.vectors = j.at("vectors");
    m.cycles = read_optional<std::uint64_t>(j, "cycles");
    m.rtl = read_check(j.at("golden_and_rtl"));
    m.netlist = read_check(j.at("golden_and_netlist"));
    m.difference = j.at("difference");
    for (const auto& [name, value] : j.at("statistics").items()) {
        m.statistics.emplace_back(name, value.is_null() ? 0.0 : value.get<double>());
    }
    if (!j.at("area").is_null()) m.area = read_area(j.at("area"));
    if (j.contains("power")) {
        const Json& power = j.at("power");
        m.power = Power{power.at("mw"), power.at("pj_per_vector"), power.at("pj_per_mac")};
    }
    return m;
}

}  // namespace study

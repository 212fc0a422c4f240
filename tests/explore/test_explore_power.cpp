// SPDX-License-Identifier: Apache-2.0
/// `--power` of compare and explore: the columns, against what `synth --power` finds of the same
/// config on the same data, and against a library whose cells take twice as much inside.
#include <algorithm>

#include "explore_bench.hpp"

using namespace explore_bench;

namespace {

/// A library with delays and power tables, what abc asks of one (tables of two dimensions, pins of
/// some load); `unit` is a factor of the energies inside a cell and of its leakage.
std::string library(double unit) {
    const auto input = [](const std::string& name, const std::string& more = "") {
        return fmt::format("pin ({}) {{ direction : input; capacitance : 10; {} }}\n", name, more);
    };
    const auto energy = [&](double fj) {
        return fmt::format(
            "internal_power () {{ rise_power (scalar) {{ values (\"{0}\"); }} "
            "fall_power (scalar) {{ values (\"{0}\"); }} }}\n",
            fj * unit);
    };
    const auto table = [](const char* name, const char* values) {
        return fmt::format("{} (by_load) {{ values ({}); }} ", name, values);
    };
    const auto arc = [&](const std::string& from, const std::string& more) {
        const char* delay = R"("0.01, 0.02", "0.02, 0.03")";
        return "timing () { related_pin : \"" + from + "\"; " + more + table("cell_rise", delay) +
               table("cell_fall", delay) + table("rise_transition", delay) +
               table("fall_transition", delay) + "}\n";
    };
    const auto cell = [&](const std::string& name, double area, const std::string& body) {
        return fmt::format("cell ({}) {{ area : {}; cell_leakage_power : {};\n{}}}\n", name, area,
                           5 * unit, body);
    };
    const auto gate = [&](const std::string& function, const std::vector<std::string>& pins) {
        const std::string sense = function.starts_with('!') ? "timing_sense : negative_unate; "
                                                            : "timing_sense : positive_unate; ";
        std::string ins, arcs;
        for (const std::string& pin : pins) {
            ins += input(pin);
            arcs += arc(pin, sense);
        }
        return ins + "pin (Y) { direction : output; function : \"" + function + "\";\n" + arcs +
               energy(3) + "}\n";
    };
    const std::string clock = input("C", "clock : true; " + energy(1));
    const std::string q = "pin (Q) { direction : output; function : \"IQ\";\n" +
                          arc("C", "timing_type : rising_edge; ") + energy(8) + "}\n";
    return "library (unit) {\n"
           "  delay_model : table_lookup; time_unit : \"1ns\"; voltage_unit : \"1V\";\n"
           "  current_unit : \"1mA\"; leakage_power_unit : \"1nW\";\n"
           "  capacitive_load_unit (1, ff); pulling_resistance_unit : \"1kohm\"; nom_voltage : 1;\n"
           "  input_threshold_pct_rise : 50; input_threshold_pct_fall : 50;\n"
           "  output_threshold_pct_rise : 50; output_threshold_pct_fall : 50;\n"
           "  slew_lower_threshold_pct_rise : 20; slew_upper_threshold_pct_rise : 80;\n"
           "  slew_lower_threshold_pct_fall : 20; slew_upper_threshold_pct_fall : 80;\n"
           "  lu_table_template (by_load) { variable_1 : input_net_transition;\n"
           "    variable_2 : total_output_net_capacitance;\n"
           "    index_1 (\"0.01, 1\"); index_2 (\"1, 100\"); }\n" +
           cell("NOT", 2, gate("!A", {"A"})) + cell("BUF", 3, gate("A", {"A"})) +
           cell("NAND", 4, gate("!(A & B)", {"A", "B"})) +
           cell("NOR", 4.25, gate("!(A | B)", {"A", "B"})) +
           cell("DFF", 18,
                "ff (IQ, IQN) { clocked_on : \"C\"; next_state : \"D\"; }\n" + clock + input("D") +
                    q) +
           cell("DFFSR", 25,
                "ff (IQ, IQN) { clocked_on : \"C\"; next_state : \"D\"; clear : \"!R\"; "
                "preset : \"!S\"; clear_preset_var1 : L; }\n" +
                    clock + input("D") + input("R") + input("S") + q) +
           "}\n";
}

const Words powered = {"--power", "--clock-ps", "2000", "--no-rtl", "--no-netlist", "-j", "1"};

Words with_power(Words words, const std::string& liberty) {
    words.insert(words.end(), {"--liberty", liberty});
    words.insert(words.end(), powered.begin(), powered.end());
    return words;
}

/// The rows of `compare`.
Json rows(const Desk& desk, const std::string& liberty) {
    const auto r = desk.run(
        with_power({"compare", "--study", "s.yaml", "-o", "out", "--json", "rows.json"}, liberty));
    INFO(r.output);
    REQUIRE(r.exit_code == 0);
    CHECK_THAT(r.output, Contains("mW") && Contains("pJ"));
    return Json::parse(slurp(desk.at("rows.json"))).at("rows");
}

}  // namespace

TEST_CASE("Power and energies are columns of compare and objectives of explore", "[power]") {
    if (!have("yosys") || !have("sta") || !have_verilator()) return;
    const Desk desk;
    desk.put("unit.lib", library(1));
    desk.put("twice.lib", library(2));
    desk.put("s.yaml", study_of("Power",
                                "- {axes: {adc.bits: [1, 3]}}\n"
                                "explore: {objectives: {sqnr: max, pj_per_mac: min}}\n"));
    const Json all = rows(desk, "unit.lib");
    REQUIRE(all.size() == 2);
    constexpr double vectors = 5, macs = 18;  // of a vector: (6, 3) weights
    for (const Json& row : all) {
        INFO(row.dump());
        CHECK(row.at("power").at("mw") > 0);
        CHECK(row.at("power").at("pj_per_vector").get<double>() ==
              Approx(macs * row.at("power").at("pj_per_mac").get<double>()));
    }
    CHECK(all.at(0).at("power").at("pj_per_mac") <
          all.at(1).at("power").at("pj_per_mac"));  // fewer bits, less logic

    // The other way to the same figures.
    desk.put("one.yaml", all.at(1).at("config").get<std::string>());
    check_passed(desk.run({"synth", "one.yaml", "--liberty", "unit.lib", "--power", "--clock-ps",
                           "2000", "--weights", "w.npy", "--inputs", "x.npy", "-o", "one"}));
    const Json power = Json::parse(slurp(desk.at("one/area.json"))).at("power");
    INFO(power.dump());
    CHECK(power.at("vectors") == vectors);
    CHECK(all.at(1).at("power").at("pj_per_mac").get<double>() ==
          Approx(power.at("pj_per_mac").get<double>()).epsilon(1e-4));

    // A search finds the same.
    check_passed(desk.run(with_power({"explore", "s.yaml", "-o", "out"}, "unit.lib")));
    const Json found = points(desk);
    REQUIRE(found.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(found.at(i).at("figures").at("pj_per_mac") == all.at(i).at("power").at("pj_per_mac"));
        CHECK(found.at(i).at("front") == true);
    }

    // The same netlist of cells that take twice as much inside; what its nets take stays.
    const Json twice = rows(desk, "twice.lib").at(1).at("power"), once = all.at(1).at("power");
    const double inside =
        (power.at("internal_uw").get<double>() + power.at("leakage_uw").get<double>()) / 1000;
    CHECK(twice.at("mw").get<double>() ==
          Approx(once.at("mw").get<double>() + inside).epsilon(1e-3));
    for (const char* name : {"pj_per_vector", "pj_per_mac"})
        CHECK(twice.at(name).get<double>() / once.at(name).get<double>() ==
              Approx(twice.at("mw").get<double>() / once.at("mw").get<double>()));
}

TEST_CASE("Power without a library, or of one without power tables, is refused", "[power]") {
    if (!have("sta")) return;
    const Desk desk;
    desk.put("s.yaml", study_of("Power",
                                "- {axes: {adc.bits: [1, 3]}}\n"
                                "explore: {objectives: {sqnr: max, pj_per_mac: min}}\n"));
    check_failed(desk.run({"explore", "s.yaml"}),
                 {"s.yaml:11:35: error", "pj_per_mac; expected --liberty and --power beside it"});
    std::string none = library(1);
    for (std::size_t at; (at = none.find("internal_power")) != none.npos;)
        none.replace(at, 14, "no_power");
    desk.put("none.lib", none);
    for (const Words& words : {Words{"compare", "--study", "s.yaml"}, Words{"explore", "s.yaml"}})
        check_failed(desk.run(with_power(words, "none.lib")), {"no power tables"});
}

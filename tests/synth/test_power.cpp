// SPDX-License-Identifier: Apache-2.0
// Power: activity from waves, and what a netlist takes, worked out by hand.
//
// The netlist mixes what OpenSTA 2.0.17 computes activities over: a gate in the cone of an input, a
// constant, a constant cell, a black box, and a flip-flop behind a gated clock. The library has
// 1 V, pins of 10 fF, cells of 5 nW. A net takes C V² / 2 = 5 fJ a pin each time it changes.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/scratch_folder.hpp"
#include "energies.hpp"
#include "power_cells.hpp"
#include "skip.hpp"
#include "synth/synth.hpp"

namespace {

using namespace synth;
using Catch::Matchers::Contains;

constexpr const char* timing =
    "timing () { related_pin : \"%\"; cell_rise (scalar) { values (\"0.1\"); } "
    "cell_fall (scalar) { values (\"0.1\"); } rise_transition (scalar) { values (\"0.1\"); } "
    "fall_transition (scalar) { values (\"0.1\"); } ";

std::string arc(const std::string& pin, const std::string& more = "") {
    std::string s = timing;
    return s.replace(s.find('%'), 1, pin) + more + " }\n";
}

std::string energy(const std::string& about, double rise, double fall) {
    return fmt::format(
        "internal_power () {{ {} rise_power (scalar) {{ values (\"{}\"); }} "
        "fall_power (scalar) {{ values (\"{}\"); }} }}\n",
        about, rise, fall);
}

/// An inverter of 3 and 5 fJ; an AND of 2 and 2 fJ from A, 6 and 6 from B; a flip-flop whose clock
/// takes 1 and 1 fJ with D low, 3 and 3 with D high, and whose output takes 7 and 9.
std::string library() {
    const auto pin = [](const char* name, const std::string& more = "") {
        return fmt::format("pin ({}) {{ direction : input; capacitance : 10; {} }}\n", name, more);
    };
    const std::string cell = "area : 1; cell_leakage_power : 5;\n";
    return R"(library (hand) {
  delay_model : table_lookup;
  time_unit : "1ns"; voltage_unit : "1V"; current_unit : "1mA"; leakage_power_unit : "1nW";
  capacitive_load_unit (1, ff); pulling_resistance_unit : "1kohm"; nom_voltage : 1.0;
  input_threshold_pct_rise : 50; input_threshold_pct_fall : 50;
  output_threshold_pct_rise : 50; output_threshold_pct_fall : 50;
  slew_lower_threshold_pct_rise : 20; slew_upper_threshold_pct_rise : 80;
  slew_lower_threshold_pct_fall : 20; slew_upper_threshold_pct_fall : 80;
  operating_conditions (typ) { process : 1; temperature : 25; voltage : 1.0; }
  default_operating_conditions : typ;
)"
           "cell (INV) { " +
           cell + pin("A") + "pin (Y) { direction : output; function : \"!A\";\n" + arc("A") +
           energy("related_pin : \"A\";", 3, 5) + "} }\ncell (AND) { " + cell + pin("A") +
           pin("B") + "pin (Y) { direction : output; function : \"A & B\";\n" + arc("A") +
           arc("B") + energy("related_pin : \"A\";", 2, 2) + energy("related_pin : \"B\";", 6, 6) +
           "} }\ncell (ONE) { area : 1; cell_leakage_power : 5; pin (Y) { direction : output; "
           "function : \"1\"; } }\ncell (DFF) { " +
           cell + "ff (IQ, IQN) { next_state : \"D\"; clocked_on : \"CK\"; }\n" +
           pin("CK",
               "clock : true; " + energy("when : \"!D\";", 1, 1) + energy("when : \"D\";", 3, 3)) +
           pin("D") + "pin (Q) { direction : output; function : \"IQ\";\n" +
           arc("CK", "timing_type : rising_edge;") + energy("related_pin : \"CK\";", 7, 9) +
           "} } }\n";
}

/// clk_i and en make g, a gated clock; box is a black box.
constexpr const char* netlist =
    "module top(clk_i, a, en, y, q);\n  input clk_i, a, en;\n  output y, q;\n"
    "  wire n, g, o, m, t, u, v;\n"
    "  INV i1 (.A(a), .Y(n));\n  INV i2 (.A(n), .Y(y));\n"
    "  AND gate (.A(clk_i), .B(en), .Y(g));\n"
    "  DFF reg_0 (.CK(g), .D(n), .Q(q));\n"
    "  ONE tie (.Y(o));\n  AND a1 (.A(q), .B(o), .Y(t));\n  AND a2 (.A(t), .B(1'b1), .Y(u));\n"
    "  box b (.i(u), .o(m));\n  AND a3 (.A(m), .B(u), .Y(v));\n"
    "  DFF reg_1 (.CK(clk_i), .D(v), .Q());\nendmodule\n";

/// Changes in 8 cycles and share of the time high, by net.
struct Net {
    int toggles = 0;
    double high = 0;
};
using Nets = std::map<std::string, Net>;

Activity activity_of(const Nets& nets) {
    const std::map<std::string, std::string> net_of = {
        {"i1/A", "a"},       {"i1/Y", "n"},    {"i2/A", "n"},   {"i2/Y", "y"},
        {"gate/A", "clk"},   {"gate/B", "en"}, {"gate/Y", "g"}, {"reg_0/CK", "g"},
        {"reg_0/D", "n"},    {"reg_0/Q", "q"}, {"tie/Y", "o"},  {"a1/A", "q"},
        {"a1/B", "o"},       {"a1/Y", "t"},    {"a2/A", "t"},   {"a2/B", "o"},
        {"a2/Y", "u"},       {"a3/A", "m"},    {"a3/B", "u"},   {"a3/Y", "v"},
        {"reg_1/CK", "clk"}, {"reg_1/D", "v"}};
    Activity activity;
    activity.cycles = 8;
    for (const auto& [pin, net] : net_of)
        activity.pins[pin] = {nets.at(net).toggles / 8.0, nets.at(net).high};
    return activity;
}

const Nets busy = {{"clk", {16, 0.5}}, {"a", {4, 0.5}},   {"en", {2, 0.25}}, {"n", {4, 0.5}},
                   {"y", {4, 0.5}},    {"g", {4, 0.125}}, {"q", {2, 0.5}},   {"o", {0, 1}},
                   {"t", {2, 0.5}},    {"u", {2, 0.5}},   {"m", {6, 0.5}},   {"v", {3, 0.25}}};

struct Bench {
    base::ScratchFolder folder{"cimrtl-test-power"};
    Library lib;
    SynthJob job;
    AreaReport report;
    explicit Bench(const std::string& text = library()) {
        folder.write("hand.lib", text);
        folder.write("netlist.v", netlist);
        lib = read_liberty({(folder.path() / "hand.lib").string()});
        job.config_name = "hand";
        job.top = "top";
        job.library = &lib;
        job.out_dir = folder.path();
        report.block_of_flop = {{"reg_0", "first"}, {"reg_1", "second"}};
    }
    Power power(const Nets& nets) {
        estimate_power(job, activity_of(nets), {10, 100}, report);
        return report.power.value();
    }
};

constexpr double period = 8e-9, fj = 1e-15;

/// Pins that the nets drive, weighed by their changes, 5 fJ each; in 8 cycles. Ports and black
/// boxes are no load.
double switching(const Nets& nets) {
    const std::map<std::string, int> loads = {{"n", 2}, {"g", 1}, {"q", 1},
                                              {"t", 1}, {"u", 1}, {"v", 1}};
    double sum = 0;
    for (const auto& [net, pins] : loads) sum += 5 * fj * pins * nets.at(net).toggles;
    return sum / (8 * period);
}

/// reg_0 alone: its clock's energy by D, and the mean of 7 and 9 for each change of Q.
double first_flop(const Nets& n) {
    const double clock = 1 * (1 - n.at("n").high) + 3 * n.at("n").high;
    return fj * (clock * n.at("g").toggles + 8 * n.at("q").toggles) / (8 * period);
}

/// An AND's change has one cause: pin A where it changes while B is high, or B while A is.
double and_gate(const Net& a, const Net& b, const Net& y) {
    const double by_a = a.toggles * b.high, by_b = b.toggles * a.high;
    return fj * y.toggles * (2 * by_a + 6 * by_b) / (by_a + by_b) / (8 * period);
}

double internal(const Nets& n) {
    const double inverters = fj * 4 * (n.at("n").toggles + n.at("y").toggles) / (8 * period);
    const double second =
        fj * (1 * (1 - n.at("v").high) + 3 * n.at("v").high) * n.at("clk").toggles / (8 * period);
    return inverters + first_flop(n) + second + and_gate(n.at("clk"), n.at("en"), n.at("g")) +
           and_gate(n.at("q"), n.at("o"), n.at("t")) + and_gate(n.at("t"), n.at("o"), n.at("u")) +
           and_gate(n.at("m"), n.at("u"), n.at("v"));
}

TEST_CASE("power of a small netlist, worked out by hand", "[power]") {
    if (!test_environment::have("sta")) return;
    Bench bench;
    const Power power = bench.power(busy);
    CHECK(power.whole.switching == Approx(switching(busy)).epsilon(1e-4));
    CHECK(power.whole.internal == Approx(internal(busy)).epsilon(1e-4));
    CHECK(power.whole.leakage == Approx(9 * 5e-9).epsilon(1e-4));
    CHECK(power.pj_per_mac() == Approx(power.whole.total() * 8 * period * 1e12 / 100));
    CHECK(power.pj_per_vector() == Approx(10 * power.pj_per_mac()));

    Watts sum;
    for (const BlockPower& b : power.blocks) {
        sum += b.registers;
        sum += b.gates;
    }
    CHECK(sum.total() == Approx(power.whole.total()));
    REQUIRE(power.blocks.size() == 3);  // the third: what reaches no flip-flop
    const auto block = [&](const std::string& name) {
        const auto found = std::ranges::find(power.blocks, name, &BlockPower::name);
        REQUIRE(found != power.blocks.end());
        return *found;
    };
    CHECK(block("first").flops == 1);
    CHECK(block("first").registers.internal == Approx(first_flop(busy)).epsilon(1e-4));
    CHECK(block("second").gates.total() > 0);
    // i2, the constant, and half of i1, which drives i2 and reg_0.
    CHECK(block("").gates.leakage == Approx(2.5 * 5e-9).epsilon(1e-4));

    std::ifstream in(bench.folder.path() / "area.json");
    const auto json = nlohmann::json::parse(in).at("power");
    CHECK(json["pj_per_mac"].get<double>() == Approx(power.pj_per_mac()).epsilon(1e-5));
    CHECK(json["macs"] == 100);
    double total = 0;
    for (const auto& b : json["blocks"]) total += b["total_uw"].get<double>();
    CHECK(total == Approx(json["total_uw"].get<double>()).epsilon(1e-5));
}

TEST_CASE("a clock that rests takes less, and so does what does not change", "[power]") {
    if (!test_environment::have("sta")) return;
    Bench bench;
    const Power all = bench.power(busy);
    Nets resting = busy;
    resting["g"] = resting["q"] = resting["t"] = resting["u"] = {0, 0};
    const Power rest = bench.power(resting);
    CHECK(rest.whole.switching == Approx(switching(resting)).epsilon(1e-4));
    CHECK(rest.whole.total() < all.whole.total());
    const auto of = [](const Power& p) {
        return std::ranges::find(p.blocks, "first", &BlockPower::name)->registers;
    };
    CHECK(of(all).internal > 0);
    CHECK(of(rest).internal == 0);
    Nets idle;
    for (const auto& [name, net] : busy) idle[name] = {0, net.high};
    const Power none = bench.power(idle);
    CHECK(none.whole.total() == Approx(9 * 5e-9).epsilon(1e-4));
}

TEST_CASE("what has no power is said", "[power]") {
    std::string text = library();
    for (std::size_t at; (at = text.find("internal_power")) != text.npos;)
        text.replace(at, 14, "no_power");
    const Bench bench(text);
    CHECK_THROWS_WITH(require_power(&bench.lib),
                      Contains("hand.lib, which has no power tables (internal_power)"));
    CHECK_THROWS_WITH(require_power(nullptr), Contains("the tool's own library"));
    if (!test_environment::have("sta")) return;
    Bench complete;
    Activity activity = activity_of(busy);
    activity.pins.erase("a3/Y");
    activity.pins.erase("reg_1/D");
    CHECK_THROWS_WITH(estimate_power(complete.job, activity, {1, 1}, complete.report),
                      Contains("no activity of pin"));
}

TEST_CASE("energies by slew and load", "[power]") {
    // Rows are slews: 1 and 3 s; columns are loads: 10 and 20 F.
    const EnergyTable table{{1, 3}, {10, 20}, {1, 2, 5, 6}};
    CHECK(table.at(1, 10) == Approx(1));
    CHECK(table.at(2, 15) == Approx(3.5));
    CHECK(table.at(5, 10) == Approx(9));  // goes on beyond the last slew
    CHECK(EnergyTable{{}, {}, {4}}.at(7, 8) == 4);
    CHECK(EnergyTable{}.at(1, 1) == 0);
}

TEST_CASE("a flip-flop's outputs are one state", "[power]") {
    // QN is connected to nothing: its activity is Q's. D is high a quarter of the time, Q half.
    CellEnergies cell;
    cell.q = "IQ";
    cell.qn = "IQN";
    cell.functions = {{"Q", "IQ"}, {"QN", "IQN"}};
    const EnergyTable one{{}, {}, {1}}, five{{}, {}, {5}}, nine{{}, {}, {9}};
    cell.pins["CK"] = {{"", "!D & !Q & QN", "", one, one}, {"", "D & Q & !QN", "", five, five}};
    cell.pins["QN"] = {{"CK", "", "", nine, nine}};
    const std::map<std::string, PinState> pins = {{"CK", {0, 0, 0, 2, 0.5}},
                                                  {"D", {0, 0, 0, 0.5, 0.25}},
                                                  {"Q", {0, 0, 0, 0.3, 0.5}},
                                                  {"QN", {0, 0, 0, 0, 0, false}}};
    const double clock = 2 * (1 * 0.75 * 0.5 + 5 * 0.25 * 0.5);
    CHECK(internal_energy(cell, pins) == Approx(clock + 9 * 0.3));
}

TEST_CASE("units and the order of a table's variables", "[power]") {
    base::ScratchFolder folder("cimrtl-test-power");
    folder.write("units.lib", R"(library (u) {
  time_unit : "100ps"; voltage_unit : "2V"; capacitive_load_unit (0.5, pf);
  power_lut_template (t) { variable_1 : total_output_net_capacitance;
    variable_2 : input_transition_time; index_1 ("1, 2"); index_2 ("10, 20"); }
  cell (C) { area : 1; pin (Y) { direction : output; function : "A B";
    internal_power () { related_pin : "A B"; rise_power (t) { values ("1, 2", "3, 4"); } } } } }
)");
    const auto cells = read_energies({(folder.path() / "units.lib").string()}, {"C"});
    const auto& groups = cells.at("C").pins.at("Y");
    REQUIRE(groups.size() == 2);
    CHECK(groups[1].related == "B");
    // 2 V squared times 0.5 pF; the load of 2 units and the slew of 10.
    CHECK(groups[0].rise.at(10 * 100e-12, 2 * 0.5e-12) == Approx(3 * 4 * 0.5e-12));
    CHECK(groups[0].fall.at(0, 0) == 0);
}

TEST_CASE("another activity than the given one is an error", "[power]") {
    const std::string total = "Total 0.0 3.0e-6 0.0 3.0e-6 100.0%\n";
    const auto report = [&](const char* second) {
        return total + "cell a/x INV 0 1e-6 0\npin Y n out 0 0 2e-15 0.5 0.5\n" +
               fmt::format("cell a/z INV 0 2e-6 0\npin Y m out 0 0 {} 0.5 0.5\n", second);
    };
    CHECK_NOTHROW(check_switching(parse_cells(report("4e-15")), period));
    CHECK_THROWS_WITH(check_switching(parse_cells(report("2e-15")), period),
                      Contains("its given activity makes"));
    CHECK_THROWS_WITH(parse_cells(total + "cell a/x INV 0 1e-6 0\n"), Contains("sum to"));
    CHECK_THROWS_AS(parse_cells(""), base::Error);
}

TEST_CASE("activity of pins from waves", "[power]") {
    const auto waves = [](int changes) {
        std::string s =
            "$scope module TOP $end\n$scope module top $end\n$var wire 1 n n $end\n"
            "$scope module i1 $end\n$var wire 1 a A $end\n$var wire 1 n Y $end\n$upscope $end\n"
            "$scope module reg_0 $end\n$var wire 1 n D $end\n$var wire 1 q Q $end\n"
            "$var wire 8 w WIDE $end\n$upscope $end\n$upscope $end\n$upscope $end\n"
            "$enddefinitions $end\n#1000\n0n\n1a\n0q\n";
        for (int i = 0; i < changes; ++i)
            s += fmt::format("#{}\n{}n\n{}a\n", 1005 + i * 80 / changes, (i + 1) % 2, i % 2);
        return s + "#1080\n0q\n";
    };
    const base::ScratchFolder folder("cimrtl-test-power");
    const auto read = [&](int changes, const char* top) {
        folder.write("waves.vcd", waves(changes));
        return read_activity(folder.path() / "waves.vcd", top);
    };
    const Activity activity = read(4, "top");
    CHECK(activity.cycles == 8);
    CHECK(activity.pins.size() == 4);  // of cells, one bit wide
    CHECK(activity.pins.at("i1/Y").toggles == Approx(0.5));
    CHECK(activity.pins.at("i1/Y").high == Approx(0.5));
    CHECK(activity.pins.at("reg_0/Q").toggles == 0);
    CHECK(activity.pins.at("reg_0/Q").high == 0);
    CHECK(read(8, "top").pins.at("reg_0/D").toggles == Approx(1.0));
    CHECK_THROWS_WITH(read(8, "other"), Contains("expected waves of other"));
}

}  // namespace

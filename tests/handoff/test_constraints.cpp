// SPDX-License-Identifier: Apache-2.0
// Rationale: constraints are right if a timing analyser reads them without a word on the netlist
// that `synth` writes, finds every port, and times each path of the array port over the cycles that
// the config gives it. OpenSTA does, on netlists of every scheme and option, as written and flat,
// with the array as a black box and with its Liberty placeholder. The cells are those of synth's
// gate equivalents, here with a delay each, so that no library is needed.
#include <map>
#include <regex>
#include <set>

#include "handoff_bench.hpp"

namespace {

using namespace handoff_bench;

constexpr const char* scalar_lines =
    "cell_rise(scalar) { values(\"0.05\"); } cell_fall(scalar) { values(\"0.05\"); } "
    "rise_transition(scalar) { values(\"0.01\"); } fall_transition(scalar) { values(\"0.01\"); }";

constexpr const char* unit_kind = R"(
  delay_model : table_lookup; time_unit : "1ns"; capacitive_load_unit (1, pf);
  input_threshold_pct_rise : 50; input_threshold_pct_fall : 50;
  output_threshold_pct_rise : 50; output_threshold_pct_fall : 50;
  slew_lower_threshold_pct_rise : 20; slew_lower_threshold_pct_fall : 20;
  slew_upper_threshold_pct_rise : 80; slew_upper_threshold_pct_fall : 80;)";

std::string check_of(const char* type, double ns) {
    return fmt::format(
        " timing() {{ related_pin : \"CK\"; timing_type : {}; rise_constraint(scalar) {{ "
        "values(\"{}\"); }} fall_constraint(scalar) {{ values(\"{}\"); }} }}",
        type, ns, ns);
}

/// What a pin of flow/synth/gates.lib gets: 50 ps through a gate, 40 ps to set up.
std::string timing_of(const std::string& line, const std::string& inputs) {
    if (line.find("direction : output") != std::string::npos) {
        const bool clocked = line.find("\"IQ\"") != std::string::npos;
        return fmt::format(" timing() {{ related_pin : \"{}\"; {} {} }}", clocked ? "CK" : inputs,
                           clocked ? "timing_type : rising_edge;" : "", scalar_lines);
    }
    if (line.find("pin(D)") != std::string::npos && inputs == "CK")
        return check_of("setup_rising", 0.04) + check_of("hold_rising", 0.01);
    if (line.find("pin(RN)") != std::string::npos || line.find("pin(SN)") != std::string::npos)
        return check_of("recovery_rising", 0.04) + check_of("removal_rising", 0.01);
    return {};
}

/// The gates of synth's own library with delays.
std::string timed_gates() {
    std::istringstream in(slurp(fs::path(CIMRTL_SOURCE_DIR) / "flow/synth/gates.lib"));
    std::string text, inputs;
    static const std::regex pin(R"(    pin\((\w+)\) \{ direction : (\w+);.*\})");
    for (std::string line; std::getline(in, line);) {
        std::smatch match;
        if (line.starts_with("  cell(")) inputs.clear();
        if (line.starts_with("library(")) {
            line += unit_kind;
        } else if (std::regex_match(line, match, pin)) {
            const std::string added = timing_of(line, inputs);
            if (match[2] == "input" && inputs != "CK")
                inputs += (inputs.empty() ? "" : " ") + match[1].str();
            line.insert(line.rfind('}'), "capacitance : 0.001;" + added + " ");
        }
        text += line + "\n";
    }
    return text;
}

/// A netlist of `synth` with the hand-off files beside it.
class Timed {
  public:
    explicit Timed(const Case& c) : name_(c.design().config.name) {
        run({"synth", "-q", "--hierarchical", c.path(), "-o", "n"});
        run({"synth", "-q", c.path(), "-o", "flat"});
        desk_.put("gates.lib", timed_gates());
    }
    const std::string& name() const { return name_; }
    std::string constraints() const {
        return slurp(desk_.at("n/sources/constraints/" + name_ + ".sdc"));
    }
    std::string netlist(bool flat) const { return flat ? "flat/netlist.v" : "n/netlist.v"; }
    bool hierarchical() const {
        return slurp(desk_.at("n/netlist.v")).find("_periphery u_periphery (") != std::string::npos;
    }

    /// What OpenSTA says from the constraints on; all of it with `everything`.
    /// `set`: variables of the constraints.
    std::string analyse(bool flat, bool liberty, const std::string& commands,
                        const std::string& set = "") const {
        std::string script = set + "read_liberty gates.lib\n";
        if (liberty) script += fmt::format("read_liberty n/sources/handoff/{}_array.lib\n", name_);
        script += fmt::format(
            "read_verilog {}\nlink_design {}\nputs LINKED\nread_sdc n/sources/constraints/{}.sdc\n"
            "puts READ\n{}",
            netlist(flat), name_, name_, commands);
        desk_.put("run.tcl", script);
        const ProcessResult said = run_in(desk_.path(), {"sta", "-no_splash", "-exit", "run.tcl"});
        // A black box is announced while the netlist is linked.
        const std::size_t from = liberty ? 0 : said.output.find("LINKED");
        return from == std::string::npos ? said.output : said.output.substr(from);
    }

  private:
    void run(const std::vector<std::string>& words) {
        const ProcessResult made = desk_.run(words);
        INFO(made.output);
        REQUIRE(made.exit_code == 0);
    }

    Desk desk_;
    std::string name_;
};

bool have_tools() { return have("sta") && have("yosys"); }

/// The clock edge against which a path to `pin` is checked, in ns; a period is 2.
double edge_of(const Timed& timed, const std::string& edge, const std::string& pin,
               const std::string& check = "max", const std::string& set = "") {
    const std::string said = timed.analyse(
        false, true,
        fmt::format("report_checks -path_delay {} {} [get_pins {}]\n", check, edge, pin), set);
    INFO(said);
    static const std::regex clock(R"((-?\d+\.\d+) +clock clk_i \(rise edge\)\n)");
    std::vector<double> edges;
    for (std::sregex_iterator at(said.begin(), said.end(), clock), end; at != end; ++at)
        edges.push_back(std::stod((*at)[1]));
    REQUIRE(edges.size() == 2);
    return edges.back() - edges.front();
}

/// "input output" of every path through the macro without a register, vectors without an index.
std::set<std::string> feed_through(const Timed& timed) {
    const std::string said = timed.analyse(true, true, R"(
foreach in [all_inputs] {
  foreach path [find_timing_paths -from $in -to [all_outputs] -group_count 10000] {
    puts "FEED [get_full_name $in] [get_full_name [get_property $path endpoint]]"
  }
}
puts DONE
)");
    INFO(said);
    REQUIRE(said.find("DONE") != std::string::npos);
    static const std::regex line(R"(FEED (\w+)\S* (\w+))");
    std::set<std::string> paths;
    for (std::sregex_iterator at(said.begin(), said.end(), line), end; at != end; ++at)
        paths.insert((*at)[1].str() + " " + (*at)[2].str());
    return paths;
}

/// Registers that stand still: found wherever there is a hierarchy to find them in, and two periods
/// for the datapath behind them, one for reading them back.
void check_static_registers(const Timed& timed) {
    static const std::regex guard(R"(get_pins -quiet (u_periphery/\S+)/values_o\*)");
    const std::string sdc = timed.constraints();
    for (std::sregex_iterator at(sdc.begin(), sdc.end(), guard), end; at != end; ++at) {
        const std::string file = (*at)[1];
        INFO(timed.name() << ", " << file);
        CHECK(edge_of(timed, "-through", file + "/values_o*") == 4);
        CHECK(edge_of(timed, "-through", file + "/data_o*") == 2);
    }
}

}  // namespace

TEST_CASE("OpenSTA reads the constraints of every scheme without a warning", "[sta]") {
    if (!have_tools()) return;
    std::set<std::string> through;
    for (const Case& c : few_cases) {
        const Timed timed(c);
        for (const bool flat : {false, true}) {
            for (const bool liberty : {false, true}) {
                const std::string said =
                    timed.analyse(flat, liberty, "check_setup -verbose\nreport_worst_slack\n");
                INFO(c.file << (flat ? ", flat" : "") << (liberty ? ", with Liberty" : "") << "\n"
                            << said);
                const std::size_t read = said.find("READ");
                REQUIRE(read != std::string::npos);
                CHECK(said.substr(0, read).find("Warning") == std::string::npos);
                CHECK(said.find("Error") == std::string::npos);
                CHECK(said.find("missing set_") == std::string::npos);
                CHECK(said.find("worst slack") != std::string::npos);
            }
        }
        if (timed.hierarchical()) check_static_registers(timed);
        through.merge(feed_through(timed));
    }
    through.merge(feed_through(Timed({"while"})));
    // The paths of docs/reference/ports.md, and no other.
    CHECK(through == std::set<std::string>{"cfg_addr_i cfg_ready_o", "cfg_write_i cfg_ready_o",
                                           "weight_bank_i weight_ready_o"});
}

TEST_CASE("paths of the array port are timed over the cycles that the config gives", "[sta]") {
    if (!have_tools()) return;
    const Timed timed({"conventional"});  // precharge 1, settle 2
    CHECK(edge_of(timed, "-to", "u_array/bank_i*") == 6);
    CHECK(edge_of(timed, "-to", "u_array/row_drive_i*") == 4);
    CHECK(edge_of(timed, "-rise_to", "u_array/row_en_i*") == 4);
    CHECK(edge_of(timed, "-fall_to", "u_array/row_en_i*") == 2);
    CHECK(edge_of(timed, "-to", "u_array/sample_i") == 2);
    CHECK(edge_of(timed, "-to", "u_array/adc_req_valid_i*") == 2);
    CHECK(edge_of(timed, "-to", "u_array/row_drive_i*", "min") == 0);
    const std::string paths = timed.analyse(
        false, true,
        "report_checks -from [get_pins u_array/adc_req_ready_o*] -format summary\n"
        "report_checks -from [get_pins u_array/adc_resp_code_o*] -format summary\n"
        "report_checks -from [get_pins u_array/weight_ready_o] -to weight_ready_o -format summary\n"
        "report_check_types -recovery -removal\n");
    INFO(paths);
    CHECK(paths.find("No paths") == std::string::npos);
    CHECK(paths.find("async_default") != std::string::npos);
}

TEST_CASE("the cycles of the array port follow variables, as the package's numbers", "[sta]") {
    if (!have_tools()) return;
    const Timed timed({"conventional"});  // precharge 1, settle 2, latency 2, share 2
    const std::string as_config = "", longer = "set cim_settle 5\nset cim_precharge 3\n",
                      shorter = "set cim_settle 0\n", gap = "set cim_sample_gap 4\n",
                      overlap = "set cim_settle 0\nset cim_precharge 40\n";
    const auto edge = [&](const std::string& set, const std::string& flag, const char* pin,
                          const std::string& check = "max") {
        return edge_of(timed, flag, std::string("u_array/") + pin, check, set);
    };
    for (const auto& [set, drive, bank, precharge] : {std::tuple{as_config, 2, 3, 1},
                                                      {longer, 5, 8, 3},
                                                      {shorter, 1, 2, 1},
                                                      {overlap, 1, 40, 40},
                                                      {gap, 2, 3, 1}}) {
        INFO(set);
        CHECK(edge(set, "-to", "row_drive_i*") == 2 * drive);
        CHECK(edge(set, "-rise_to", "row_en_i*") == 2 * drive);
        CHECK(edge(set, "-fall_to", "row_en_i*") == 2);
        CHECK(edge(set, "-to", "bank_i*") == 2 * bank);
        CHECK(edge(set, "-rise_to", "precharge_i") == 2 * precharge);
        CHECK(edge(set, "-fall_to", "precharge_i") == 2);
        const int hold = set == gap ? -2 * 4 : 0;
        CHECK(edge(set, "-to", "row_drive_i*", "min") == hold);
        CHECK(edge(set, "-to", "bank_i*", "min") == hold);
        CHECK(edge(set, "-fall_to", "row_en_i*", "min") == hold);
    }
}

TEST_CASE("behind the reset synchronizer the release is timed from its second flip-flop", "[sta]") {
    if (!have_tools()) return;
    for (const char* file : {"reset", "conventional"}) {
        const bool synchronizer = std::string(file) == "reset";
        const Timed timed({file});
        // The group of recovery; the pins of the macro first, which have none where they are false.
        const std::string release = timed.analyse(
            true, true, "report_checks -path_delay max -path_group **async_default**\n");
        const std::string pin =
            timed.analyse(true, true, "report_checks -path_delay max -from [get_ports rst_ni]\n");
        INFO(file << "\n" << release << pin);
        CHECK(release.find("recovery") != std::string::npos);
        CHECK((release.find("u_reset_sync/") != std::string::npos) == synchronizer);
        CHECK((pin.find("No paths found") != std::string::npos) == synchronizer);
    }
}

TEST_CASE("ADCs with a clock of their own: nothing is timed against clk_i", "[sta]") {
    if (!have_tools()) return;
    const Case async{"async"};
    std::string views;
    for (const base::OutFile& f : generator::render(async.design())) {
        if (f.path.ends_with("_array.lib")) views += f.contents;
    }
    std::size_t pins = 0;
    for (std::size_t at = 0; (at = views.find("(adc_", at)) != std::string::npos; ++pins) {
        const std::size_t end = std::min(views.find("(", at + 5), views.size());
        CHECK(views.substr(at, end - at).find("timing") == std::string::npos);
        at = end;
    }
    CHECK(pins >= 4);
    const Timed timed(async);
    const std::string sdc = timed.constraints();
    for (const std::string_view port :
         {"adc_req_valid_i", "adc_req_column_i", "adc_resp_valid_o", "adc_resp_code_o"}) {
        INFO(port);
        CHECK(sdc.find(port) > sdc.find("---- Array port: ADCs with a clock of their own ----"));
    }
    const std::string paths =
        timed.analyse(false, true, "report_checks -to [get_pins u_array/adc_req_valid_i*]\n");
    INFO(paths);
    CHECK(paths.find("max_delay") != std::string::npos);
    CHECK(paths.find("output external delay") != std::string::npos);
    CHECK(paths.find("VIOLATED") == std::string::npos);
}

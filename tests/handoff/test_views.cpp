// SPDX-License-Identifier: Apache-2.0
// Rationale: LEF, Liberty, IP-XACT, packages of sources and registers are written from one list of
// ports and one of registers; the SystemVerilog from templates. So they are held against what a
// tool reads from the SystemVerilog: Yosys the ports (names, directions, widths) of black box and
// top, Verilator the addresses; and each is read by a tool of its kind. OpenSTA reads the Liberty
// placeholder in test_constraints.cpp.
#include <yaml-cpp/yaml.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "handoff_bench.hpp"

namespace {

using namespace handoff_bench;

/// Ends what Yosys is told; the top's is `json` of that module alone, for the others have
/// processes.
const std::string all_ports = "\nwrite_json ports.json";

/// Direction and width of each port.
using Ports = std::map<std::string, std::pair<std::string, int>>;

/// Also configs whose registers lie by bank and group, with outputs no power of two.
std::vector<Case> all_cases() {
    std::vector<Case> list = cases;
    for (const char* file : {"column_plane", "requant", "binsparx"}) list.push_back({file});
    return list;
}

void generate(const Desk& desk, const Case& c) {
    const ProcessResult made = desk.run({"gen", "-q", c.path(), "-o", "g"});
    INFO(made.output);
    REQUIRE(made.exit_code == 0);
}

/// The ports of a module as Yosys reads them with these commands.
Ports yosys_ports(const Desk& desk, const std::string& module, const std::string& commands) {
    desk.put("ports.ys", commands + "\n");
    const ProcessResult said = run_in(desk.path(), {"yosys", "-q", "ports.ys"});
    INFO(said.output);
    REQUIRE(said.exit_code == 0);
    const auto json = nlohmann::json::parse(slurp(desk.at("ports.json")));
    Ports ports;
    for (const auto& [name, port] : json["modules"][module]["ports"].items())
        ports[name] = {port["direction"], static_cast<int>(port["bits"].size())};
    return ports;
}

/// Read from the pins of a LEF macro, bits of a bus together.
Ports lef_ports(const std::string& text) {
    static const std::regex pin(R"(  PIN (\w+)(\[\d+\])?\n    DIRECTION (\w+) ;)");
    Ports ports;
    for (std::sregex_iterator at(text.begin(), text.end(), pin), end; at != end; ++at) {
        auto& port = ports[(*at)[1]];
        port.first = (*at)[3] == "INPUT" ? "input" : "output";
        ++port.second;
    }
    return ports;
}

/// Read from the ports of an IP-XACT component.
Ports ipxact_ports(const std::string& text) {
    static const std::regex port(
        R"(<ipxact:port>\s*<ipxact:name>(\w+)</ipxact:name>\s*<ipxact:wire>\s*)"
        R"(<ipxact:direction>(\w+)</ipxact:direction>\s*(?:<ipxact:vectors>\s*<ipxact:vector>\s*)"
        R"(<ipxact:left>(\d+)</ipxact:left>)?)");
    Ports ports;
    for (std::sregex_iterator at(text.begin(), text.end(), port), end; at != end; ++at)
        ports[(*at)[1]] = {(*at)[2].str() + "put", (*at)[3].matched ? std::stoi((*at)[3]) + 1 : 1};
    return ports;
}

/// All numbers that a pattern's first group matches.
std::vector<double> numbers(const std::string& text, const std::string& pattern) {
    const std::regex number(pattern);
    std::vector<double> list;
    for (std::sregex_iterator at(text.begin(), text.end(), number), end; at != end; ++at)
        list.push_back(std::stod((*at)[1]));
    return list;
}

/// Files that a list of a YAML file names, relative to the generated folder.
void check_files(const Desk& desk, const YAML::Node& files) {
    REQUIRE(files.IsSequence());
    REQUIRE(files.size() > 0);
    for (const YAML::Node& file : files) {
        INFO(file.as<std::string>());
        CHECK(fs::exists(desk.at("g/" + file.as<std::string>())));
    }
}

/// The files of a list for `verilator -F`.
std::vector<std::string> listed(const Desk& desk, const std::string& list) {
    std::vector<std::string> files;
    std::istringstream in(slurp(desk.at("g/" + list)));
    for (std::string line; std::getline(in, line);)
        if (!line.starts_with("//")) files.push_back(line);
    return files;
}

/// The files that Bender takes for a target: those without one, and its own.
std::vector<std::string> bender_files(const YAML::Node& bender, const std::string& target) {
    std::vector<std::string> files;
    for (const YAML::Node& group : bender["sources"])
        if (!group["target"] || group["target"].as<std::string>() == target)
            for (const YAML::Node& file : group["files"]) files.push_back(file.as<std::string>());
    return files;
}

/// Arguments of an address function of the registers' package for one entry.
std::string arguments(const generator::RegisterFile& file, int banks, int entry) {
    if (file.scope != generator::RegisterScope::bank) return std::to_string(entry);
    const int per_bank = file.entries / banks, inside = entry % per_bank;
    const bool groups = file.line != 0 && file.line != per_bank && file.line != file.line_stride;
    return groups
               ? fmt::format("{}, {}, {}", entry / per_bank, inside / file.line, inside % file.line)
               : fmt::format("{}, {}", entry / per_bank, inside);
}

}  // namespace

TEST_CASE("design.json says the bound of drives that the package computes", "[views]") {
    if (!have("verilator")) return;
    const Desk desk;
    for (const char* keys : {"{hold: column, max_drive: 1}", "{hold: column, max_drive: 33}",
                             "{hold: column, max_drive: 1, settle: 3, sample_gap: 2}",
                             "{hold: column, max_drive: 500}", "{hold: none, max_drive: 1}"}) {
        for (const char* adc : {"{latency: 12}", "{latency: 7, kind: async}"}) {
            INFO(keys << ", adc " << adc);
            std::string array(keys);
            array.insert(1, "rows: 8, outputs: 4, ");
            desk.put("b.yaml", fmt::format("name: b\nscheme: conventional\narray: {}\nadc: {}\n"
                                           "input: {{bits: 3}}\nweight: {{bits: 3}}\n",
                                           array, adc));
            const ProcessResult made = desk.run({"gen", "-q", "b.yaml", "-o", "g"});
            INFO(made.output);
            REQUIRE(made.exit_code == 0);
            const auto design = nlohmann::json::parse(slurp(desk.at("g/design.json")));
            desk.put("probe.sv", fmt::format("module probe;\n  if (b_pkg::MaxDrive != {}) "
                                             "$error(\"%0d\", b_pkg::MaxDrive);\nendmodule\n",
                                             design["derived"]["max_drive_cycles"].dump()));
            const ProcessResult read = run_in(
                desk.path(),
                {"verilator", "--lint-only", "g/rtl/b_pkg.sv", "probe.sv", "--top", "probe"});
            INFO(read.output);
            CHECK(read.exit_code == 0);
        }
    }
}

TEST_CASE("Liberty and LEF have the pins of the black box", "[views]") {
    if (!have("yosys")) return;
    for (const Case& c : all_cases()) {
        INFO(c.file);
        const Desk desk;
        generate(desk, c);
        const std::string name = c.design().config.name, cell = name + "_array";
        const Ports want = yosys_ports(
            desk, cell,
            fmt::format("read_verilog -sv g/rtl/{0}_pkg.sv g/blackbox/{0}_array.sv", name) +
                all_ports);
        REQUIRE(want.size() >= 21);
        const std::string lib = "g/handoff/" + cell + ".lib", lef = "g/handoff/" + cell + ".lef";
        CHECK(yosys_ports(desk, cell, "read_liberty -lib " + lib + all_ports) == want);
        CHECK(lef_ports(slurp(desk.at(lef))) == want);
    }
}

TEST_CASE("pins of the LEF lie apart, inside the macro", "[views]") {
    const Desk desk;
    generate(desk, {"conventional"});
    const std::string text = slurp(desk.at("g/handoff/faults_conventional_array.lef"));
    const double height = numbers(text, R"(SIZE \S+ BY (\S+) ;)").at(0);
    const double width = numbers(text, R"(SIZE (\S+) BY)").at(0);
    const std::regex rect(R"(        RECT (\S+) (\S+) (\S+) (\S+) ;)");
    std::set<std::pair<std::string, std::string>> corners;
    int pins = 0;
    for (std::sregex_iterator at(text.begin(), text.end(), rect), end; at != end; ++at, ++pins) {
        corners.insert({(*at)[1], (*at)[2]});
        CHECK(std::stod((*at)[3]) <= width);
        CHECK(std::stod((*at)[4]) < height);
    }
    CHECK(pins > 20);
    CHECK(corners.size() == static_cast<std::size_t>(pins));
}

TEST_CASE("the IP-XACT component has the top's ports and is well-formed", "[views]") {
    if (!have("xmllint") || !have("yosys")) return;
    for (const Case& c : all_cases()) {
        INFO(c.file);
        const Desk desk;
        generate(desk, c);
        const std::string name = c.design().config.name;
        std::istringstream list(slurp(desk.at("g/files_synth.f")));
        std::string read;
        for (std::string line; std::getline(list, line);)
            if (line.starts_with("rtl/") || line.starts_with("blackbox/"))
                read += "read_verilog -sv -defer g/" + line + "\n";
        const Ports want = yosys_ports(
            desk, name, read + "hierarchy -top " + name + "\njson -o ports.json " + name);
        const std::string xml = "g/handoff/" + name + ".xml";
        CHECK(ipxact_ports(slurp(desk.at(xml))) == want);
        std::vector<std::string> words = {"xmllint", "--noout", "--nonet"};
        // IEEE 1685-2014, index.xsd: its terms do not let us hand it on.
        if (const char* schema = std::getenv("CIMRTL_IPXACT_SCHEMA"))
            words.insert(words.end(), {"--schema", schema});
        words.push_back(xml);
        const ProcessResult said = run_in(desk.path(), words);
        INFO(said.output);
        CHECK(said.exit_code == 0);
    }
}

TEST_CASE("FuseSoC's and Bender's files are YAML and name files that are there", "[views]") {
    for (const Case& c : all_cases()) {
        INFO(c.file);
        const Desk desk;
        generate(desk, c);
        const std::string name = c.design().config.name;
        const std::string text = slurp(desk.at("g/" + name + ".core"));
        CHECK(text.starts_with("CAPI=2:\n"));
        const YAML::Node core = YAML::Load(text);
        for (const auto& set : core["filesets"]) check_files(desk, set.second["files"]);
        for (const auto& target : core["targets"])
            for (const YAML::Node& set : target.second["filesets"])
                CHECK(core["filesets"][set.as<std::string>()]);
        const YAML::Node bender = YAML::LoadFile(desk.at("g/Bender.yml"));
        CHECK(bender["package"]["name"].as<std::string>() == name);
        REQUIRE(bender["sources"].size() == 5);
        for (const YAML::Node& group : bender["sources"]) check_files(desk, group["files"]);
        CHECK(bender_files(bender, "synthesis") == listed(desk, "files_synth.f"));
        CHECK(bender_files(bender, "simulation") == listed(desk, "files_sim.f"));
    }
}

TEST_CASE("the registers' package has every address", "[views]") {
    if (!have_verilator()) return;
    for (const Case& c : std::vector<Case>{
             {"conventional"}, {"corrected"}, {"column_quant"}, {"binsparx"}, {"bfp_dynamic"}}) {
        const Desk desk;
        generate(desk, c);
        const generator::Design d = c.design();
        const std::string package = d.config.name + "_regs_pkg";
        std::string calls;
        std::vector<std::int64_t> want;
        for (std::size_t region = 0; region < d.registers.size(); ++region) {
            const auto& file = d.registers[region];
            for (int entry = 0; entry < file.entries; ++entry) {
                calls += fmt::format("    $display(\"%0d\", {}::{}_addr({}));\n", package,
                                     file.name, arguments(file, d.config.array.banks, entry));
                want.push_back(generator::register_address(d, region, entry));
            }
        }
        desk.put("bench.sv",
                 "module bench;\n  initial begin\n" + calls + "    $finish;\n  end\nendmodule\n");
        const ProcessResult built =
            run_in(desk.path(),
                   {"verilator", "--binary", "-Wall", "-Mdir", "obj", "-o", "bench", "--top-module",
                    "bench", "g/lint.vlt", "g/handoff/" + package + ".sv", "bench.sv"});
        INFO(c.file << ":\n" << built.output);
        REQUIRE(built.exit_code == 0);
        const ProcessResult said = run_in(desk.path(), {desk.at("obj/bench")});
        std::istringstream in(said.output);
        std::vector<std::int64_t> found;
        for (std::string line; found.size() < want.size() && std::getline(in, line);)
            found.push_back(std::stoll(line));
        CHECK(found == want);
    }
}

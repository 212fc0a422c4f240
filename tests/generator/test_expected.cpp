// SPDX-License-Identifier: Apache-2.0
/// What the generator writes itself, byte for byte: one small macro a scheme, in
/// expected/<scheme>/ with its config. Covered: the package, the periphery, the top, the array's
/// model and black box, the file lists, the files for other tools. Files that are copies of
/// hand-written modules are not repeated there; that they are copies is checked. Then the layout of
/// all these files, and the length of every line of SystemVerilog, hand-written ones too.
/// CIMRTL_UPDATE_EXPECTED=1 writes them anew; what has changed then shows in git.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <regex>
#include <set>

#include "generator/design.hpp"
#include "generator/render.hpp"
#include "generator/resources.hpp"
#include "support.hpp"

namespace {

using namespace support;

const fs::path folder = fs::path(CIMRTL_TEST_DIR) / "expected";

bool is_copy(const base::OutFile& file) {
    for (const std::string_view path : generator::resource_names("")) {
        // A memory is there twice: its model, and a black box.
        if (path.ends_with("/" + fs::path(file.path).filename().string()) &&
            generator::resource(path) == file.contents) {
            return true;
        }
    }
    return false;
}

bool is_expected(const std::string& path) {
    static const std::set<std::string> kinds = {".sv",  ".f",    ".vlt", ".sdc", ".lib",
                                                ".lef", ".core", ".yml", ".xml"};
    return kinds.contains(fs::path(path).extension().string());
}

/// The generator's own files for the config of a scheme's folder.
std::vector<base::OutFile> own_files(const std::string& scheme) {
    const auto config = generator::load_config_file(folder / scheme / "config.yaml");
    REQUIRE(config.scheme() == scheme);
    std::vector<base::OutFile> files = generator::render(generator::elaborate(config));
    std::erase_if(files, [](const auto& f) { return !is_expected(f.path) || is_copy(f); });
    return files;
}

void update(const std::string& scheme, const std::vector<base::OutFile>& files) {
    for (const base::OutFile& f : files) {
        const fs::path path = folder / scheme / f.path;
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << f.contents;
    }
}

std::set<std::string> files_below(const fs::path& top) {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(top)) {
        const std::string name = entry.path().lexically_relative(top).string();
        if (entry.is_regular_file() && name != "config.yaml") names.insert(name);
    }
    return names;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// Columns of a line of UTF-8.
std::size_t columns_of(const std::string& line) {
    return static_cast<std::size_t>(std::ranges::count_if(
        line, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

constexpr std::size_t most_columns = 100;

/// First line that is too long, or nothing.
std::string too_long(const std::string& text) {
    for (const std::string& line : lines_of(text)) {
        if (columns_of(line) > most_columns) return line;
    }
    return "";
}

/// First line that breaks a rule of layout, or nothing.
std::string untidy(const std::string& text) {
    if (const std::string line = too_long(text); !line.empty()) return "too long: " + line;
    const std::vector<std::string> lines = lines_of(text);
    bool in_ports = false;
    std::size_t name_column = 0;
    static const std::regex port(R"(  (input  wire logic|output logic) .*?(\w+),?)");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string& line = lines[i];
        if (line.find('\t') != std::string::npos || line.ends_with(' ')) return "blanks: " + line;
        if (line.empty() && (i == 0 || lines[i - 1].empty()))
            return "blank lines before line " + std::to_string(i + 1);
        if (line.starts_with("module ")) in_ports = true;
        if (line == ");") in_ports = false;
        if (in_ports && line.empty()) return "a blank line among the ports";
        std::smatch match;
        if (!in_ports || !std::regex_match(line, match, port)) continue;
        const auto column = static_cast<std::size_t>(match.position(2));
        if (name_column != 0 && column != name_column) return "not in its column: " + line;
        name_column = column;
    }
    return text.ends_with("\n\n") ? "a blank line at the end" : "";
}

TEST_CASE("the generator's own files are those in expected/, one macro a scheme") {
    const bool anew = std::getenv("CIMRTL_UPDATE_EXPECTED") != nullptr;
    for (const auto& scheme : generator::schemes()) {
        const std::string name(scheme->name());
        INFO(name);
        const auto files = own_files(name);
        if (anew) update(name, files);
        std::set<std::string> names;
        for (const base::OutFile& f : files) {
            INFO(f.path);
            names.insert(f.path);
            CHECK(read_file(folder / name / f.path) == f.contents);
        }
        CHECK(names == files_below(folder / name));
    }
}

TEST_CASE("generated files are laid out as if written by hand") {
    for (const auto& scheme : generator::schemes()) {
        for (const base::OutFile& f : own_files(std::string(scheme->name()))) {
            if (!f.path.ends_with(".sv")) continue;
            INFO(scheme->name() << ", " << f.path);
            CHECK(untidy(f.contents) == "");
        }
    }
    // The rules are seen to fail.
    CHECK(untidy("module a (\n  input  wire logic a_i,\n\n  output logic b_o\n);\n") != "");
    CHECK(untidy("module a (\n  input  wire logic a_i,\n  output logic b_o\n);\n") != "");
    CHECK(untidy("module a (\n  input  wire logic a_i,\n  output logic      b_o\n);\n") == "");
    CHECK(untidy("a\n\n\nb\n") != "");
    CHECK(untidy("a \n") != "");
    CHECK(untidy(std::string(101, 'x') + "\n") != "");
}

TEST_CASE("no line of SystemVerilog is longer than 100 columns") {
    std::size_t modules = 0;
    for (const std::string_view path : generator::resource_names("")) {
        if (!path.ends_with(".sv")) continue;
        ++modules;
        INFO(path);
        CHECK(too_long(std::string(generator::resource(path))) == "");
    }
    CHECK(modules > 60);
    // Of configs with names of up to 22 letters. A very long name makes long lines: it is the
    // user's.
    const fs::path root = folder.parent_path().parent_path().parent_path();
    for (const char* where : {"generator/configs", "flow/faults"}) {
        for (const fs::path& path : files_of(root / where, ".yaml")) {
            const auto design = generator::elaborate(generator::load_config_file(path));
            for (const base::OutFile& f : generator::render(design)) {
                if (!f.path.ends_with(".sv") || is_copy(f)) continue;
                INFO(path.string() << ", " << f.path);
                CHECK(too_long(f.contents) == "");
            }
        }
    }
    CHECK(too_long(std::string(101, 'x') + "\n") != "");
    std::string wide;
    for (int i = 0; i < 100; ++i) wide += "\u00b7";
    CHECK(too_long(wide + "\n") == "");
    CHECK(too_long(wide + "x\n") != "");
}

TEST_CASE("registers that stand still say where, and the constraints name each") {
    for (const auto& scheme : generator::schemes()) {
        const std::string name(scheme->name());
        std::vector<generator::Override> more = {
            {"output.mode", "requant"}, {"adc.correction_bits", "4"}, {"accumulator.bias", "true"}};
        if (name == "binsparx") more = {{"binsparx.threshold", "true"}};
        for (const bool layer : {false, true}) {
            if (layer && name != "column_quant") continue;
            if (layer) more.push_back({"column_quant.granularity", "layer"});
            const auto design = generator::elaborate(
                generator::load_config(smallest_text(*scheme), "f.yaml", more));
            std::string constraints;
            for (const base::OutFile& f : generator::render(design))
                if (f.path.ends_with(".sdc")) constraints = f.contents;
            std::size_t still = 0;
            for (const generator::RegisterFile& file : design.registers) {
                if (file.wait != generator::RegisterWait::vector || file.ring) continue;
                INFO(name << ": " << file.name);
                CHECK_FALSE(file.instance.empty());
                CHECK(constraints.find("u_periphery/" + file.instance + "/values_o*") !=
                      std::string::npos);
                ++still;
            }
            CHECK(still >= (name == "binsparx" ? 1U : 5U));
        }
    }
}

TEST_CASE("a number stands once in a package, and every one of a scheme under its own name") {
    for (const auto& scheme : generator::schemes()) {
        const auto config =
            generator::load_config_file(folder / std::string(scheme->name()) / "config.yaml");
        const auto design = generator::elaborate(config);
        for (const base::OutFile& f : generator::render(design)) {
            if (!f.path.ends_with(config.name + "_pkg.sv")) continue;
            std::set<std::string> names;
            static const std::regex number(
                R"(  localparam .*?(\w+) +=.*|  localparam .*?(\w+) =.*)");
            for (const std::string& line : lines_of(f.contents)) {
                std::smatch match;
                if (!std::regex_match(line, match, number)) continue;
                const std::string name = match[1].matched ? match[1] : match[2];
                INFO(f.path << ": " << name);
                CHECK(names.insert(name).second);
            }
            CHECK(names.size() > 60);
            for (const auto* end : {&design.frontend, &design.backend}) {
                for (const auto& p : end->parameters) {
                    INFO(end->module << ": " << p.name);
                    CHECK(names.contains(p.name));
                }
            }
        }
    }
}

}  // namespace

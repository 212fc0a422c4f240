// SPDX-License-Identifier: Apache-2.0
/// What the generator writes itself, byte for byte: one small macro a scheme, in
/// expected/<scheme>/ with its config. Covered: the package, the periphery, the top, the array's
/// model and black box, the file lists, the files for other tools. Files that are copies of
/// hand-written modules are not repeated there; that they are copies is checked. Then the layout of
/// all these files. CIMRTL_UPDATE_EXPECTED=1 writes them anew; what has changed then shows in git.
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

/// First line that breaks a rule of layout, or nothing.
std::string untidy(const std::string& text) {
    const std::vector<std::string> lines = lines_of(text);
    bool in_ports = false;
    std::size_t name_column = 0;
    static const std::regex port(R"(  (input  wire logic|output logic) .*?(\w+),?)");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string& line = lines[i];
        if (line.size() > 100) return "over 100 columns: " + line;
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

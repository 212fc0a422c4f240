// SPDX-License-Identifier: Apache-2.0
/// handoff/<name>_regs_pkg.sv: the register map as a SystemVerilog package.
#include <fmt/format.h>

#include <cctype>
#include <sstream>

#include "generator/render.hpp"
#include "handoff.hpp"
#include "register_entries.hpp"
#include "render_parts.hpp"

namespace generator {

namespace {

/// zero_point → ZeroPoint.
std::string camel(const std::string& name) {
    std::string text;
    bool upper = true;
    for (const char c : name) {
        if (c == '_') {
            upper = true;
            continue;
        }
        text += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = false;
    }
    return text;
}

std::string package_number(const std::string& name, std::int64_t value) {
    return fmt::format("  localparam int unsigned {} = {};\n", name, value);
}

/// The address of an entry: of a bank, of a group of a bank, or of the whole file.
std::string address_function(const RegisterEntry& e) {
    std::string arguments, sum = camel(e.name) + "Base";
    if (e.per_bank > 0) {
        arguments += "input int unsigned bank, ";
        sum += fmt::format(" + bank * {}", e.bank_stride);
    }
    if (e.per_group > 0) {
        arguments += "input int unsigned group, ";
        sum += fmt::format(" + group * {}", e.group_stride);
    }
    return fmt::format(
        "  function automatic logic [AddrBits-1:0] {}_addr(\n    {}input int unsigned index);\n"
        "    return AddrBits'({} + index);\n  endfunction\n",
        e.name, arguments, sum);
}

/// A remark in lines of at most 100 columns.
std::string doc_comment(const std::string& words) {
    std::string text, line = "  //";
    std::istringstream in(words);
    for (std::string word; in >> word;) {
        if (line.size() + 1 + word.size() > 100) {
            text += line + "\n";
            line = "  //";
        }
        line += " " + word;
    }
    return text + line + "\n";
}

std::string entry_text(const RegisterEntry& e) {
    const std::string name = camel(e.name);
    std::string text =
        fmt::format("\n  // {}: {}\n", e.name, e.writable ? "read-write" : "read-only");
    text += doc_comment(e.doc);
    if (e.writable) text += fmt::format("  // A write waits for: {}.\n", e.waits);
    text += package_number(name + "Base", e.address) + package_number(name + "Bits", e.bits);
    text += fmt::format("  localparam bit {}Signed = 1'b{};\n", name, e.is_signed ? 1 : 0);
    if (!e.is_file) return text;
    if (e.per_bank > 0) text += package_number(name + "WordsPerBank", e.per_bank);
    if (e.per_group > 0) text += package_number(name + "WordsPerGroup", e.per_group);
    text += package_number(name + "Words", e.words);
    return text + address_function(e);
}

}  // namespace

base::OutFile register_package(const Design& d) {
    const std::string& name = d.config.name;
    const auto id = identification(d);
    std::string text =
        banner(d, "//") +
        fmt::format(
            "\n// Do not edit: change the config and generate again.\n//\n"
            "// {}_regs_pkg: the registers behind the configuration port, for test benches and\n"
            "// integration. Word addresses; regmap.md says more.\n`default_nettype none\n\n"
            "package {}_regs_pkg;\n",
            name, name);
    text +=
        package_number("DataBits", d.port.data_bits) + package_number("AddrBits", d.port.addr_bits);
    text += fmt::format("  localparam logic [31:0] IdMagicValue = 32'h{:08x};\n", id[0]);
    text += fmt::format("  localparam logic [31:0] IdConfigValue = 32'h{:08x};\n", id[1]);
    for (const RegisterEntry& e : register_entries(d)) text += entry_text(e);
    return {"handoff/" + name + "_regs_pkg.sv",
            align_declarations(text + "endpackage\n\n`default_nettype wire\n")};
}

}  // namespace generator

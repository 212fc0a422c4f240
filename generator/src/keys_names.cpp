// SPDX-License-Identifier: Apache-2.0
/// Names that a design may not have.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "generator/keys.hpp"
#include "generator/resources.hpp"

namespace generator {

namespace {

/// IEEE 1800-2017, Annex B, table B.1: all keywords.
constexpr std::array<std::string_view, 248> sv_keywords = {
    // clang-format off
    "accept_on", "alias", "always", "always_comb", "always_ff", "always_latch", "and", "assert",
    "assign", "assume", "automatic", "before", "begin", "bind", "bins", "binsof", "bit", "break",
    "buf", "bufif0", "bufif1", "byte", "case", "casex", "casez", "cell", "chandle", "checker",
    "class", "clocking", "cmos", "config", "const", "constraint", "context", "continue", "cover",
    "covergroup", "coverpoint", "cross", "deassign", "default", "defparam", "design", "disable",
    "dist", "do", "edge", "else", "end", "endcase", "endchecker", "endclass", "endclocking",
    "endconfig", "endfunction", "endgenerate", "endgroup", "endinterface", "endmodule",
    "endpackage", "endprimitive", "endprogram", "endproperty", "endspecify", "endsequence",
    "endtable", "endtask", "enum", "event", "eventually", "expect", "export", "extends", "extern",
    "final", "first_match", "for", "force", "foreach", "forever", "fork", "forkjoin", "function",
    "generate", "genvar", "global", "highz0", "highz1", "if", "iff", "ifnone", "ignore_bins",
    "illegal_bins", "implements", "implies", "import", "incdir", "include", "initial", "inout",
    "input", "inside", "instance", "int", "integer", "interconnect", "interface", "intersect",
    "join", "join_any", "join_none", "large", "let", "liblist", "library", "local", "localparam",
    "logic", "longint", "macromodule", "matches", "medium", "modport", "module", "nand", "negedge",
    "nettype", "new", "nexttime", "nmos", "nor", "noshowcancelled", "not", "notif0", "notif1",
    "null", "or", "output", "package", "packed", "parameter", "pmos", "posedge", "primitive",
    "priority", "program", "property", "protected", "pull0", "pull1", "pulldown", "pullup",
    "pulsestyle_ondetect", "pulsestyle_onevent", "pure", "rand", "randc", "randcase",
    "randsequence", "rcmos", "real", "realtime", "ref", "reg", "reject_on", "release", "repeat",
    "restrict", "return", "rnmos", "rpmos", "rtran", "rtranif0", "rtranif1", "s_always",
    "s_eventually", "s_nexttime", "s_until", "s_until_with", "scalared", "sequence", "shortint",
    "shortreal", "showcancelled", "signed", "small", "soft", "solve", "specify", "specparam",
    "static", "string", "strong", "strong0", "strong1", "struct", "super", "supply0", "supply1",
    "sync_accept_on", "sync_reject_on", "table", "tagged", "task", "this", "throughout", "time",
    "timeprecision", "timeunit", "tran", "tranif0", "tranif1", "tri", "tri0", "tri1", "triand",
    "trior", "trireg", "type", "typedef", "union", "unique", "unique0", "unsigned", "until",
    "until_with", "untyped", "use", "uwire", "var", "vectored", "virtual", "void", "wait",
    "wait_order", "wand", "weak", "weak0", "weak1", "while", "wildcard", "wire", "with", "within",
    "wor", "xnor", "xor",
    // clang-format on
};

/// Taken by the language or by the tools beside the keywords.
constexpr std::array<std::string_view, 1> other_reserved = {"std"};

/// Modules made of a design's name: architecture, "The hardware".
constexpr std::array<std::string_view, 2> derived_suffixes = {"_periphery", "_array"};

/// Names of all hand-written modules, one per file.
std::vector<std::string_view> block_names() {
    std::vector<std::string_view> names;
    for (std::string_view folder : {"blocks/", "schemes/", "array/"}) {
        for (std::string_view path : resource_names(folder)) {
            path.remove_prefix(path.rfind('/') + 1);
            if (path.ends_with(".sv")) names.push_back(path.substr(0, path.size() - 3));
        }
    }
    return names;
}

bool contains(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::string reserved_name_reason(std::string_view name) {
    if (contains(sv_keywords, name)) return "a SystemVerilog keyword";
    if (contains(other_reserved, name)) return "reserved in SystemVerilog";
    const std::vector<std::string_view> blocks = block_names();
    if (contains(blocks, name)) return "the name of a block";
    for (std::string_view suffix : derived_suffixes) {
        const std::string module = fmt::format("{}{}", name, suffix);
        if (contains(blocks, module)) return fmt::format("a name whose {} is a block", module);
    }
    return "";
}

std::vector<std::string_view> reserved_names() {
    std::vector<std::string_view> names(sv_keywords.begin(), sv_keywords.end());
    names.insert(names.end(), other_reserved.begin(), other_reserved.end());
    std::ranges::copy(block_names(), std::back_inserter(names));
    std::ranges::sort(names);
    return names;
}

}  // namespace generator

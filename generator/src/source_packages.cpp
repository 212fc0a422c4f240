// SPDX-License-Identifier: Apache-2.0
/// <name>.core and Bender.yml: the generated sources for package managers of hardware.
#include <fmt/format.h>

#include "base/version.hpp"
#include "generator/render.hpp"
#include "handoff.hpp"
#include "render_parts.hpp"

namespace generator {

namespace {

std::string yaml_list(const std::vector<std::string>& files, const std::string& indent) {
    std::string text;
    for (const std::string& file : files) text += fmt::format("{}- {}\n", indent, file);
    return text;
}

std::string core_fileset(const std::string& name, const std::vector<std::string>& files,
                         const std::string& type = "systemVerilogSource") {
    return fmt::format("  {}:\n    files:\n{}    file_type: {}\n", name, yaml_list(files, "      "),
                       type);
}

std::string core_target(const std::string& name, const std::string& filesets,
                        const std::string& top, const std::string& more = "") {
    return fmt::format("  {}:\n    filesets: [{}]\n    toplevel: {}\n{}", name, filesets, top,
                       more);
}

/// CAPI 2 wants its mark in the first line.
std::string fusesoc_core(const Design& d, const SourceLists& s) {
    const std::string& name = d.config.name;
    std::string text = "CAPI=2:\n" + banner(d, "#") + "\n";
    text += fmt::format("name: \"cimrtl::{}:{}\"\n", name, base::version());
    text += fmt::format("description: compute-in-memory macro, scheme {}\n\nfilesets:\n",
                        d.config.scheme());
    text += core_fileset("rtl", s.rtl) + core_fileset("model", s.model);
    text += core_fileset("blackbox", s.blackbox);
    text += core_fileset("checker", s.checker);
    text += core_fileset("registers", {s.registers});
    text += core_fileset("constraints", {s.constraints}, "SDC");
    text += "\ntargets:\n" + core_target("default", "rtl", name);
    text += core_target("sim", "rtl, model, checker, registers", name);
    text += core_target("synth", "rtl, blackbox, constraints", name);
    return text + core_target("lint", "rtl, model", name,
                              "    default_tool: verilator\n    tools:\n      verilator:\n"
                              "        mode: lint-only\n");
}

std::string bender_group(const std::string& wanted, const std::vector<std::string>& files) {
    return fmt::format("  - target: {}\n    files:\n{}", wanted, yaml_list(files, "      "));
}

std::string bender_manifest(const Design& d, const SourceLists& s) {
    std::string text = banner(d, "#") + "\n";
    text += fmt::format(
        "package:\n  name: {}\n  authors: [\"cimrtl {}\"]\n\nsources:\n"
        "  # Targets: simulation takes the array's model, synthesis its black box; none of both is\n"
        "  # for an array of your own. array_checker adds the checker of the array port.\n",
        d.config.name, base::version());
    text += "  - files:\n" + yaml_list(s.rtl, "      ");
    text += bender_group("simulation", s.model);
    text += bender_group("synthesis", s.blackbox);
    text += bender_group("array_checker", s.checker);
    return text + bender_group("registers", {s.registers});
}

}  // namespace

std::vector<base::OutFile> source_packages(const Design& d, const SourceLists& sources) {
    return {{d.config.name + ".core", fusesoc_core(d, sources)},
            {"Bender.yml", bender_manifest(d, sources)}};
}

}  // namespace generator

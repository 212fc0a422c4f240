/// Design -> SystemVerilog and its file lists.
#include "generator/render.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "base/hash.hpp"
#include "generator/load.hpp"
#include "generator/resources.hpp"
#include "base/version.hpp"
#include "render_parts.hpp"

namespace generator {

namespace {

constexpr std::string_view blocks_prefix = "blocks/";
constexpr std::string_view array_prefix = "array/";

std::string module_of(std::string_view path) {
    const auto slash = path.find_last_of('/');
    const auto dot = path.find_last_of('.');
    return std::string(path.substr(slash + 1, dot - slash - 1));
}

/// Hand-written modules and packages below `prefix` that `text` uses, directly or through one another.
void collect_modules(std::string_view prefix, const std::string& text,
                     std::set<std::string>& found) {
    for (const std::string_view path : resource_names(prefix)) {
        const std::string module = module_of(path);
        if (found.contains(module)) continue;
        if (!std::regex_search(text, std::regex("\\b" + module + "(\\s+(#\\(|u_)|::)"))) continue;
        found.insert(module);
        collect_modules(prefix, std::string(resource(path)), found);
    }
}

std::vector<base::OutFile> copy_modules(std::string_view prefix, const std::string& folder,
                                  const std::string& text) {
    std::set<std::string> modules;
    collect_modules(prefix, text, modules);
    std::vector<base::OutFile> files;
    for (const std::string& module : modules) {
        files.push_back({folder + "/" + module + ".sv",
                         std::string(resource(fmt::format("{}{}.sv", prefix, module)))});
    }
    return files;
}

std::string file_list(const std::vector<base::OutFile>& files, std::string_view what) {
    std::string text = fmt::format("// {}; paths relative to this file (verilator -F)\n", what);
    for (const base::OutFile& f : files) text += f.path + "\n";
    return text;
}

/// The black box has no contents by intent: the only waiver.
constexpr std::string_view lint_waivers =
    "`verilator_config\n"
    "// The analog macro is a black box: its ports are neither read nor driven.\n"
    "lint_off -rule UNDRIVEN -file \"*blackbox/*\"\n"
    "lint_off -rule UNUSEDSIGNAL -file \"*blackbox/*\"\n";

base::OutFile manifest(const Design& d, const std::vector<base::OutFile>& files) {
    nlohmann::ordered_json head;
    head["tool_version"] = base::version();
    head["name"] = d.config.name;
    head["scheme"] = d.config.scheme();
    head["config_sha256"] = config_hash(d);
    head["top"] = d.config.name;
    return base::make_manifest(head, files);
}

std::vector<base::OutFile> concat(std::vector<base::OutFile> a, const std::vector<base::OutFile>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace

/// Of everything but the section `analog`: it describes the array, and no byte below rtl/ depends on
/// it.
std::string config_hash(const Design& d) {
    Config config = d.config;
    config.analog = {};
    return base::sha256(to_yaml(config, resolved_keys(d)));
}

std::vector<base::OutFile> render(const Design& d) {
    const TemplateValues values = template_values(d);
    const std::string& name = d.config.name;
    const base::OutFile periphery{"rtl/" + name + "_periphery.sv",
                            render_template("top/periphery.sv.tpl", values)};
    const base::OutFile lane{"rtl/" + name + "_lane.sv", render_template(d.lane_template, values)};
    const base::OutFile macro{"rtl/" + name + ".sv", render_template("top/macro.sv.tpl", values)};
    const base::OutFile array{"model/" + name + "_array.sv", render_template("top/array.sv.tpl", values)};
    const base::OutFile box{"blackbox/" + name + "_array.sv",
                      render_template("top/array_bb.sv.tpl", values)};

    const auto rtl = concat(copy_modules(blocks_prefix, "rtl", periphery.contents + lane.contents),
                            {lane, periphery, macro});
    const auto model = concat(copy_modules(array_prefix, "model", array.contents), {array});
    std::vector<base::OutFile> files = concat(concat(rtl, model), {box});
    files.push_back(
        {"files_sim.f", file_list(concat(rtl, model), "simulation, with the array model")});
    files.push_back(
        {"files_synth.f", file_list(concat(rtl, {box}), "synthesis, the array a black box")});
    files.push_back({"lint.vlt", std::string(lint_waivers)});
    files.push_back({"resolved.yaml", resolved_yaml(d)});
    files.push_back({"design.json", design_json(d)});
    for (base::OutFile& f : register_map(d)) files.push_back(std::move(f));
    files.push_back(manifest(d, files));
    return files;
}

}  // namespace generator

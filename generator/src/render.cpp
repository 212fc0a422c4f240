// SPDX-License-Identifier: Apache-2.0
/// Design -> SystemVerilog and its file lists.
#include "generator/render.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/version.hpp"
#include "generator/load.hpp"
#include "generator/resources.hpp"
#include "handoff.hpp"
#include "ports.hpp"
#include "render_parts.hpp"

namespace generator {

namespace {

constexpr std::string_view array_prefix = "array/", box_prefix = "blackbox/",
                           checker_prefix = "checker/";

std::string module_of(std::string_view path) {
    const auto slash = path.find_last_of('/');
    const auto dot = path.find_last_of('.');
    return std::string(path.substr(slash + 1, dot - slash - 1));
}

enum class Part { rtl, model, box, checker };

Part part_of(std::string_view path) {
    if (path.starts_with(box_prefix)) return Part::box;
    if (path.starts_with(checker_prefix)) return Part::checker;
    return path.starts_with(array_prefix) ? Part::model : Part::rtl;
}

/// Hand-written modules by name: those of the periphery, models of what is a black box in
/// synthesis, the black boxes, or the array port's checker.
std::map<std::string, std::string_view> modules_of(Part part) {
    std::map<std::string, std::string_view> modules;
    for (const std::string_view path : resource_names("")) {
        if (!path.ends_with(".sv") || part_of(path) != part) continue;
        modules.emplace(module_of(path), path);
    }
    return modules;
}

/// Words of `text` that stand where a module or package is used: before `::`, or before blanks and
/// `#(` or the name of an instance, which begins with u_.
std::set<std::string_view> used_names(std::string_view text) {
    static constexpr std::string_view letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    std::set<std::string_view> names;
    for (std::size_t end = 0;;) {
        const std::size_t begin = text.find_first_of(letters, end);
        if (begin == text.npos) return names;
        end = std::min(text.find_first_not_of(letters, begin), text.size());
        const std::size_t next = std::min(text.find_first_not_of(" \t\r\n", end), text.size());
        const std::string_view rest = text.substr(next);
        const bool instance = next > end && (rest.starts_with("#(") || rest.starts_with("u_"));
        if (instance || (next == end && rest.starts_with("::")))
            names.insert(text.substr(begin, end - begin));
    }
}

/// Adds those of `modules` that `text` uses, directly or through one another.
void collect_modules(const std::map<std::string, std::string_view>& modules, std::string_view text,
                     std::set<std::string>& found) {
    for (const std::string_view name : used_names(text)) {
        const auto module = modules.find(std::string(name));
        if (module == modules.end() || !found.insert(module->first).second) continue;
        collect_modules(modules, resource(module->second), found);
    }
}

std::vector<base::OutFile> copy_modules(const std::map<std::string, std::string_view>& modules,
                                        const std::string& folder, const std::string& text) {
    std::set<std::string> found;
    collect_modules(modules, text, found);
    std::vector<base::OutFile> files;
    for (const std::string& module : found) {
        files.push_back(
            {fmt::format("{}/{}.sv", folder, module), std::string(resource(modules.at(module)))});
    }
    return files;
}

std::string file_list(const std::vector<base::OutFile>& files, std::string_view what) {
    std::string text = fmt::format("// {}; paths relative to this file (verilator -F)\n", what);
    for (const base::OutFile& f : files) text += f.path + "\n";
    return text;
}

/// The black box has no contents by intent, and a package offers more than a macro uses.
constexpr std::string_view lint_waivers =
    "`verilator_config\n"
    "// The analog macro is a black box: its ports are neither read nor driven.\n"
    "lint_off -rule UNDRIVEN -file \"*blackbox/*\"\n"
    "lint_off -rule UNUSEDSIGNAL -file \"*blackbox/*\"\n"
    "// An argument of one of the model's functions may be called as the macro is.\n"
    "lint_off -rule VARHIDDEN -file \"*model/*\"\n"
    "// The package has the numbers of the array model, and those of streams that are not there.\n"
    "lint_off -rule UNUSEDPARAM -file \"*_pkg.sv\"\n";

/// The checker of the array port with the macro's numbers, and the file that binds it.
std::vector<base::OutFile> array_checker(const Design& d, TemplateValues values) {
    std::string ports = render_template("top/array_ports.tpl", values);
    static constexpr std::string_view output = "output logic", input = "input  wire logic";
    for (std::size_t at = 0; (at = ports.find(output, at)) != std::string::npos;)
        ports.replace(at, output.size(), input);
    ports.erase(ports.find_last_not_of('\n') + 1);
    values.values["checker_ports"] = ports;
    auto& connections = values.sections["array_connections"];
    for (const Port& port : array_ports(d))
        connections.push_back({{"port", port.name}, {"end", ","}});
    connections.back()["end"] = "";
    const std::string stem = "checker/" + d.config.name + "_array_";
    const auto file = [&](const std::string& kind) {
        return base::OutFile{stem + kind + ".sv", align_declarations(render_template(
                                                      "top/array_" + kind + ".sv.tpl", values))};
    };
    const base::OutFile checker = file("checker");
    auto files = copy_modules(modules_of(Part::checker), "checker", checker.contents);
    files.push_back(checker);
    files.push_back(file("bind"));
    return files;
}

std::vector<std::string> paths(const std::vector<base::OutFile>& files) {
    std::vector<std::string> list;
    for (const base::OutFile& f : files) list.push_back(f.path);
    return list;
}

struct Sources {
    const std::vector<base::OutFile>&rtl, &model, &boxes, &checker;
};

/// What other tools take: constraints, views of the array, packages of the sources, registers.
std::vector<base::OutFile> hand_off(const Design& d, const TemplateValues& values,
                                    const Sources& sources) {
    std::vector<base::OutFile> files = {constraints(d, values), array_liberty(d), array_lef(d),
                                        register_package(d)};
    const SourceLists lists{paths(sources.rtl),     paths(sources.model), paths(sources.boxes),
                            paths(sources.checker), files[0].path,        files[3].path};
    files.push_back(ipxact_component(d, lists));
    for (base::OutFile& f : source_packages(d, lists)) files.push_back(std::move(f));
    return files;
}

base::OutFile manifest(const Design& d, const std::vector<base::OutFile>& files) {
    nlohmann::ordered_json head;
    head["tool_version"] = base::version();
    head["name"] = d.config.name;
    head["scheme"] = d.config.scheme();
    head["config_sha256"] = config_hash(d);
    head["top"] = d.config.name;
    return base::make_manifest(head, files);
}

std::vector<base::OutFile> concat(std::vector<base::OutFile> a,
                                  const std::vector<base::OutFile>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace

/// Of everything but the section `analog`: it describes the array, and no byte below rtl/ depends
/// on it.
std::string config_hash(const Design& d) {
    Config config = d.config;
    config.analog = {};
    return base::sha256(to_yaml(config, resolved_keys(d)));
}

std::vector<base::OutFile> render(const Design& d) {
    const TemplateValues values = template_values(d);
    const std::string& name = d.config.name;
    const auto generated = [&values](std::string path, std::string_view source) {
        return base::OutFile{std::move(path), align_declarations(render_template(source, values))};
    };
    const base::OutFile package = generated("rtl/" + name + "_pkg.sv", "top/package.sv.tpl");
    const base::OutFile periphery =
        generated("rtl/" + name + "_periphery.sv", "top/periphery.sv.tpl");
    const base::OutFile macro = generated("rtl/" + name + ".sv", "top/macro.sv.tpl");
    const base::OutFile array = generated("model/" + name + "_array.sv", "top/array.sv.tpl");
    const base::OutFile box = generated("blackbox/" + name + "_array.sv", "top/array_bb.sv.tpl");

    auto rtl = concat(
        {package}, copy_modules(modules_of(Part::rtl), "rtl", periphery.contents + macro.contents));
    std::string text;
    for (const base::OutFile& f : rtl) text += f.contents;
    rtl = concat(std::move(rtl), {periphery, macro});
    const auto model =
        concat(copy_modules(modules_of(Part::model), "model", text + array.contents), {array});
    const auto boxes = concat(copy_modules(modules_of(Part::box), "blackbox", text), {box});
    std::vector<base::OutFile> files = concat(concat(rtl, model), boxes);
    files.push_back(
        {"files_sim.f", file_list(concat(rtl, model), "simulation, with the array model")});
    files.push_back(
        {"files_synth.f", file_list(concat(rtl, boxes), "synthesis, the array a black box")});
    const auto checker = array_checker(d, values);
    files = concat(std::move(files), checker);
    files.push_back(
        {"files_check.f", file_list(checker, "checks of the array port, beside any array")});
    files.push_back({"lint.vlt", std::string(lint_waivers)});
    files.push_back({"resolved.yaml", resolved_yaml(d)});
    files.push_back({"design.json", design_json(d)});
    for (base::OutFile& f : register_map(d)) files.push_back(std::move(f));
    for (base::OutFile& f : hand_off(d, values, {rtl, model, boxes, checker}))
        files.push_back(std::move(f));
    files.push_back(manifest(d, files));
    return files;
}

}  // namespace generator

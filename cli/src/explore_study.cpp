// SPDX-License-Identifier: Apache-2.0
#include "explore_study.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/findings.hpp"
#include "base/hash.hpp"
#include "base/output_paths.hpp"
#include "base/process.hpp"
#include "explore/exploration.hpp"

namespace fs = std::filesystem;

namespace cli {

namespace {

/// What the command line says of the search.
void apply_search(const Explore& o, study::Study& s) {
    using Method = study::Search::Method;
    if (!s.search) return;
    if (o.method == "grid") s.search->method = Method::grid;
    if (o.method == "random") s.search->method = Method::random;
    if (o.method == "nsga2") s.search->method = Method::nsga2;
    if (o.runs > 0) s.search->runs = o.runs;
    if (o.seed > 0) s.search->seed = o.seed;
    if (s.search->method != Method::grid && s.search->runs == 0)
        throw base::Error(fmt::format(
            "{}: error: explore.runs: missing beside --method {}; expected it, or --runs", o.study,
            o.method));
    if (s.search->method != Method::grid || !o.list.empty()) return;
    if (o.runs > 0 || o.seed > 0)
        throw base::Error(fmt::format(
            "--{}: found it beside method grid, which measures every point; expected --method "
            "random or nsga2 beside it, or the study's",
            o.runs > 0 ? "runs" : "seed"));
    if (s.search->runs > 0 && o.method.empty())
        throw base::Error(
            {{o.study, s.search->runs_line, s.search->runs_column, "explore.runs",
              fmt::format("found {} beside method grid, which measures every point; expected "
                          "method random or nsga2 beside it",
                          s.search->runs)}});
}

/// An option that takes away what an objective or a constraint needs.
void check_left_out(const Explore& o, const study::Search& s, base::Findings& findings) {
    const auto check = [&](const study::Column& column, int line, int col) {
        const bool rtl = column.source == study::Source::rtl && o.left_out.rtl;
        const bool synth = column.source >= study::Source::synth && o.left_out.synth;
        if (rtl || synth)
            findings.add({o.study, line, col, "explore",
                          fmt::format("found {} beside --no-{}, which leaves it out; expected one "
                                      "of them",
                                      column.name, rtl ? "rtl" : "synth")});
    };
    for (const study::Objective& one : s.objectives) check(one.column, one.line, one.col);
    for (const study::Constraint& one : s.constraints) check(one.column, one.line, one.col);
}

/// What the command line says of the measurements; paths are good from any folder.
std::vector<std::string> measured_words(const Explore& o, const Common& common) {
    std::vector<std::string> words;
    const auto add = [&](const std::string& option, const std::string& value) {
        words.insert(words.end(), {option, value});
    };
    const auto add_path = [&](const std::string& option, const std::string& path) {
        if (!path.empty()) add(option, fs::absolute(path).string());
    };
    add_path("--weights", o.layer.weights);
    add_path("--inputs", o.layer.inputs);
    if (o.layer.vectors > 0) add("--vectors", std::to_string(o.layer.vectors));
    add_path("--model", o.network.model);
    add_path("--data", o.network.data);
    add_path("--labels", o.network.labels);
    if (o.network.chips > 1) add("--chips", std::to_string(o.network.chips));
    if (o.network.requantize) words.emplace_back("--requantize");
    for (const std::string& name : o.network.digital) add("--digital", name);
    for (const std::string& file : o.liberty) add_path("--liberty", file);
    if (o.mapping.hierarchical) words.emplace_back("--hierarchical");
    if (o.mapping.sta) words.emplace_back("--sta");
    if (o.power) words.emplace_back("--power");
    add("--clock-ps", std::to_string(o.mapping.clock_ps));
    for (const std::string& text : common.overrides) add("-P", text);
    return words;
}

}  // namespace

study::Study study_of(const Explore& o) {
    study::Study s = study::load_study_file(o.study, study::Multiply::no);
    if (s.search) {
        base::Findings findings;
        check_left_out(o, *s.search, findings);
        findings.finish();
    }
    for (study::Family& family : s.families) o.left_out.apply(family.spec.engines);
    if (!o.layer.weights.empty()) {
        s.data = {o.layer};
        s.network.reset();
    }
    if (!o.network.model.empty()) {
        s.network = o.network;
        s.data.clear();
    }
    if (o.layer.vectors != 0) {
        for (study::LayerFiles& files : s.data) files.vectors = o.layer.vectors;
    }
    apply_search(o, s);
    study::Given given = study::Given::nothing;
    if (!o.liberty.empty()) given = given | study::Given::liberty;
    if (o.mapping.sta) given = given | study::Given::sta;
    if (o.power) given = given | study::Given::power;
    ::explore::check(s, o.study, given);
    return s;
}

void require_programs(const Explore& o, const study::Study& s) {
    const auto any = [&](auto flag) {
        return std::ranges::any_of(s.families,
                                   [&](const study::Family& f) { return f.spec.engines.*flag; });
    };
    const auto synthesis = [](const study::Column& c) { return c.source >= study::Source::synth; };
    const bool wanted =
        std::ranges::any_of(s.search->objectives, synthesis, &study::Objective::column) ||
        std::ranges::any_of(s.search->constraints, synthesis, &study::Constraint::column) ||
        std::ranges::any_of(s.columns, synthesis);
    if (wanted && any(&study::Engines::synth)) {
        base::require_program("yosys");
        if (o.mapping.sta || o.power) base::require_program("sta");
    }
    if (any(&study::Engines::rtl)) base::require_program("verilator");
}

void check_paths(const Explore& o, const study::Study& s) {
    std::vector<base::NamedPath> inputs = {{"STUDY", o.study}};
    for (const std::string& file : o.liberty) inputs.push_back({"--liberty", file});
    for (const study::Family& f : s.families) inputs.push_back({"config", f.spec.config});
    if (s.network) {
        inputs.push_back({"--model", s.network->model});
        inputs.push_back({"--data", s.network->data});
        inputs.push_back({"--labels", s.network->labels});
    }
    for (const study::LayerFiles& files : s.data) {
        inputs.push_back({"--weights", files.weights});
        inputs.push_back({"--inputs", files.inputs});
        for (const auto& [name, path] : files.operands) inputs.push_back({name, path});
    }
    base::check_outputs({{"--json", o.json}, {"--csv", o.csv}, {"--html", o.html}}, inputs);
}

BegunFolder::BegunFolder(const Explore& o, const Common& common, const study::Study& s)
    : dir_(o.dir) {
    std::error_code error;
    try {
        made_.emplace(o.dir);
    } catch (const fs::filesystem_error& e) {
        error = e.code();
    }
    if (!error && access(o.dir.c_str(), W_OK) != 0) error = {errno, std::generic_category()};
    if (error) throw base::Error(fmt::format("{}: error: --output: {}", o.dir, error.message()));
    std::string said = base::bytes_of(o.study);
    for (const std::string& word : measured_words(o, common)) said += "\n" + word;
    said += fmt::format("\n{} {} {}", int(s.search->method), s.search->runs, s.search->seed);
    const fs::path mark = fs::path(o.dir) / "study.sha256";
    const std::string hash = base::sha256(said) + "\n";
    const std::string begun = base::bytes_of(mark);
    if (o.resume && begun != hash)
        throw base::Error(fmt::format(
            "{}: error: --resume: found {} begun there; expected this study with these options{}",
            o.dir, begun.empty() ? "nothing" : "another study",
            begun.empty() ? "" : " (without --resume, those rows of it that fit are reused)"));
    if (begun == hash) return;
    base::write_file(mark.string(), hash);
    is_new_ = true;
}

BegunFolder::~BegunFolder() {
    std::error_code ignored;
    const auto holds = [&](const char* name) {
        return fs::exists(dir_ / name, ignored) && !fs::is_empty(dir_ / name, ignored);
    };
    if (keep_ || !is_new_ || holds("rows") || holds("slurm")) return;
    fs::remove(dir_ / "rows", ignored);
    fs::remove(dir_ / "study.sha256", ignored);
}

std::vector<std::string> worker_of(const Explore& o, const Common& common) {
    std::vector<std::string> words = {fs::read_symlink("/proc/self/exe").string(),
                                      "explore",
                                      fs::absolute(o.study).string(),
                                      "--output",
                                      fs::absolute(o.dir).string(),
                                      "--quiet"};
    for (std::string& word : measured_words(o, common)) words.push_back(std::move(word));
    return words;
}

}  // namespace cli

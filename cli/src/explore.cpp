// SPDX-License-Identifier: Apache-2.0
/// explore: a study's points searched for the Pareto front.
#include "explore.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <sstream>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/output_paths.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "base/streams.hpp"
#include "command.hpp"
#include "explore/exploration.hpp"
#include "explore/report.hpp"
#include "explore/slurm.hpp"
#include "sim/rtl.hpp"
#include "study/work.hpp"
#include "synth/liberty.hpp"

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
}

study::Study study_of(const Explore& o) {
    study::Study s = study::load_study_file(o.study, study::Multiply::no);
    for (study::Family& family : s.families) {
        study::Engines& engines = family.spec.engines;
        if (o.no_rtl) engines.rtl = false;
        if (o.no_synth) engines.synth = false;
        if (o.no_netlist || !engines.synth) engines.netlist = false;
    }
    if (!o.layer.weights.empty()) {
        s.data = {o.layer};
        s.network.reset();
    }
    if (o.layer.vectors != 0) {
        for (study::LayerFiles& files : s.data) files.vectors = o.layer.vectors;
    }
    apply_search(o, s);
    ::explore::check(s, o.study);
    return s;
}

std::vector<study::Setting> overrides(const Common& common) {
    std::vector<study::Setting> all;
    for (const generator::Override& o : overrides_of(common)) all.push_back({o.path, o.value});
    return all;
}

/// Programs that the points may need, missed before any work.
void require_programs(const study::Study& s) {
    const auto any = [&](auto flag) {
        return std::ranges::any_of(s.families,
                                   [&](const study::Family& f) { return f.spec.engines.*flag; });
    };
    const auto area = [](const auto& one) { return one.column.source == study::Source::synth; };
    const auto shown = [](const study::Column& c) { return c.source == study::Source::synth; };
    const bool wanted = std::ranges::any_of(s.search->objectives, area) ||
                        std::ranges::any_of(s.search->constraints, area) ||
                        std::ranges::any_of(s.columns, shown);
    if (wanted && any(&study::Engines::synth)) base::require_program("yosys");
    if (any(&study::Engines::rtl)) base::require_program("verilator");
}

void check_paths(const Explore& o, const study::Study& s) {
    std::vector<base::NamedPath> inputs = {{"STUDY", o.study}};
    for (const std::string& file : o.liberty) inputs.push_back({"--liberty", file});
    for (const study::Family& f : s.families) inputs.push_back({"config", f.spec.config});
    for (const study::LayerFiles& files : s.data) {
        inputs.push_back({"--weights", files.weights});
        inputs.push_back({"--inputs", files.inputs});
        for (const auto& [name, path] : files.operands) inputs.push_back({name, path});
    }
    base::check_outputs({{"--json", o.json}, {"--csv", o.csv}, {"--html", o.html}}, inputs);
}

/// The folder, and which study was begun in it: the file's text and what the command line says.
void begin_folder(const Explore& o, const Common& common, const study::Study& s) {
    std::error_code error;
    fs::create_directories(o.dir, error);
    if (!error && access(o.dir.c_str(), W_OK) != 0) error = {errno, std::generic_category()};
    if (error) throw base::Error(fmt::format("{}: error: --output: {}", o.dir, error.message()));
    std::string said = base::bytes_of(o.study);
    for (const std::string& text : common.overrides) said += "\n-P " + text;
    said += fmt::format("\n{} {} {}", int(s.search->method), s.search->runs, s.search->seed);
    const fs::path mark = fs::path(o.dir) / "study.sha256";
    const std::string hash = base::sha256(said) + "\n";
    const std::string begun = base::bytes_of(mark);
    if (o.resume && begun != hash)
        throw base::Error(fmt::format(
            "{}: error: --resume: found {} begun there; expected this study with these options",
            o.dir, begun.empty() ? "nothing" : "another study"));
    if (begun != hash) base::write_file(mark.string(), hash);
}

/// All of them or none.
void write_reports(const Explore& o, const ::explore::Result& result) {
    std::vector<base::FileBytes> files;
    const std::string page =
        o.html.empty() && o.dir.empty() ? std::string() : ::explore::html(result);
    if (!o.json.empty()) files.push_back({o.json, ::explore::json(result)});
    if (!o.csv.empty()) files.push_back({o.csv, ::explore::csv(result)});
    if (!o.html.empty()) files.push_back({o.html, page});
    if (!o.dir.empty()) {
        const auto in = [&](const char* name) { return (fs::path(o.dir) / name).string(); };
        files.push_back({in("report.md"), ::explore::markdown(result)});
        files.push_back({in("report.json"), ::explore::json(result)});
        files.push_back({in("report.csv"), ::explore::csv(result)});
        files.push_back({in("report.html"), page});
    }
    base::write_together(std::move(files));
}

/// What differs, and why the command fails; the exit code.
int conclude(const Explore& o, const ::explore::Result& result) {
    int code = 0;
    for (const ::explore::Point& point : result.points) {
        const study::Measurements& m = point.row.measured;
        if (m.agrees()) continue;
        base::print_error(fmt::format("error: {}: golden and {} differ\n{}\n", point.row.label,
                                      m.rtl == study::Check::differs ? "RTL" : "netlist",
                                      m.difference));
        code = 1;
    }
    if (!result.failure.empty()) base::print_error(fmt::format("error: {}\n", result.failure));
    if (result.complete) return code;
    base::print_error(fmt::format(
        "{}: what is done is kept; the same command goes on{}\n",
        result.interrupted ? "interrupted" : "ended",
        o.slurm && result.interrupted ? "; tasks on Slurm run on (scancel ends them)" : ""));
    return 1;
}

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    return {std::istream_iterator<std::string>(in), {}};
}

/// This command for one item of a list, without what concerns the front end.
std::vector<std::string> worker_of(const Explore& o, const Common& common) {
    std::vector<std::string> words = {fs::read_symlink("/proc/self/exe").string(),
                                      "explore",
                                      fs::absolute(o.study).string(),
                                      "--output",
                                      fs::absolute(o.dir).string(),
                                      "--quiet"};
    const auto add = [&](const std::string& option, const std::string& value) {
        if (!value.empty()) words.insert(words.end(), {option, value});
    };
    add("--weights", o.layer.weights);
    add("--inputs", o.layer.inputs);
    if (o.layer.vectors > 0) add("--vectors", std::to_string(o.layer.vectors));
    for (const std::string& file : o.liberty) add("--liberty", file);
    for (const std::string& text : common.overrides) add("-P", text);
    return words;
}

/// Where pieces of work are made.
struct Where {
    const Explore& o;
    const Common& common;
    std::string store;

    study::Outcome make(const std::vector<::explore::Piece>& pieces,
                        const std::string& unit) const {
        const bool progress = !common.quiet && isatty(STDERR_FILENO);
        if (o.slurm) {
            ::explore::SlurmOptions slurm{words_of(*o.slurm),
                                          fs::absolute(fs::path(o.dir) / "slurm"), store,
                                          worker_of(o, common), progress};
            return ::explore::run_on_slurm(pieces, unit, slurm);
        }
        std::vector<study::Job> jobs;
        for (const ::explore::Piece& piece : pieces) jobs.push_back(piece.job);
        return study::work(jobs,
                           {.store = store, .threads = o.jobs, .progress = progress, .unit = unit});
    }
};

/// What a task on Slurm does: one piece into the store.
int run_item(const Where& where, const study::Study& s, const ::explore::ExploreOptions& options) {
    const ::explore::Space space(s, options.overrides);
    const ::explore::Workshop workshop(s, space, options.measure);
    const auto piece = ::explore::read_piece(where.o.list, where.o.item, workshop);
    const study::Outcome done = study::work({piece.job}, {.store = where.store});
    if (!done.complete()) {
        base::print_error(fmt::format("error: {}\n", done.failure));
        return 1;
    }
    if (done.rows.front().measured.agrees()) return 0;
    base::print_error(fmt::format("error: {}: differs from golden\n{}\n", piece.job.row.label,
                                  done.rows.front().measured.difference));
    return 1;
}

}  // namespace

int explore(const Explore& o, const Common& common) {
    const study::Study s = study_of(o);
    check_paths(o, s);
    std::optional<synth::Library> library;
    if (!o.liberty.empty()) library = synth::read_liberty(o.liberty);
    require_programs(s);
    if (o.slurm) {
        base::require_program("sbatch");
        base::require_program("squeue");
    }
    if (!o.dir.empty() && o.list.empty()) begin_folder(o, common, s);
    const base::ScratchFolder scratch("cimrtl-explore");
    ::explore::ExploreOptions options{overrides(common), {}, o.jobs};
    if (library) options.measure.library = &*library;
    options.measure.folder = (o.dir.empty() ? scratch.path() : fs::path(o.dir)) / "synth";
    const fs::path kept = o.dir.empty() ? sim::cache_folder() : fs::path(o.dir);
    const Where where{o, common, (kept / "rows").string()};
    if (!o.list.empty()) return run_item(where, s, options);
    const ::explore::Result result = ::explore::explore(
        s, options, [&](const std::vector<::explore::Piece>& pieces, const std::string& unit) {
            return where.make(pieces, unit);
        });
    if (result.complete) write_reports(o, result);
    base::print(::explore::markdown(result));
    return conclude(o, result);
}

}  // namespace cli

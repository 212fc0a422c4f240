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
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "base/streams.hpp"
#include "explore/exploration.hpp"
#include "explore/report.hpp"
#include "explore/slurm.hpp"
#include "explore_study.hpp"
#include "sim/rtl.hpp"
#include "study/publish.hpp"
#include "study/work.hpp"
#include "synth/liberty.hpp"
#include "synth_options.hpp"

namespace fs = std::filesystem;

namespace cli {

namespace {

std::vector<study::Setting> overrides(const Common& common) {
    std::vector<study::Setting> all;
    for (const generator::Override& o : overrides_of(common)) all.push_back({o.path, o.value});
    return all;
}

/// All of them or none.
void write_reports(const Explore& o, const ::explore::Result& result) {
    std::vector<base::FileBytes> named;
    const std::string page =
        o.html.empty() && o.dir.empty() ? std::string() : ::explore::html(result);
    if (!o.json.empty()) named.push_back({o.json, ::explore::json(result)});
    if (!o.csv.empty()) named.push_back({o.csv, ::explore::csv(result)});
    if (!o.html.empty()) named.push_back({o.html, page});
    if (o.dir.empty()) return base::write_together(std::move(named));
    study::publish(o.dir,
                   {{"report.md", ::explore::markdown(result)},
                    {"report.json", ::explore::json(result)},
                    {"report.csv", ::explore::csv(result)},
                    {"report.html", page}},
                   std::move(named));
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
        "{}: what is done is kept; {}the same command goes on{}\n",
        result.interrupted ? "interrupted" : "ended",
        result.failure.empty() ? "" : "once that is mended, ",
        o.slurm && result.interrupted ? "; tasks on Slurm run on (scancel ends them)" : ""));
    return 1;
}

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    return {std::istream_iterator<std::string>(in), {}};
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
    if (o.power) require_power(library ? &*library : nullptr, s.network.has_value());
    require_programs(o, s);
    if (o.slurm) {
        base::require_program("sbatch");
        base::require_program("squeue");
    }
    std::optional<BegunFolder> begun;
    if (!o.dir.empty() && o.list.empty()) begun.emplace(o, common, s);
    const base::ScratchFolder scratch("cimrtl-explore");
    ::explore::ExploreOptions options{overrides(common), {}, o.jobs};
    if (library) options.measure.library = &*library;
    options.measure.mapping = o.mapping;
    options.measure.power = o.power;
    options.measure.folder = (o.dir.empty() ? scratch.path() : fs::path(o.dir)) / "synth";
    const fs::path kept = o.dir.empty() ? sim::cache_folder() : fs::path(o.dir);
    const Where where{o, common, (kept / "rows").string()};
    if (!o.list.empty()) return run_item(where, s, options);
    const ::explore::Result result = ::explore::explore(
        s, options, [&](const std::vector<::explore::Piece>& pieces, const std::string& unit) {
            return where.make(pieces, unit);
        });
    if (begun && (result.complete || result.interrupted)) begun->keep();
    if (result.complete) write_reports(o, result);
    if (!common.quiet) base::print(::explore::markdown(result));
    return conclude(o, result);
}

}  // namespace cli

// SPDX-License-Identifier: Apache-2.0
/// compare: configs beside each other on one layer.
#include "compare.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/findings.hpp"
#include "base/output_paths.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "base/streams.hpp"
#include "command.hpp"
#include "sim/rtl.hpp"
#include "study/comparison.hpp"
#include "study/network.hpp"
#include "study/publish.hpp"
#include "study/report.hpp"
#include "study/study_file.hpp"
#include "study/work.hpp"
#include "synth/liberty.hpp"
#include "synth_options.hpp"

namespace fs = std::filesystem;

namespace cli {

namespace {

/// Where the next ",key=value" begins; a value may hold commas of its own.
std::size_t next_setting(const std::string& word, std::size_t from) {
    for (std::size_t at = word.find(',', from); at != word.npos; at = word.find(',', at + 1)) {
        std::size_t end = at + 1;
        const auto is_key = [](unsigned char c) {
            return std::islower(c) || std::isdigit(c) || c == '_' || c == '.';
        };
        while (end < word.size() && is_key(static_cast<unsigned char>(word[end]))) ++end;
        if (end > at + 1 && end < word.size() && word[end] == '=') return at;
    }
    return word.size();
}

study::Setting setting_of(const std::string& text) {
    const std::size_t equals = text.find('=');
    return {text.substr(0, equals), text.substr(equals + 1)};
}

/// A config of the command line: the settings of -P for all, then its own.
study::RowSpec row_spec(const std::string& word, const Common& common) {
    study::RowSpec spec;
    const bool is_file = fs::exists(word);
    std::size_t at = is_file ? word.size() : next_setting(word, 0);
    spec.config = word.substr(0, at);
    for (const std::string& text : common.overrides) spec.settings.push_back(setting_of(text));
    spec.label = fs::path(spec.config).stem().string();
    while (at < word.size()) {
        const std::size_t end = next_setting(word, at + 1);
        const std::string text = word.substr(at + 1, end - at - 1);
        spec.settings.push_back(setting_of(text));
        spec.settings.back().word = word;
        spec.label += ", " + text;
        at = end;
    }
    // Braces of a value are no {key}.
    if (spec.label.find('{') != spec.label.npos) spec.label = fs::path(spec.config).stem().string();
    return spec;
}

/// What the command line says of all rows.
void apply_options(const Compare& o, const Common& common, study::Study& s) {
    for (study::RowSpec& row : s.rows) {
        o.left_out.apply(row.engines);
        if (o.quantize_integers) row.quantization.integers = true;
        if (row.file.empty()) continue;
        for (const std::string& text : common.overrides) {
            row.settings.push_back(setting_of(text));
        }
    }
}

study::Study study_of(const Compare& o, const Common& common) {
    study::Study s;
    if (!o.study.empty()) s = study::load_study_file(o.study);
    for (const std::string& word : o.configs) s.rows.push_back(row_spec(word, common));
    apply_options(o, common, s);
    if (!o.layer.weights.empty()) s.data = {o.layer};
    if (!o.layer.weights.empty() || !o.network.model.empty()) s.network.reset();
    if (!o.network.model.empty()) s.data.clear();
    if (o.layer.vectors != 0) {
        for (study::LayerFiles& files : s.data) files.vectors = o.layer.vectors;
    }
    if (s.data.empty() && o.network.model.empty() && !s.network) {
        throw base::Error(
            o.study +
            ": error: data: missing; expected it or network here, or --weights and --inputs");
    }
    base::Findings findings;
    study::check_files(s, o.study, findings);
    findings.finish();
    return s;
}

/// Programs that the rows need, missed before any work.
void require_programs(const Compare& o, const study::Study& s) {
    const auto any = [&](auto flag) {
        return std::ranges::any_of(s.rows,
                                   [&](const study::RowSpec& row) { return row.engines.*flag; });
    };
    if (any(&study::Engines::synth)) base::require_program("yosys");
    if ((o.mapping.sta || o.power) && any(&study::Engines::synth)) base::require_program("sta");
    if (any(&study::Engines::rtl)) base::require_program("verilator");
}

study::Report report_of(const Compare& o, const study::Study& s, std::vector<std::string> layers,
                        study::Outcome outcome) {
    study::Report report{.title = s.title,
                         .notes = s.notes,
                         .layers = std::move(layers),
                         .columns = s.columns,
                         .plots = s.plots,
                         .blocks = s.blocks,
                         .rows = std::move(outcome.rows),
                         .wanted = outcome.wanted};
    if (report.columns.empty()) {
        report.columns = o.network.model.empty() ? study::default_columns(!o.liberty.empty())
                                                 : study::network_columns(!o.liberty.empty());
    }
    if (o.mapping.sta && s.columns.empty()) {
        for (const char* name : {"worst_ns", "max_mhz"})
            report.columns.push_back(*study::find_column(name));
    }
    if (o.power && s.columns.empty()) {
        for (const char* name : {"power_mw", "pj_per_vector", "pj_per_mac"})
            report.columns.push_back(*study::find_column(name));
    }
    std::erase_if(report.columns, [&](const study::Column& c) {
        return std::ranges::none_of(report.rows, [&](const study::Row& row) {
            return c.value(row, report.rows.front()).has_value();
        });
    });
    if (report.plots.empty()) {
        report.plots =
            o.network.model.empty() ? study::default_plots(report.rows) : study::network_plots();
    }
    return report;
}

/// All of them or none. An incomplete comparison replaces no older report.
void write_reports(const Compare& o, const study::Report& report) {
    std::vector<base::FileBytes> named;
    const bool drawn = !o.html.empty() || !o.dir.empty();
    const auto figures = drawn ? study::draw(report) : std::vector<std::string>();
    const std::string page = drawn ? study::html(report, figures) : std::string();
    if (!o.json.empty()) named.push_back({o.json, study::json(report)});
    if (!o.html.empty()) named.push_back({o.html, page});
    if (o.dir.empty()) return base::write_together(std::move(named));
    std::vector<study::ReportFile> files;
    for (std::size_t i = 0; i < figures.size(); ++i)
        files.push_back({fmt::format("plot{}.svg", i + 1), figures[i]});
    files.push_back({"report.md", study::markdown(report)});
    files.push_back({"report.json", study::json(report)});
    files.push_back({"report.html", page});
    study::publish(o.dir, files, std::move(named));
}

void check_paths(const Compare& o, const study::Study& s) {
    std::vector<base::NamedPath> inputs = {{"--study", o.study}};
    for (const std::string& file : o.liberty) inputs.push_back({"--liberty", file});
    inputs.push_back({"--model", o.network.model});
    inputs.push_back({"--data", o.network.data});
    inputs.push_back({"--labels", o.network.labels});
    for (const study::RowSpec& row : s.rows) inputs.push_back({"CONFIG", row.config});
    for (const study::LayerFiles& files : s.data) {
        inputs.push_back({"--weights", files.weights});
        inputs.push_back({"--inputs", files.inputs});
        for (const auto& [name, path] : files.operands) inputs.push_back({"--operand", path});
    }
    base::check_outputs({{"--json", o.json}, {"--html", o.html}}, inputs);
}

/// What differs, and why the command fails; the exit code.
int conclude(const study::Report& report, const study::Outcome& outcome) {
    int code = 0;
    for (const study::Row& row : report.rows) {
        if (row.measured.agrees()) continue;
        base::print_error(fmt::format("error: {}: golden and {} differ\n{}\n", row.label,
                                      row.measured.rtl == study::Check::differs ? "RTL" : "netlist",
                                      row.measured.difference));
        code = 1;
    }
    if (!outcome.failure.empty()) base::print_error(fmt::format("error: {}\n", outcome.failure));
    if (report.complete()) return code;
    base::print_error(fmt::format("{}: {} of {} rows done and kept; {}the same command goes on\n",
                                  outcome.interrupted ? "interrupted" : "ended", report.rows.size(),
                                  report.wanted,
                                  outcome.failure.empty() ? "" : "once that is mended, "));
    return 1;
}

}  // namespace

int compare(const Compare& given, const Common& common) {
    const study::Study s = study_of(given, common);
    Compare o = given;
    if (o.network.model.empty() && o.layer.weights.empty() && s.network) o.network = *s.network;
    check_paths(o, s);
    std::optional<synth::Library> library;
    if (!o.liberty.empty()) library = synth::read_liberty(o.liberty);
    const bool network = !o.network.model.empty();
    if (o.power) require_power(library ? &*library : nullptr, network);
    study::Rows rows;
    std::vector<study::NetworkTask> networks;
    if (network) {
        networks = study::network_tasks(s, o.network);
        rows.layers = {fmt::format("{}, images of {}",
                                   fs::path(o.network.model).filename().string(),
                                   fs::path(o.network.data).filename().string())};
    } else {
        rows = study::rows_of(s);
    }
    require_programs(o, s);
    if (!o.dir.empty()) make_output_folder(o.dir);
    const base::ScratchFolder scratch("cimrtl-compare");
    study::MeasureOptions options;
    if (library) options.library = &*library;
    options.mapping = o.mapping;
    options.power = o.power;
    options.folder = (o.dir.empty() ? scratch.path() : fs::path(o.dir)) / "synth";
    const fs::path kept = o.dir.empty() ? sim::cache_folder() : fs::path(o.dir);
    study::Outcome outcome = study::work(
        network ? study::jobs_of(networks, options) : study::jobs_of(rows.tasks, options),
        {.store = (kept / "rows").string(),
         .threads = o.jobs,
         .progress = !common.quiet && isatty(STDERR_FILENO)});
    const study::Report report = report_of(o, s, rows.layers, outcome);
    if (report.complete()) write_reports(o, report);
    if (!common.quiet) base::print(study::markdown(report));
    return conclude(report, outcome);
}

}  // namespace cli

// SPDX-License-Identifier: Apache-2.0
#include "explore/exploration.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "explorer.hpp"

namespace explore {

namespace {

constexpr Index most_of_grid = 100000;

/// Objectives and constraints, then what the study shows.
std::vector<study::Column> columns_of(const study::Study& study) {
    std::vector<study::Column> columns;
    const auto add = [&](const study::Column& column) {
        if (std::ranges::find(columns, column.name, &study::Column::name) == columns.end())
            columns.push_back(column);
    };
    for (const study::Objective& o : study.search->objectives) add(o.column);
    for (const study::Constraint& c : study.search->constraints) add(c.column);
    for (const study::Column& c : study.columns) add(c);
    if (!study.columns.empty()) return columns;
    for (const char* name : {"sqnr", "accuracy", "accuracy_noisy", "adc_bits", "adc_step", "adcs",
                             "conversions", "conversion_steps"}) {
        add(*study::find_column(name));
    }
    return columns;
}

void search(const study::Search& how, const Space& space, Explorer& explorer) {
    const Allowed allowed = [&](Index i) { return explorer.allowed(i); };
    const Evaluate evaluate = [&](const std::vector<Index>& all) { return explorer.evaluate(all); };
    const Budget budget{how.runs, how.seed, how.population};
    switch (how.method) {
        case study::Search::Method::grid:
            return grid(space, allowed, evaluate);
        case study::Search::Method::random:
            return random(space, budget, allowed, evaluate);
        case study::Search::Method::nsga2:
            return nsga2(space, budget, allowed, evaluate);
    }
}

const char* name_of(study::Source source) {
    switch (source) {
        case study::Source::golden:
            return "golden";
        case study::Source::rtl:
            return "the RTL";
        case study::Source::synth:
        case study::Source::power:
            return "synthesis";
    }
    return "";
}

const char* options_for(study::Given given) {
    if (given == study::Given::power) return "--liberty and --power";
    return given == study::Given::sta ? "--liberty and --sta" : "--liberty";
}

/// A figure that no point has is a mistake of the study.
void require_figures(const Result& result, const std::string& file) {
    if (result.points.empty()) return;
    base::Findings findings;
    const auto nobody_has = [&](const study::Column& column) {
        return std::ranges::none_of(
            result.points, [&](const Point& p) { return column.value(p.row, p.row).has_value(); });
    };
    for (const study::Objective& o : result.search.objectives) {
        // What was spared has no figure either.
        if (o.column.source != study::Source::golden &&
            std::ranges::none_of(result.points,
                                 [](const Point& p) { return p.state == State::incomplete; }))
            continue;
        if (nobody_has(o.column))
            findings.add({file, o.line, o.col, "explore.objectives." + o.column.name,
                          "found no point that has this figure; expected some"});
    }
    for (const study::Constraint& c : result.search.constraints) {
        if (c.column.source == study::Source::golden && nobody_has(c.column))
            findings.add({file, c.line, c.col, "explore.constraints",
                          fmt::format("found no point that has {}; expected some", c.column.name)});
    }
    findings.finish();
}

const char* name_of(study::On on) { return on == study::On::layer ? "layer" : "network"; }

}  // namespace

bool runs(const study::Engines& engines, study::Source source) {
    switch (source) {
        case study::Source::golden:
            return true;
        case study::Source::rtl:
            return engines.rtl;
        case study::Source::synth:
        case study::Source::power:
            return engines.synth;
    }
    return false;
}

void check(const study::Study& study, const std::string& file, study::Given given) {
    if (!study.search)
        throw base::Error(file + ": error: explore: missing; expected it with objectives");
    base::Findings findings;
    const bool any_data = !study.data.empty() || study.network;
    if (!any_data)
        findings.add(file +
                     ": error: data: missing; expected it or network here, or --weights "
                     "and --inputs, or --model");
    if (study.data.size() > 1)
        findings.add(fmt::format("{}: error: data: found {} data sets; expected one", file,
                                 study.data.size()));
    const study::On data = study.network ? study::On::network : study::On::layer;
    const auto available = [&](const study::Column& column, const std::string& what, int line,
                               int col) {
        const auto error = [&](const std::string& message) {
            findings.add({file, line, col, "explore", message});
        };
        if (!study::has(given, column.given))
            error(fmt::format("found {} {}; expected {} beside it", what, column.name,
                              options_for(column.given)));
        if (any_data && column.on != study::On::any && column.on != data) {
            error(
                fmt::format("found {} {} of a {} beside data of a {}; expected a figure that it "
                            "has",
                            what, column.name, name_of(column.on), name_of(data)));
            return;
        }
        for (const study::Family& f : study.families) {
            if (runs(f.spec.engines, column.source)) continue;
            findings.add({f.spec.file, f.spec.line, f.spec.column, "",
                          fmt::format("found rows without {} beside {} {}, which needs it",
                                      name_of(column.source), what, column.name)});
        }
    };
    for (const study::Objective& o : study.search->objectives)
        available(o.column, "objective", o.line, o.col);
    for (const study::Constraint& c : study.search->constraints)
        available(c.column, "constraint", c.line, c.col);
    study::check_files(study, file, findings);
    findings.finish();
}

Result explore(const study::Study& study, const ExploreOptions& options, const Make& make) {
    const Space space(study, options.overrides);
    const bool grid = study.search->method == study::Search::Method::grid;
    if (grid && space.size() > most_of_grid) {
        const study::Search& s = *study.search;
        throw base::Error({{study.families.front().spec.file, s.line, s.column, "explore.method",
                            fmt::format("found grid beside {} points; expected at most {} of them, "
                                        "or random or nsga2, with runs",
                                        space.size(), most_of_grid)}});
    }
    const Workshop workshop(study, space, options.measure);
    Explorer explorer(study, space, workshop, options, make);
    if (grid) {
        explorer.prepare_all();
        explorer.require_families();
    }
    Result result;
    result.title = study.title;
    result.subject = workshop.subject();
    result.notes = study.notes;
    result.search = *study.search;
    result.columns = columns_of(study);
    result.axes = space.keys();
    try {
        search(result.search, space, explorer);
        if (!grid) explorer.require_points();
        explorer.finish(result.columns);
    } catch (Stopped& stopped) {
        result.complete = false;
        result.interrupted = stopped.outcome.interrupted;
        result.failure = stopped.outcome.failure;
        result.kept = stopped.outcome.rows.size();
    }
    explorer.report(result);
    if (result.complete) require_figures(result, study.families.front().spec.file);
    std::erase_if(result.columns, [&](const study::Column& c) {
        return std::ranges::none_of(result.points, [&](const Point& p) {
            return c.value(p.row, result.points.front().row).has_value();
        });
    });
    return result;
}

}  // namespace explore

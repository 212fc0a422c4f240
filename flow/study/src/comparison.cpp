// SPDX-License-Identifier: Apache-2.0
#include "study/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "generator/scheme.hpp"
#include "study/report.hpp"
#include "study/row_findings.hpp"
#include "study/store.hpp"

namespace study {

namespace {

/// A tensor that no config takes is a mistake.
void check_operands(const Study& s, const std::vector<Task>& tasks, base::Findings& findings) {
    if (!findings.empty()) return;
    std::set<std::string> taken;
    for (const Task& task : tasks) {
        const generator::Scheme& scheme = *generator::find_scheme(task.design.config.scheme());
        for (const generator::OperandSpec* spec : generator::operands_of(scheme)) {
            if (spec->rule(task.design).taken) taken.insert(std::string(spec->name));
        }
    }
    for (const LayerFiles& files : s.data) {
        for (const auto& [name, path] : files.operands) {
            if (taken.contains(name)) continue;
            findings.add(
                fmt::format("error: {}: found a file of {}, which no config takes; "
                            "expected none",
                            path, name));
        }
    }
}

}  // namespace

Rows rows_of(const Study& s) {
    Rows all;
    RowFindings findings;
    for (const LayerFiles& files : s.data) {
        std::shared_ptr<const Layer> layer;
        try {
            layer = std::make_shared<Layer>(read_layer(files));
        } catch (const base::Error& e) {
            findings.all().add(e.what());
            continue;
        }
        all.layers.push_back(describe(*layer));
        for (const RowSpec& spec : s.rows) {
            base::Findings own;
            auto task = make_task(spec, layer, own);
            findings.add(spec, own.text());
            if (!task) continue;
            if (s.data.size() > 1 && !files.name.empty()) {
                task->heading = files.name + (task->heading.empty() ? "" : ": " + task->heading);
            }
            all.tasks.push_back(std::move(*task));
        }
    }
    check_operands(s, all.tasks, findings.all());
    findings.all().finish();
    return all;
}

std::vector<Job> jobs_of(const std::vector<Task>& tasks, const MeasureOptions& options) {
    std::vector<Job> jobs;
    for (const Task& task : tasks) {
        Row row{task.heading, task.label, task.series, {}, {}, false};
        jobs.push_back({std::move(row), row_key(task, options), stages(task, options),
                        [&task, &options](const Stage& stage, Row& made) {
                            measure(task, options, stage, made);
                        }});
    }
    return jobs;
}

std::vector<Plot> default_plots(const std::vector<Row>& rows) {
    const bool um2 = std::ranges::any_of(rows, [](const Row& r) {
        return r.measured.area && r.measured.area->um2 && !r.measured.area->ge;
    });
    const char* area = um2 ? "area_um2" : "area_kge";
    return {{*find_column(area), *find_column("sqnr"), "Error against area", false},
            {*find_column("conversion_steps"), *find_column("sqnr"),
             "Error against the ADCs' energy", false}};
}

}  // namespace study

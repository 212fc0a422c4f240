// SPDX-License-Identifier: Apache-2.0
#include "study/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "generator/load.hpp"
#include "network/network.hpp"
#include "row_loader.hpp"
#include "study/hardware.hpp"
#include "study/row_findings.hpp"
#include "study/store.hpp"

namespace study {

namespace {

std::optional<NetworkTask> task_of(const RowSpec& spec, const NetworkFiles& files,
                                   base::Findings& findings) {
    Loader loader(spec, findings);
    std::vector<Setting> settings = named(spec);
    const Setting* step = find_setting(settings, "adc.step");
    NetworkTask task;
    task.fit_step = step && step->value == fit;
    if (task.fit_step) settings.push_back({"adc.step", "1", step->line, step->column});
    const auto design = loader.load(settings);
    if (!design) return std::nullopt;
    if (task.fit_step && !design->config.adc.bits)
        loader.error("adc.step: found fit beside adc.bits: auto; expected adc.bits as a number");
    task.heading = filled(spec.heading, spec, loader);
    task.label = filled(spec.label, spec, loader);
    task.series = filled(spec.series, spec, loader);
    task.design = *design;
    task.engines = spec.engines;
    task.files = files;
    if (task.label.empty()) task.label = design->config.name;
    return task;
}

network::SessionOptions session_of(const NetworkTask& task) {
    network::SessionOptions o;
    o.model = task.files.model;
    o.data = task.files.data;
    o.labels = task.files.labels;
    o.config = task.label;
    o.config_text = generator::to_yaml(task.design.config);
    o.mapping.requantize = task.files.requantize;
    o.digital = task.files.digital;
    if (task.fit_step) o.overrides.push_back({"adc.step", "fit"});
    return o;
}

network::SessionOptions ideal(network::SessionOptions o) {
    for (const char* key : {"noise", "mismatch", "ir_drop", "adc_offset", "adc_gain"})
        o.overrides.push_back({fmt::format("analog.{}", key), "0"});
    return o;
}

void take(const NetworkTask& task, const network::Report& r, Measurements& m) {
    const generator::Design& d = task.design;
    m.step = adc_step(d);
    m.adc_bits = d.adc.bits;
    m.adcs = d.adcs;
    m.columns = d.columns;
    m.accumulator_bits = d.accumulator.bits;
    std::uint64_t cycles = 0;
    for (const network::LayerReport& l : r.layers) {
        m.conversions += l.totals.conversions;
        m.adc_clipped += l.totals.adc_clipped;
        cycles += l.cycles;
    }
    m.statistics = {
        {"accuracy", 100 * r.top1.value()},
        {"accuracy_float", 100 * r.float_top1.value()},
        {"same_class", 100 * r.same.value()},
        {"rate_cycles", static_cast<double>(cycles)},
        {"rate_cycles_per_image",
         static_cast<double>(cycles) / static_cast<double>(std::max<std::uint64_t>(r.done, 1))}};
}

void measure(const NetworkTask& task, const MeasureOptions& options, const Stage& stage, Row& row) {
    Measurements& m = row.measured;
    row.config = generator::to_yaml(task.design.config);
    stage("ideal array");
    network::SessionOptions session = session_of(task), without = ideal(session);
    (task.design.real_array ? session : without).rtl_vectors = task.engines.rtl ? 1 : 0;
    take(task, network::run_session(without), m);
    stage("noise");
    if (task.design.real_array) {
        session.chips = task.files.chips;
        const network::Spread s = network::spread(network::run_session(session));
        m.statistics.emplace_back("accuracy_noisy", 100 * s.mean);
        m.statistics.emplace_back("accuracy_worst", 100 * s.worst);
    }
    stage("area");                               // stops here if a signal ended one of the runs
    if (task.engines.rtl) m.rtl = Check::equal;  // a difference is an error of the run
    if (!task.engines.synth) return;
    const Hardware hardware(task.design, options);
    m.area = hardware.area();
    if (!task.engines.netlist) return;
    stage("netlist");
    m.difference = hardware.check_netlist();
    m.netlist = m.difference.empty() ? Check::equal : Check::differs;
}

std::string key_of(const NetworkTask& task, const MeasureOptions& options) {
    const nlohmann::json key = {
        {"tools", tools_key(task.engines)},
        {"config", generator::to_yaml(task.design.config)},
        {"fit_step", task.fit_step},
        {"engines", {task.engines.rtl, task.engines.synth, task.engines.netlist}},
        {"network", task.hash},
        {"chips", task.files.chips},
        {"requantize", task.files.requantize},
        {"digital", task.files.digital},
        {"library", task.engines.synth ? library_hash(options) : std::string()}};
    return base::sha256(key.dump());
}

}  // namespace

NetworkCase read_case(const NetworkFiles& files) {
    const network::ImageFile images(files.data, {});
    const network::Network net = network::prepare(network::read_model(files.model), images.shape());
    network::read_labels(files.labels, images.count(), net.classes());
    std::string hash;
    for (const std::string* path : {&files.model, &files.data, &files.labels})
        hash += base::sha256(base::bytes_of(*path));
    return {files, base::sha256(hash)};
}

std::optional<NetworkTask> network_task(const RowSpec& spec, const NetworkCase& on,
                                        base::Findings& findings) {
    auto task = task_of(spec, on.files, findings);
    if (task) task->hash = on.hash;
    return task;
}

std::vector<NetworkTask> network_tasks(const Study& s, const NetworkFiles& files) {
    const NetworkCase on = read_case(files);
    std::vector<NetworkTask> tasks;
    RowFindings findings;
    for (const RowSpec& spec : s.rows) {
        base::Findings own;
        if (auto task = network_task(spec, on, own)) tasks.push_back(std::move(*task));
        findings.add(spec, own.text());
    }
    findings.all().finish();
    return tasks;
}

std::vector<Job> jobs_of(const std::vector<NetworkTask>& tasks, const MeasureOptions& options) {
    std::vector<Job> jobs;
    for (const NetworkTask& task : tasks) {
        Row row{task.heading, task.label, task.series, {}, {}, false};
        jobs.push_back({std::move(row), key_of(task, options), task.engines.netlist ? 4 : 3,
                        [&task, &options](const Stage& stage, Row& made) {
                            measure(task, options, stage, made);
                        }});
    }
    return jobs;
}

Job rtl_job(const NetworkTask& task, const MeasureOptions& options) {
    Job job;
    job.row.label = task.label;
    job.key = base::sha256("rtl " + key_of(task, options));
    job.measure = [&task](const Stage& stage, Row& made) {
        stage("RTL");
        network::SessionOptions session = session_of(task);
        session.rtl_vectors = session.images = 1;
        network::run_session(session);  // a difference is an error of the run
        made.config = generator::to_yaml(task.design.config);
        made.measured.rtl = Check::equal;
    };
    return job;
}

std::vector<Column> network_columns(bool library) {
    std::vector<Column> shown;
    for (const char* name : {"accuracy", "accuracy_float", "accuracy_noisy", "accuracy_worst",
                             "adc_bits", "conversions", "conversion_steps", "adc_clipped",
                             "rate_cycles", "cells", "flops", "area_kge"})
        shown.push_back(*find_column(name));
    if (library) shown.push_back(*find_column("area_um2"));
    return shown;
}

std::vector<Plot> network_plots() {
    const Column accuracy = *find_column("accuracy");
    return {
        {*find_column("area_kge"), accuracy, "Accuracy against area", false},
        {*find_column("conversion_steps"), accuracy, "Accuracy against the ADCs' energy", false}};
}

}  // namespace study

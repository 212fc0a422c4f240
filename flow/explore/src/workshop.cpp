// SPDX-License-Identifier: Apache-2.0
#include "explore/workshop.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "generator/load.hpp"
#include "study/comparison.hpp"
#include "study/hardware.hpp"
#include "study/report.hpp"

namespace explore {

namespace {

constexpr study::Engines golden_alone{false, false, false};
constexpr study::Engines with_rtl{true, false, false};
constexpr study::Engines with_netlist{false, true, false};

/// The job of one task, which it keeps alive.
template <class Task>
study::Job job_of(const Task& task, study::Engines engines, const study::MeasureOptions& options) {
    auto own = std::make_shared<std::vector<Task>>(1, task);
    own->front().engines = engines;
    study::Job job = std::move(study::jobs_of(*own, options).front());
    job.measure = [own, inner = std::move(job.measure)](const study::Stage& stage,
                                                        study::Row& row) { inner(stage, row); };
    return job;
}

study::Job rtl_piece(const study::Task& task, const study::MeasureOptions& options) {
    return job_of(task, with_rtl, options);
}

/// Golden's figures are there already: of a network some vectors are enough.
study::Job rtl_piece(const study::NetworkTask& task, const study::MeasureOptions& options) {
    const auto own = std::make_shared<study::NetworkTask>(task);
    own->engines = with_rtl;
    study::Job job = study::rtl_job(*own, options);
    job.measure = [own, inner = std::move(job.measure)](const study::Stage& stage,
                                                        study::Row& row) { inner(stage, row); };
    return job;
}

template <class Task>
Prepared prepared_of(const Task& task, const study::MeasureOptions& options) {
    return {job_of(task, golden_alone, options),
            rtl_piece(task, options),
            job_of(task, with_netlist, options),
            task.label,
            task.series,
            task.engines};
}

/// A piece that looks at the hardware alone.
study::Job hardware_job(const std::string& config, const std::string& what,
                        const study::MeasureOptions& options,
                        const std::function<void(const study::Hardware&, study::Row&)>& work) {
    const auto design =
        std::make_shared<const generator::Design>(generator::load_design(config, "config"));
    const auto hardware = std::make_shared<const study::Hardware>(*design, options);
    study::Job job;
    job.row.label = design->config.name;
    job.key = base::sha256(what + " " + hardware->key());
    job.measure = [=](const study::Stage& stage, study::Row& row) {
        stage(what);
        row.config = generator::to_yaml(design->config);
        work(*hardware, row);
    };
    return job;
}

}  // namespace

Workshop::Workshop(const study::Study& study, const Space& space,
                   const study::MeasureOptions& options)
    : space_(space), options_(options) {
    if (study.network) {
        network_ = study::read_case(*study.network);
        subject_ = fmt::format("{}, images of {}",
                               std::filesystem::path(study.network->model).filename().string(),
                               std::filesystem::path(study.network->data).filename().string());
        return;
    }
    layer_ = std::make_shared<const study::Layer>(study::read_layer(study.data.at(0)));
    subject_ = study::describe(*layer_);
}

std::optional<Prepared> Workshop::prepare(Index index, std::string& reason) const {
    base::Findings findings;
    try {
        const study::RowSpec spec = space_.spec(index);
        if (network_) {
            const auto task = study::network_task(spec, *network_, findings);
            findings.finish();
            return prepared_of(*task, options_);
        }
        const auto task = study::make_task(spec, layer_, findings);
        findings.finish();
        return prepared_of(*task, options_);
    } catch (const base::Error& e) {
        reason = e.what();
        return std::nullopt;
    }
}

Piece Workshop::golden(Index index, const Prepared& point) const {
    return {point.golden, Part::golden, index, {}};
}

Piece Workshop::rtl(Index index, const Prepared& point) const {
    return {point.rtl, Part::rtl, index, {}};
}

Piece Workshop::power(Index index, const Prepared& point) const {
    return {point.power, Part::power, index, {}};
}

Piece Workshop::area(Index index, const std::string& config) const {
    const auto work = [](const study::Hardware& hardware, study::Row& row) {
        row.measured.area = hardware.area();
    };
    return {hardware_job(config, "synthesis", options_, work), Part::area, index, config};
}

Piece Workshop::netlist(Index index, const std::string& config) const {
    const auto work = [](const study::Hardware& hardware, study::Row& row) {
        row.measured.area = hardware.area();  // there already, or made again
        row.measured.difference = hardware.check_netlist();
        row.measured.netlist =
            row.measured.difference.empty() ? study::Check::equal : study::Check::differs;
    };
    return {hardware_job(config, "netlist", options_, work), Part::netlist, index, config};
}

}  // namespace explore

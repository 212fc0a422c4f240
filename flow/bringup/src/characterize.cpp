// SPDX-License-Identifier: Apache-2.0
#include "bringup/characterize.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "generator/render.hpp"

namespace bringup {

namespace {

/// The cells of one ADC's columns.
std::vector<Cell> cells_of(const Stimulus& s, const sim::StepCodes& steps, std::uint32_t samples,
                           std::size_t first_column, std::size_t share, const CodeRange& range) {
    std::vector<Cell> cells;
    const std::size_t columns = s.columns.size();
    for (std::size_t p = 0; p < s.patterns.size(); ++p) {
        for (std::size_t k = 0; k < share; ++k) {
            const std::size_t column = first_column + k;
            const Stimulus::Column& transfer = s.columns[column];
            const auto value = static_cast<double>(s.values[s.patterns[p].level]);
            const std::int64_t centre = transfer.centre;
            Cell cell{.ideal = transfer.slope * value,
                      .range = {range.least + centre, range.greatest + centre},
                      .group = k * s.turns + s.patterns[p].turn,
                      .codes = {}};
            for (std::size_t n = 0; n < samples; ++n)
                ++cell.codes[steps.codes[(p * samples + n) * columns + column] + centre];
            cells.push_back(std::move(cell));
        }
    }
    return cells;
}

}  // namespace

std::vector<AdcReport> evaluate(const generator::Design& d, const Stimulus& stimulus,
                                const sim::StepCodes& steps, std::uint32_t samples) {
    if (steps.codes.size() != stimulus.patterns.size() * samples * stimulus.columns.size())
        throw base::Error("error: single steps: found another number of codes than was asked for");
    const auto share = static_cast<std::size_t>(d.config.adc.share);
    std::vector<AdcReport> reports(static_cast<std::size_t>(d.adcs));
    base::parallel_for(reports.size(), 0, [&](std::size_t a) {
        AdcReport& report = reports[a];
        report.flags = steps.flags.at(a);
        if (report.dead()) return;
        report.figures = figures_of(
            cells_of(stimulus, steps, samples, a * share, share, {d.adc.code_min, d.adc.code_max}));
    });
    return reports;
}

Characterization characterize(const generator::Design& design, const golden::Operands& chip,
                              const StimulusOptions& options, bool progress) {
    check_design(design);
    generator::Design d = design;
    d.real_array = d.real_array || !chip.cell_gain.empty() || !chip.adc_offset.empty() ||
                   !chip.adc_gain.empty() || !chip.adc_inl.empty();
    const Stimulus stimulus = make_stimulus(d, options);
    const sim::Job job = sim::make_step_job(d, chip, stimulus.runs, options.samples);
    const sim::RtlModel model = sim::build_rtl(d, progress);
    const sim::StepCodes steps = sim::run_steps(d, model, job);
    return {.name = d.config.name,
            .scheme = std::string(d.config.scheme()),
            .config_hash = generator::config_hash(d),
            .chip = d.config.analog.seed,
            .options = options,
            .levels = stimulus.values.size(),
            .turns = stimulus.turns,
            .share = static_cast<std::size_t>(d.config.adc.share),
            .steps = stimulus.patterns.size() * options.samples,
            .range = {d.adc.code_min, d.adc.code_max},
            .adcs = evaluate(d, stimulus, steps, options.samples),
            .seconds = steps.seconds};
}

}  // namespace bringup

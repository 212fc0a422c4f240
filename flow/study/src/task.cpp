// SPDX-License-Identifier: Apache-2.0
#include "study/task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "operands/operands.hpp"
#include "row_loader.hpp"

namespace study {

namespace {

constexpr int least_tiles = 16;  // the default of array.banks and accumulator.max_tiles

int tiles_of(const Layer& layer, const generator::Config& config) {
    const auto rows = static_cast<std::size_t>(config.array.rows);
    return static_cast<int>((layer.features() + rows - 1) / rows);
}

/// What `fit` stands for, by key; each of them has a default that stands until the layer is known.
struct FitRule {
    std::string_view path;
    std::string (*value)(const Layer& layer, const generator::Config& config);
};

std::string signs(const Layer& layer, const generator::Config&) {
    return layer.has_negative_inputs() ? "true" : "false";
}
std::string tiles(const Layer& layer, const generator::Config& config) {
    return std::to_string(std::max(least_tiles, tiles_of(layer, config)));
}
std::string no_step(const Layer&, const generator::Config&) { return "1"; }

constexpr FitRule fit_rules[] = {{"input.signed", signs},
                                 {"accumulator.bias", signs},
                                 {"array.banks", tiles},
                                 {"accumulator.max_tiles", tiles},
                                 {"adc.step", no_step}};

const FitRule* find_rule(std::string_view path) {
    const auto rule = std::ranges::find(fit_rules, path, &FitRule::path);
    return rule == std::end(fit_rules) ? nullptr : &*rule;
}

/// `fit` in every place where it may stand; elsewhere the generator refuses the word itself.
std::vector<Setting> fitted(const std::vector<Setting>& settings,
                            const std::function<std::string(const FitRule&)>& value) {
    std::vector<Setting> all;
    for (const Setting& s : settings) {
        const FitRule* rule = s.value == fit ? find_rule(s.path) : nullptr;
        if (!rule) {
            all.push_back(s);
        } else if (const std::string text = value(*rule); !text.empty()) {
            all.push_back({s.path, text, s.line, s.column});
        }
    }
    return all;
}

bool any_fit(const std::vector<Setting>& settings) {
    return std::ranges::any_of(settings, [](const Setting& s) { return s.value == fit; });
}

std::optional<generator::Design> load_fitted(const std::vector<Setting>& settings,
                                             const Layer& layer, Loader& loader) {
    if (!any_fit(settings)) return loader.load(settings);
    const auto without = fitted(settings, [](const FitRule&) { return std::string(); });
    const auto first = loader.load(without);
    if (!first) return std::nullopt;
    return loader.load(
        fitted(settings, [&](const FitRule& rule) { return rule.value(layer, first->config); }));
}

/// Tensors beside inputs and weights belong to integers; quantize makes its own.
void check_no_operands(const Task& task, Loader& loader) {
    const generator::Scheme& scheme = *generator::find_scheme(task.design.config.scheme());
    for (const generator::OperandSpec* spec : generator::operands_of(scheme)) {
        if (!spec->rule(task.design).taken) continue;
        if (!task.layer->files.operands.contains(std::string(spec->name))) continue;
        loader.error(
            fmt::format("{}: found a file of {} beside tensors that are quantized; "
                        "expected integer inputs and weights",
                        task.design.config.name, spec->name));
    }
}

/// The row's tensors as `run` takes them; integers are read and checked here, before any work.
void check_data(const Task& task, Loader& loader) {
    const generator::Config& config = task.design.config;
    if (const int count = tiles_of(*task.layer, config); count > config.accumulator.max_tiles) {
        loader.error(fmt::format(
            "K = {} features on {} rows are {} tiles; expected at most accumulator.max_tiles = {}",
            task.layer->features(), config.array.rows, count, config.accumulator.max_tiles));
        return;
    }
    if (task.quantizes()) {
        check_no_operands(task, loader);
        return;
    }
    try {
        read_integers(task);
    } catch (const base::Error& e) {
        loader.error(fmt::format("{}: {}", config.name, e.what()));
    }
}

}  // namespace

golden::Operands read_integers(const Task& task) {
    const LayerFiles& files = task.layer->files;
    operands::OperandFiles all{files.inputs, files.weights, {}};
    const generator::Scheme& scheme = *generator::find_scheme(task.design.config.scheme());
    for (const generator::OperandSpec* spec : generator::operands_of(scheme)) {
        const auto file = files.operands.find(std::string(spec->name));
        if (file != files.operands.end() && spec->rule(task.design).taken)
            all.further.insert(*file);
    }
    golden::Operands o = operands::read_operands(task.design, all);
    o.inputs.rows = task.layer->vectors();
    o.inputs.data.resize(o.inputs.rows * o.inputs.cols);
    if (task.design.config.accumulator.bias && o.bias.empty()) {
        o.bias.assign(o.weights.cols, 0);
    }
    return o;
}

std::optional<Task> make_task(const RowSpec& spec, const std::shared_ptr<const Layer>& layer,
                              base::Findings& findings) {
    Loader loader(spec, findings);
    const std::vector<Setting> settings = named(spec);
    const auto design = load_fitted(settings, *layer, loader);
    if (!design) return std::nullopt;
    Task task{.heading = filled(spec.heading, spec, loader),
              .label = filled(spec.label, spec, loader),
              .series = filled(spec.series, spec, loader),
              .design = *design,
              .quantize_config = design->config,
              .quantization = spec.quantization,
              .engines = spec.engines,
              .layer = layer};
    const Setting* step = find_setting(settings, "adc.step");
    task.fit_step = step && step->value == fit;
    if (task.fit_step && !design->config.adc.bits) {
        loader.error("adc.step: found fit beside adc.bits: auto; expected adc.bits as a number");
    }
    if (!spec.quantization.as.empty()) {
        std::vector<Setting> other = settings;
        other.insert(other.end(), spec.quantization.as.begin(), spec.quantization.as.end());
        const auto quantizing = load_fitted(other, *layer, loader);
        if (!quantizing) return std::nullopt;
        task.quantize_config = quantizing->config;
    }
    if (task.label.empty()) task.label = design->config.name;
    check_data(task, loader);
    if (!findings.empty()) return std::nullopt;
    return task;
}

}  // namespace study

// SPDX-License-Identifier: Apache-2.0
#include "layer_macros.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/error.hpp"
#include "base/findings.hpp"
#include "output_quantizer.hpp"

namespace network {

namespace {

/// Layers by name; an Error names what is unknown and what there is.
const Layer& layer_named(const Network& net, const std::string& name, const std::string& option) {
    for (const Layer& layer : net.layers) {
        if (layer.name == name) return layer;
    }
    std::string names;
    for (const Layer& layer : net.layers) names += (names.empty() ? "" : ", ") + layer.name;
    throw base::Error(
        fmt::format("error: {}: found layer `{}`; expected one of {}", option, name, names));
}

/// Findings of a layer's config; those of its own settings name --layer.
std::string said_of(const std::string& layer, const std::vector<generator::Override>& own,
                    const std::vector<base::Diagnostic>& findings) {
    std::string text;
    for (const base::Diagnostic& d : findings) {
        const bool here =
            d.line == 0 && std::ranges::find(own, d.path, &generator::Override::path) != own.end();
        text += (text.empty() ? "" : "\n") +
                (here ? fmt::format("--layer {}:{}: error: {}", layer, d.path, d.message)
                      : base::to_string(d));
    }
    return text;
}

}  // namespace

bool is_layer_file(const std::string& setting) {
    return setting == "alpha" || setting == "scale" || setting == "center";
}

std::vector<bool> digital_layers(const SessionOptions& o, const Network& net) {
    std::vector<bool> digital(net.layers.size(), false);
    for (const std::string& name : o.digital)
        digital[static_cast<std::size_t>(layer_named(net, name, "--digital").number)] = true;
    return digital;
}

std::vector<LayerMacro> load_layer_macros(const SessionOptions& o, const Network& net,
                                          const std::vector<bool>& digital) {
    std::vector<LayerMacro> macros;
    std::map<std::string, std::vector<generator::Override>> own;
    for (const auto& [name, setting] : o.layers) {
        const Layer& layer = layer_named(net, name, "--layer");
        if (digital[static_cast<std::size_t>(layer.number)]) {
            throw base::Error(fmt::format(
                "error: --layer: found {} for layer `{}`, which --digital leaves out; expected one "
                "of the two",
                setting.path, name));
        }
        own[name].push_back(setting);
    }
    std::string bad;
    bool any_stage = false;
    for (const Layer& layer : net.layers) {
        std::vector<generator::Override> overrides = o.overrides;
        LayerMacro macro;
        const bool on_macro = !digital[static_cast<std::size_t>(layer.number)];
        if (o.mapping.integer && on_macro) macro.stage = output_quantizer(net, layer);
        if (o.mapping.integer && !macro.stage) overrides.push_back({"output.mode", "raw"});
        any_stage = any_stage || macro.stage;
        std::optional<std::string> mantissa;
        for (const generator::Override& s : own[layer.name]) {
            if (is_layer_file(s.path)) {
                macro.files[s.path] = s.value;
            } else if (s.path == "mantissa") {
                mantissa = s.value;
            } else {
                overrides.push_back(s);
            }
        }
        try {
            macro.fit_step = generator::wants_step_fit(o.config_text ? "" : o.config, overrides);
            macro.design = o.config_text
                               ? generator::load_design(*o.config_text, o.config, overrides)
                               : generator::load_design_file(o.config, overrides);
        } catch (const base::FindingsError& e) {
            throw base::Error(said_of(layer.name, own[layer.name], e.findings()));
        }
        if (mantissa) {
            operands::put_setting(macro.design, fmt::format("--layer {}:mantissa", layer.name),
                                  "mantissa", *mantissa, macro.settings);
        }
        if (on_macro) {
            const generator::Config& config = macro.design.config;
            if (!o.mapping.requantize) bad += misfit(net, layer, config);
            bad += too_deep(net, layer, config) + (macro.stage
                                                       ? no_stage(net, layer, *macro.stage, config)
                                                       : no_sums(net, layer, macro.design));
        }
        macros.push_back(std::move(macro));
    }
    if (o.mapping.integer && !any_stage) {
        bad += fmt::format(
            "{}: error: found no layer whose result the model quantizes; expected a QDQ or "
            "QOperator model, for --integer\n",
            o.model);
    }
    if (!bad.empty()) {
        bad.pop_back();
        throw base::Error(bad);
    }
    return macros;
}

void check_chips(const SessionOptions& o, const Network& net,
                 const std::vector<LayerMacro>& macros) {
    if (o.chips < 2) return;
    constexpr std::int64_t last = std::numeric_limits<std::uint32_t>::max();
    for (const Layer& layer : net.layers) {
        const std::int64_t first = macros.front().design.config.analog.seed;
        const std::int64_t seed =
            macros[static_cast<std::size_t>(layer.number)].design.config.analog.seed;
        if (seed != first) {
            throw base::Error(fmt::format(
                "error: --chips {}: found analog.seed {} for layer `{}` beside {}; expected one seed "
                "for all layers",
                o.chips, seed, layer.name, first));
        }
        if (static_cast<std::int64_t>(o.chips) - 1 > last - seed) {
            throw base::Error(
                fmt::format("error: --chips {}: found analog.seed {}, with which the last chip's "
                            "would be {}; expected {} at most",
                            o.chips, seed, seed + static_cast<std::int64_t>(o.chips) - 1, last));
        }
    }
}

}  // namespace network

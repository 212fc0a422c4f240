// SPDX-License-Identifier: Apache-2.0
#include "operands/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/error.hpp"
#include "generator/scheme.hpp"
#include "golden/steps.hpp"
#include "operands/operands.hpp"

namespace operands {

namespace {

/// These vectors alone.
golden::Operands some_vectors(const golden::Operands& all,
                              const std::vector<std::size_t>& vectors) {
    golden::Operands some = all;
    some.inputs.rows = vectors.size();
    some.inputs.data.clear();
    some.first_steps.clear();
    for (std::size_t at = 0; at < all.first_steps.size(); at += all.inputs.rows) {
        for (const std::size_t v : vectors) some.first_steps.push_back(all.first_steps[at + v]);
    }
    for (const std::size_t v : vectors) {
        const auto first =
            all.inputs.data.begin() + static_cast<std::ptrdiff_t>(v * all.inputs.cols);
        some.inputs.data.insert(some.inputs.data.end(), first,
                                first + static_cast<std::ptrdiff_t>(all.inputs.cols));
    }
    return some;
}

/// Puts the result of `vectors` in their places in `whole`; statistics are not joined.
void join(const golden::Result& part, const std::vector<std::size_t>& vectors,
          golden::Result& whole) {
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        for (std::size_t m = 0; m < whole.outputs.cols; ++m) {
            whole.outputs(vectors[i], m) = part.outputs(i, m);
        }
        whole.saturated[vectors[i]] = part.saturated[i];
    }
    whole.conversions += part.conversions;
    whole.adc_clipped += part.adc_clipped;
    whole.inputs_clipped += part.inputs_clipped;
    whole.weights_clipped = part.weights_clipped;  // the same weights each time
}

/// The vectors that have each of the settings.
std::map<Settings, std::vector<std::size_t>> by_settings(const std::vector<Settings>& by_vector) {
    std::map<Settings, std::vector<std::size_t>> groups;
    for (std::size_t v = 0; v < by_vector.size(); ++v) groups[by_vector[v]].push_back(v);
    return groups;
}

void check_settings(const golden::Operands& operands, const std::vector<Settings>& by_vector) {
    if (by_vector.size() == operands.inputs.rows) return;
    throw base::Error(fmt::format("error: found settings of {} vectors; expected {}, one a vector",
                                  by_vector.size(), operands.inputs.rows));
}

}  // namespace

std::vector<Settings> draw_settings(const generator::Design& d, std::size_t vectors, bool change,
                                    std::mt19937_64& random) {
    const auto specs = generator::scheme_of(d.config).settings();
    if (specs.empty()) return {};
    std::vector<Settings> all;
    for (std::size_t v = 0; v < vectors; ++v) {
        if (v > 0 && !change) {
            all.push_back(all.front());
            continue;
        }
        Settings one;
        for (const generator::SettingSpec& spec : specs) {
            const auto [min, max] = spec.range(d);
            const auto span = static_cast<std::uint64_t>(max - min) + 1;
            one.push_back(min + static_cast<std::int64_t>(random() % span));
        }
        all.push_back(one);
    }
    return all;
}

Settings default_settings(const generator::Design& d) {
    Settings all;
    for (const generator::SettingSpec& spec : generator::scheme_of(d.config).settings()) {
        const auto file = std::ranges::find(d.registers, spec.name, &generator::RegisterFile::name);
        all.push_back(file->reset.value());
    }
    return all;
}

void put_setting(const generator::Design& d, std::string_view option, std::string_view name,
                 std::string_view text, Settings& settings) {
    const generator::Scheme& scheme = generator::scheme_of(d.config);
    const auto specs = scheme.settings();
    const auto spec = std::ranges::find(specs, name, &generator::SettingSpec::name);
    if (spec == specs.end()) {
        throw base::Error(fmt::format("error: {0}: not taken by scheme {1}; expected no {0}",
                                      option, scheme.name()));
    }
    const auto [min, max] = spec->range(d);
    std::int64_t value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_number = status == std::errc() && end == text.data() + text.size();
    if (!is_number || value < min || value > max) {
        throw base::Error(
            fmt::format("error: {}: found {}; expected {} to {}", option, text, min, max));
    }
    if (settings.empty()) settings = default_settings(d);
    settings[static_cast<std::size_t>(spec - specs.begin())] = value;
}

std::vector<std::uint64_t> first_steps(const generator::Design& d, const golden::Operands& operands,
                                       const std::vector<Settings>& by_vector) {
    const auto outputs = static_cast<std::size_t>(d.config.array.outputs);
    const std::size_t blocks = (operands.weights.cols + outputs - 1) / outputs;
    return golden::number_steps(count_steps(d, operands, by_vector), blocks, 0);
}

std::vector<std::uint64_t> count_steps(const generator::Design& d, const golden::Operands& operands,
                                       const std::vector<Settings>& by_vector) {
    if (by_vector.empty()) return golden::count_steps(to_spec(d.config), operands);
    check_settings(operands, by_vector);
    const std::size_t all = operands.inputs.rows;
    std::vector<std::uint64_t> counts;
    for (const auto& [settings, vectors] : by_settings(by_vector)) {
        const golden::Spec spec = to_spec(d.config, settings);
        const auto some = golden::count_steps(spec, some_vectors(operands, vectors));
        const std::size_t sets = some.size() / vectors.size();
        counts.resize(sets * all);
        for (std::size_t set = 0; set < sets; ++set) {
            for (std::size_t i = 0; i < vectors.size(); ++i)
                counts[set * all + vectors[i]] = some[set * vectors.size() + i];
        }
    }
    return counts;
}

golden::Result run_golden(const generator::Design& d, const golden::Operands& operands,
                          const std::vector<Settings>& by_vector) {
    if (by_vector.empty()) return golden::run_fast(to_spec(d.config), operands);
    check_settings(operands, by_vector);
    golden::Operands numbered = operands;
    if (numbered.first_steps.empty() && d.config.analog.noise != 0)
        numbered.first_steps = first_steps(d, operands, by_vector);
    golden::Result whole;
    whole.outputs = {operands.inputs.rows, operands.weights.cols, {}};
    whole.outputs.data.resize(whole.outputs.rows * whole.outputs.cols);
    whole.saturated.resize(whole.outputs.rows);
    for (const auto& [settings, vectors] : by_settings(by_vector)) {
        const golden::Spec spec = to_spec(d.config, settings);
        join(golden::run_fast(spec, some_vectors(numbered, vectors)), vectors, whole);
    }
    return whole;
}

std::string settings_text(const generator::Design& d, const Settings& settings) {
    std::string text;
    const auto specs = generator::scheme_of(d.config).settings();
    for (std::size_t i = 0; i < settings.size(); ++i) {
        text += fmt::format("{}{} {}", i > 0 ? ", " : "", specs[i].name, settings[i]);
    }
    return text;
}

}  // namespace operands

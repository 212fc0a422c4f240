// SPDX-License-Identifier: Apache-2.0
#include "explore/space.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace explore {

namespace {

constexpr Index most_points = Index{1} << 40;

/// Values as a part of a label, where braces would stand for a key.
std::string label_of(const std::vector<study::Setting>& axes) {
    std::string text;
    for (const study::Setting& s : axes) {
        text += fmt::format("{}{}={}", text.empty() ? "" : ", ", s.path, s.value);
    }
    std::ranges::replace(text, '{', '(');
    std::ranges::replace(text, '}', ')');
    return text;
}

}  // namespace

Space::Space(const study::Study& study, std::vector<study::Setting> overrides)
    : study_(study), overrides_(std::move(overrides)), begins_{0} {
    for (const study::Family& family : study.families) {
        Index points = 1;
        for (const study::Axis& axis : family.axes) {
            points *= axis.values.size();
            if (points > most_points) break;
        }
        begins_.push_back(begins_.back() + points);
        if (begins_.back() <= most_points) continue;
        throw base::Error(
            {{family.spec.file, family.spec.line, family.spec.column, "",
              fmt::format("found more than {} points; expected fewer", most_points)}});
    }
}

Place Space::place(Index index) const {
    const auto family = std::ranges::upper_bound(begins_, index) - begins_.begin() - 1;
    Place place{static_cast<std::size_t>(family), {}};
    Index rest = index - begins_[place.family];
    const auto& axes = families()[place.family].axes;
    place.values.resize(axes.size());
    for (std::size_t a = axes.size(); a-- > 0;) {
        place.values[a] = rest % axes[a].values.size();
        rest /= axes[a].values.size();
    }
    return place;
}

Index Space::index(const Place& place) const {
    const auto& axes = families()[place.family].axes;
    Index index = 0;
    for (std::size_t a = 0; a < axes.size(); ++a) {
        index = index * axes[a].values.size() + place.values[a];
    }
    return begins_[place.family] + index;
}

std::vector<study::Setting> Space::axes(Index index) const {
    const Place at = place(index);
    const auto& axes = families()[at.family].axes;
    std::vector<study::Setting> settings;
    for (std::size_t a = 0; a < axes.size(); ++a) {
        settings.push_back(axes[a].values[at.values[a]]);
    }
    return settings;
}

bool Space::holds(Index index) const {
    const study::Family& family = families()[place(index).family];
    return study::holds(family.when, family.spec.settings, axes(index));
}

study::RowSpec Space::spec(Index index) const {
    study::RowSpec spec = families()[place(index).family].spec;
    const std::vector<study::Setting> own = axes(index);
    for (const auto& settings : {own, overrides_})
        spec.settings.insert(spec.settings.end(), settings.begin(), settings.end());
    if (!own.empty() && spec.label.find('{') == std::string::npos)
        spec.label += (spec.label.empty() ? "" : ", ") + label_of(own);
    return spec;
}

std::vector<std::string> Space::keys() const {
    std::vector<std::string> keys;
    for (const study::Family& family : families()) {
        for (const study::Axis& axis : family.axes) {
            if (std::ranges::find(keys, axis.path) == keys.end()) keys.push_back(axis.path);
        }
    }
    return keys;
}

}  // namespace explore

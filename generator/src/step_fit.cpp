// SPDX-License-Identifier: Apache-2.0
/// `adc.step: fit`: a wish to the commands that calibrate, no value of the config.
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "generator/load.hpp"

namespace generator {

namespace {

constexpr std::string_view key = "adc.step", wish = "fit";

/// What cannot be read is left to the loader, which says what is wrong.
bool file_says_fit(const std::string& path) {
    try {
        const YAML::Node root = YAML::LoadFile(path);
        if (!root.IsMap() || !root["adc"] || !root["adc"].IsMap()) return false;
        const YAML::Node step = root["adc"]["step"];
        return step && step.IsScalar() && step.Scalar() == wish;
    } catch (const YAML::Exception&) {
        return false;
    }
}

}  // namespace

bool wants_step_fit(const std::string& path, std::vector<Override>& overrides) {
    bool fit = false, said = false;
    for (Override& o : overrides) {
        if (o.path != key) continue;
        said = true;
        fit = o.value == wish;
        if (fit) o.value = "1";
    }
    if (said || !file_says_fit(path)) return fit;
    overrides.push_back({std::string(key), "1"});
    return true;
}

}  // namespace generator

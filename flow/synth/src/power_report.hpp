// SPDX-License-Identifier: Apache-2.0
/// The power in `area.json` and `area.md`.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "synth/power.hpp"

namespace synth {

nlohmann::ordered_json power_json(const Power& power);
std::string power_markdown(const Power& power);

}  // namespace synth

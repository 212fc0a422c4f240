// SPDX-License-Identifier: Apache-2.0
/// Figures in JSON, which knows no infinity.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace explore {

/// A number, null where there is none, "exact" for an infinite SQNR.
inline nlohmann::ordered_json figure(const std::optional<double>& value) {
    if (!value || std::isnan(*value)) return nullptr;
    if (std::isinf(*value)) return "exact";
    return *value;
}

}  // namespace explore

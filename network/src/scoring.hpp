// SPDX-License-Identifier: Apache-2.0
/// What an image's logits count for.
#pragma once

#include <optional>

#include "network/session.hpp"

namespace network {

/// Adds an image's result on the macro and in float to the report's shares and logits. `label`: its
/// class, where that is known. Of equal logits the lowest class counts.
void score(Report& report, const Tensor& found, const Tensor& reference,
           std::optional<std::size_t> label);

}  // namespace network

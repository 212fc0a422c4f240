// SPDX-License-Identifier: Apache-2.0
/// One node, its messages with their place.
#pragma once

#include "network/model.hpp"
#include "operators.hpp"

namespace network {

/// Runs the node's function; an Error gets the node's place. Refuses too few results.
std::vector<Tensor> evaluate(const Model& model, const Call& call);
/// Throws base::Error with the node's place.
[[noreturn]] void fail_at(const Model& model, const Node& node, const std::string& message);

}  // namespace network

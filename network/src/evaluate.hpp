// SPDX-License-Identifier: Apache-2.0
/// One node, its messages with their place.
#pragma once

#include "base/error.hpp"
#include "network/model.hpp"
#include "operators.hpp"

namespace network {

/// Throws base::Error with the node's place.
[[noreturn]] void fail_at(const Model& model, const Node& node, const std::string& message);

/// What `f` gives; an Error of it gets the node's place unless it has it already.
template <class F>
auto placed(const Model& model, const Node& node, F&& f) {
    try {
        return f();
    } catch (const base::Error& e) {
        if (std::string_view(e.what()).starts_with(place(model, node))) throw;
        fail_at(model, node, e.what());
    }
}

/// Runs the node's function; an Error gets the node's place. Refuses too few results.
std::vector<Tensor> evaluate(const Model& model, const Call& call);

}  // namespace network

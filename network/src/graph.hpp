// SPDX-License-Identifier: Apache-2.0
/// The graph's nodes in order.
#pragma once

#include "network/model.hpp"

namespace network {

/// The order of the file where it is sorted: always the first node whose inputs are there. Throws
/// base::Error if the nodes form a cycle.
void sort_nodes(Model& model);

/// Nodes that the output does not depend on go: they decide nothing.
void prune_nodes(Model& model);

}  // namespace network

// SPDX-License-Identifier: Apache-2.0
/// The products of a network, and what its quantizers say of their operands.
#pragma once

#include "network/network.hpp"

namespace network {

/// Fills `network.layers`, in the order of execution.
void find_layers(Network& network);

}  // namespace network

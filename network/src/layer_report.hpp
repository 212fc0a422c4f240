// SPDX-License-Identifier: Apache-2.0
/// A layer's figures.
#pragma once

#include "network/session.hpp"

namespace network {

/// What a layer did so far; `mapped` is null for a digital one.
LayerReport report_layer(const Network& network, const Layer& layer, const MappedLayer* mapped);

}  // namespace network

/// The table of a network's layers.
#pragma once

#include <string>
#include <vector>

#include "forward.hpp"

namespace bnn {

/// Markdown, one row a layer.
std::string table(const Network& network, const std::vector<LayerCost>& costs);

}  // namespace bnn

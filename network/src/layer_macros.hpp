// SPDX-License-Identifier: Apache-2.0
/// Each layer's own config.
#pragma once

#include "network/session.hpp"

namespace network {

/// Layers that --digital leaves out, by number. Throws base::Error naming what is no layer and what
/// there is.
std::vector<bool> digital_layers(const SessionOptions& options, const Network& network);

/// The command line's config and overrides, then what --layer says, by the layer's number. Throws
/// base::Error, for all layers at once where integers or depths do not fit.
std::vector<LayerMacro> load_layer_macros(const SessionOptions& options, const Network& network,
                                          const std::vector<bool>& digital);
/// True for the settings of `--layer` that name a file: alpha, scale, center.
bool is_layer_file(const std::string& setting);
/// Refuses `--chips` whose seeds would go past the last one, or whose layers begin with several.
void check_chips(const SessionOptions& options, const Network& network,
                 const std::vector<LayerMacro>& macros);

}  // namespace network

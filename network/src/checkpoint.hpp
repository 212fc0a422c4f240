// SPDX-License-Identifier: Apache-2.0
/// What an interrupted run leaves in its output folder, so that `--resume` goes on.
#pragma once

#include <vector>

#include "network/session.hpp"

namespace network {

/// The (first) chip's images so far, `totals` of its layers, and the chips that are done.
void write_checkpoint(const SessionOptions& options, const Report& report,
                      const std::vector<LayerTotals>& totals);
/// Fills the report's images, shares, logits and chips; the `layers` totals, none without a
/// checkpoint. Throws base::Error if it is damaged or belongs to another run.
std::vector<LayerTotals> read_checkpoint(const SessionOptions& options, Report& report,
                                         std::size_t layers);
void remove_checkpoint(const std::string& out_dir);

}  // namespace network

// SPDX-License-Identifier: Apache-2.0
/// What an interrupted run leaves in its output folder, so that `--resume` goes on.
#pragma once

#include <string>
#include <vector>

#include "network/model.hpp"
#include "network/session.hpp"

namespace network {

/// A hash of everything that decides the results: the program, all options, and the contents of all
/// files that they and the model name.
std::string checkpoint_key(const SessionOptions& options, const Model& model);

/// The (first) chip's images so far, `totals` of its layers, and the chips that are done.
void write_checkpoint(const std::string& out_dir, const std::string& key, const Report& report,
                      const std::vector<LayerTotals>& totals);
/// Fills the report's images, shares, logits and chips; the `layers` totals, none without a
/// checkpoint. Throws base::Error if it is damaged or has another key.
std::vector<LayerTotals> read_checkpoint(const std::string& out_dir, const std::string& key,
                                         Report& report, std::size_t layers);
void remove_checkpoint(const std::string& out_dir);

}  // namespace network

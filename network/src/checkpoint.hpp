/// What an interrupted run leaves in its output folder, so that `--resume` goes on.
#pragma once

#include <vector>

#include "network/session.hpp"

namespace network {

void write_checkpoint(const SessionOptions& options, const Report& report,
                      const std::vector<LayerTotals>& totals, std::size_t done);
/// Images done; fills the report's shares and logits. 0 without a checkpoint. Throws base::Error if
/// it belongs to another run.
std::size_t read_checkpoint(const SessionOptions& options, Report& report,
                            std::vector<LayerTotals>& totals);
void remove_checkpoint(const std::string& out_dir);

}  // namespace network

// SPDX-License-Identifier: Apache-2.0
/// Pieces of work as tasks of Slurm job arrays. There is no server: tasks write their rows into the
/// store, and whoever waits looks there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "explore/workshop.hpp"

namespace explore {

struct SlurmOptions {
    std::vector<std::string> sbatch;  ///< further words for sbatch
    std::filesystem::path folder;     ///< lists, scripts and logs; every node sees it
    std::string store;                ///< of finished rows; every node sees it
    /// What a task runs; `--list FILE --item N` is added to it.
    std::vector<std::string> worker;
    bool progress = false;  ///< a line on stderr
};

/// Submits those that the store does not have, waits for their rows. A task that ends without a row
/// is tried a second time; then it is the outcome's failure, with its log. A signal ends the
/// waiting, never the tasks: the same pieces asked for again wait for those still queued.
study::Outcome run_on_slurm(const std::vector<Piece>& pieces, const std::string& unit,
                            const SlurmOptions& options);

/// The piece of a list file that a task is for. Throws base::Error if this program would make
/// another row of it (another build, another study).
Piece read_piece(const std::filesystem::path& list, std::size_t item, const Workshop& workshop);

}  // namespace explore

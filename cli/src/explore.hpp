// SPDX-License-Identifier: Apache-2.0
/// What `explore` is asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "left_out.hpp"
#include "study/layer.hpp"
#include "study/network_files.hpp"
#include "synth/synth.hpp"

namespace cli {

struct Explore {
    std::string study, dir, method, json, csv, html;
    std::vector<std::string> liberty;
    study::LayerFiles layer;
    study::NetworkFiles network;
    synth::Mapping mapping;
    bool power = false;
    std::optional<std::string> slurm;  ///< further words for sbatch
    std::string list;                  ///< of a task on Slurm
    std::size_t item = 0;
    std::size_t runs = 0, seed = 0;
    LeftOut left_out;
    bool resume = false;
    unsigned jobs = 2;
};

/// The exit code. Throws base::Error.
int explore(const Explore& options, const Common& common);

}  // namespace cli

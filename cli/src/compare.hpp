// SPDX-License-Identifier: Apache-2.0
/// What `compare` is asked for.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "left_out.hpp"
#include "study/layer.hpp"
#include "study/network.hpp"
#include "synth/synth.hpp"

namespace cli {

struct Compare {
    std::vector<std::string> configs;   ///< CONFIG or CONFIG,key=value,...
    std::vector<std::string> operands;  ///< NAME=F.npy
    std::string study, json, html, dir;
    std::vector<std::string> liberty;
    study::LayerFiles layer;
    study::NetworkFiles network;
    synth::Mapping mapping;
    bool power = false;
    LeftOut left_out;
    bool quantize_integers = false;
    unsigned jobs = 2;
};

/// The exit code. Throws base::Error.
int compare(const Compare& given, const Common& common);

}  // namespace cli

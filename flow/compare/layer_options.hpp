/// Command line that the comparisons of one layer share.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "measure.hpp"
#include "variants.hpp"

namespace CLI {
class App;
}

namespace comparing {

struct LayerOptions {
    std::string weights, inputs, liberty, json, dir;
    int rows = 64, outputs = 16, banks = 16;
    std::size_t vectors = 0;  ///< of the inputs, the first; 0: all
    unsigned jobs = 2;
};

void add_layer_options(CLI::App& app, LayerOptions& options);

/// The macro that takes the layer: its tiles, at least `options.banks` banks.
Macro macro_for(const LayerOptions& options, const Layer& layer);

/// Writes the config as `<its name>.yaml` into the folder.
void keep_config(const std::string& config, const std::filesystem::path& folder);

/// Parses the command line and runs; the exit code. An error goes to stderr.
int run_program(CLI::App& app, int argc, char** argv, const std::function<int()>& run);

}  // namespace comparing

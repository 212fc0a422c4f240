// SPDX-License-Identifier: Apache-2.0
/// What the tests of the files for other tools share: the configs, and programs run in a folder.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "cli_bench.hpp"
#include "generator/design.hpp"
#include "generator/load.hpp"
#include "generator/render.hpp"

namespace handoff_bench {

using namespace cli_bench;

/// A config of the fault trials, which have every option somewhere.
struct Case {
    std::string file;  ///< flow/faults/<file>.yaml
    std::string path() const {
        return (fs::path(CIMRTL_SOURCE_DIR) / "flow/faults" / (file + ".yaml")).string();
    }
    generator::Design design() const {
        return generator::elaborate(generator::load_config_file(path()));
    }
};

/// All schemes; both holds, shares of 1 and more, latencies of 1 and more, precharge and settle,
/// a gap, bias, chain, corrections, the output stage, trims by column and layer, bring-up, the
/// synchronizer of the reset.
inline const std::vector<Case> cases = {
    {"conventional"}, {"lanes"},        {"gap"},          {"fast"},        {"zebra"},
    {"corrected"},    {"column_quant"}, {"column_layer"}, {"bfp_dynamic"}, {"binsparx_bits"},
    {"observe"},      {"reset"},        {"async"}};

/// One of each scheme, the synchronizer of the reset and ADCs without our clock, for what takes
/// long.
inline const std::vector<Case> few_cases = {{"lanes"},       {"corrected"},     {"column_quant"},
                                            {"bfp_dynamic"}, {"binsparx_bits"}, {"reset"},
                                            {"async"}};

/// The program with these words, in the folder.
inline ProcessResult run_in(const fs::path& folder, std::vector<std::string> words) {
    Command c;
    c.argv = std::move(words);
    c.cwd = folder;
    return run_process(c);
}

}  // namespace handoff_bench

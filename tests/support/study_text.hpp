// SPDX-License-Identifier: Apache-2.0
/// A study file of mini.yaml's keys: what the tests of `compare` and `explore` begin with.
#pragma once

#include <string>

namespace study_files {

/// `groups` as YAML; further sections may stand behind them.
inline std::string study_text(const std::string& groups) {
    return "data: {weights: w.npy, inputs: x.npy}\n"
           "base:\n"
           "  scheme: conventional\n"
           "  array: {rows: 4, outputs: 2, banks: 2}\n"
           "  accumulator: {max_tiles: 3}\n"
           "  input: {bits: 3}\n"
           "  weight: {bits: 2}\n"
           "groups:\n" +
           groups;
}

}  // namespace study_files

// SPDX-License-Identifier: Apache-2.0
/// What the tests of comparisons share: a folder with configs and tensors, `compare` run in it.
#pragma once

#include <nlohmann/json.hpp>

#include "cli_bench.hpp"

namespace study_bench {

using namespace cli_bench;
using Json = nlohmann::json;

inline const Words layer = {"--weights", "w.npy", "--inputs", "x.npy"};
/// Golden alone: rows of some milliseconds.
inline const Words quick = {"--no-rtl", "--no-synth"};

inline Words operator+(Words a, const Words& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// `compare` with these words; its rows as JSON.
inline Json rows_of(const Desk& desk, const Words& words) {
    const auto r = desk.run(Words{"compare"} + words + Words{"--json", "rows.json"});
    INFO(r.output);
    REQUIRE(r.exit_code == 0);
    return Json::parse(slurp(desk.at("rows.json"))).at("rows");
}

/// A study of mini.yaml's keys, golden alone; `groups` as YAML.
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

}  // namespace study_bench

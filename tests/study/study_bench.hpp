// SPDX-License-Identifier: Apache-2.0
/// What the tests of comparisons share: a folder with configs and tensors, `compare` run in it.
#pragma once

#include <nlohmann/json.hpp>

#include "cli_bench.hpp"
#include "study_text.hpp"

namespace study_bench {

using namespace cli_bench;
using study_files::study_text;
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

}  // namespace study_bench

// SPDX-License-Identifier: Apache-2.0
/// What the tests of searches share: a small study, `explore` run on it, figures made up for tests.
#pragma once

#include <nlohmann/json.hpp>

#include "cli_bench.hpp"
#include "explore/methods.hpp"
#include "explore/pareto.hpp"

namespace explore_bench {

using namespace cli_bench;
using Json = nlohmann::json;

/// Golden alone: points of some milliseconds.
inline const std::string small_study =
    "title: Small\n"
    "data: {weights: w.npy, inputs: x.npy}\n"
    "base:\n"
    "  scheme: conventional\n"
    "  array: {rows: 4, outputs: 2, banks: 2}\n"
    "  accumulator: {max_tiles: 3}\n"
    "  input: {bits: 3}\n"
    "  weight: {bits: 2}\n"
    "groups:\n"
    "- {rtl: false, synth: false, axes: {adc.bits: {from: 1, to: 4, step: 1}, adc.step: [1, 2, 77777]},\n"
    "   when: [adc.step != 77777]}\n"
    "explore:\n"
    "  objectives: {sqnr: max, conversion_steps: min}\n";

/// The same rows and columns, each a point of a 2^`bits` grid.
inline study::Study made_up(int axes, int values) {
    study::Study s;
    study::Family family;
    for (int a = 0; a < axes; ++a) {
        study::Axis axis{fmt::format("section.key{}", a), {}};
        for (int v = 0; v < values; ++v)
            axis.values.push_back({axis.path, std::to_string(v), 0, 0});
        family.axes.push_back(axis);
    }
    s.families.push_back(family);
    return s;
}

/// Two points on the front: of each netlist and RTL are asked for.
inline const std::string whole_study =
    "title: Whole\n"
    "data: {weights: w.npy, inputs: x.npy}\n"
    "base:\n"
    "  scheme: conventional\n"
    "  array: {rows: 4, outputs: 2, banks: 2}\n"
    "  accumulator: {max_tiles: 3}\n"
    "  input: {bits: 3}\n"
    "  weight: {bits: 2}\n"
    "groups:\n"
    "- {axes: {adc.bits: [1, 3]}}\n"
    "explore:\n"
    "  objectives: {sqnr: max, area_kge: min}\n";

/// Of the report that a search wrote into out/.
inline Json points(const Desk& desk) {
    return Json::parse(slurp(desk.at("out/report.json"))).at("points");
}

}  // namespace explore_bench

// SPDX-License-Identifier: Apache-2.0
/// What the tests of searches share: a small study, `explore` run on it, figures made up for tests.
#pragma once

#include <nlohmann/json.hpp>

#include "cli_bench.hpp"
#include "explore/methods.hpp"
#include "explore/pareto.hpp"
#include "study_text.hpp"

namespace explore_bench {

using namespace cli_bench;
using Json = nlohmann::json;

/// A study of a tiny macro; `rest` goes on from its groups.
inline std::string study_of(const std::string& title, const std::string& rest) {
    return "title: " + title + "\n" + study_files::study_text(rest);
}

/// Golden alone: points of some milliseconds.
inline const std::string small_study = study_of(
    "Small",
    "- {rtl: false, synth: false, axes: {adc.bits: {from: 1, to: 4, step: 1}, adc.step: [1, 2, 77777]},\n"
    "   when: [adc.step != 77777]}\n"
    "explore:\n"
    "  objectives: {sqnr: max, conversion_steps: min}\n");

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

/// The point of 3 bits alone is on the front: its netlist and RTL are asked for.
inline const std::string whole_study = study_of("Whole",
                                                "- {axes: {adc.bits: [3, 8]}}\n"
                                                "explore:\n"
                                                "  objectives: {sqnr: max, area_kge: min}\n");

/// The same rows: the clock against the area, below a bound of the worst path.
inline std::string timed_study(const std::string& worst_ns) {
    return study_of("Timed",
                    "- {axes: {adc.bits: [1, 3]}}\n"
                    "explore:\n"
                    "  objectives: {max_mhz: max, area_um2: min}\n"
                    "  constraints: [worst_ns < " +
                        worst_ns + "]\n");
}
/// It measures golden and synthesis alone.
inline const Words timed_words = {"explore", "s.yaml", "-o",       "out",
                                  "-j",      "1",      "--no-rtl", "--no-netlist"};

/// Of the report that a search wrote into out/.
inline Json points(const Desk& desk) {
    return Json::parse(slurp(desk.at("out/report.json"))).at("points");
}

}  // namespace explore_bench

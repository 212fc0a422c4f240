// SPDX-License-Identifier: Apache-2.0
/// A search of a study's points for its Pareto front.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "explore/space.hpp"
#include "explore/workshop.hpp"

namespace explore {

/// How far a point came.
enum class State {
    measured,   ///< everything that its objectives need
    broke,      ///< a constraint does not hold
    dominated,  ///< spared: another point is better whatever the rest of its figures
    incomplete  ///< an objective has no figure
};

struct Point {
    Index index = 0;
    State state = State::measured;
    std::string broken;  ///< the constraint
    bool front = false;
    study::Row row;
    std::vector<study::Setting> axes;
};

struct Counts {
    Index points = 0;          ///< of the study
    std::size_t excluded = 0;  ///< by a condition
    std::size_t refused = 0;   ///< by the rules of configs
    /// Findings of these, each with how many points it refused.
    std::map<std::string, std::size_t> reasons;
    std::size_t measured = 0;   ///< on the golden model
    std::size_t broke = 0;      ///< a constraint, before anything was synthesized
    std::size_t dominated = 0;  ///< whatever their area
    std::size_t expensive = 0;  ///< synthesized, or run on the RTL, for an objective or constraint
    std::size_t hardware = 0;   ///< different ones among these
};

struct Result {
    std::string title, subject;
    std::vector<std::string> notes;
    study::Search search;
    std::vector<study::Column> columns;  ///< objectives, constraints, then what the study shows
    std::vector<std::string> axes;       ///< config keys
    std::vector<Point> points;           ///< in their order; those that were measured
    Counts counts;
    std::string library;  ///< of areas; empty: nothing was synthesized
    bool complete = true, interrupted = false;
    std::string failure;
    std::size_t kept = 0;  ///< pieces of work that are done, where not all are
};

/// Makes all pieces, or says how far it came.
using Make =
    std::function<study::Outcome(const std::vector<Piece>& pieces, const std::string& unit)>;

struct ExploreOptions {
    std::vector<study::Setting> overrides;  ///< of all points
    study::MeasureOptions measure;
    unsigned threads = 1;  ///< to check configs
};

/// Rows with these engines have figures of that source.
bool runs(const study::Engines& engines, study::Source source);

/// What a search asks for that it cannot get, all of it as base::Error: no objectives, several data
/// sets, a figure of synthesis beside `synth: false`, one that takes more than the command line
/// gives.
void check(const study::Study& study, const std::string& file,
           study::Given given = study::Given::nothing);

/// Measures what the study's method asks for: golden's figures first, then, where constraints and
/// objectives need them, the expensive ones of the points that may still be on the front; of the
/// front what its rows ask for beside (RTL, netlist). Throws base::Error where every point of a
/// family is refused.
Result explore(const study::Study& study, const ExploreOptions& options, const Make& make);

}  // namespace explore

// SPDX-License-Identifier: Apache-2.0
/// A row's figures as a search takes them: objectives to be minimized, constraints that hold.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "explore/pareto.hpp"
#include "generator/design.hpp"
#include "study/measure.hpp"
#include "study/study_file.hpp"

namespace explore {

/// What of a row is known so far: golden's figures, and those of the sources that were added.
class Known {
  public:
    void add(study::Source source) { sources_.insert(source); }
    bool has(study::Source source) const { return sources_.contains(source); }

  private:
    std::set<study::Source> sources_ = {study::Source::golden};
};

class Judge {
  public:
    Judge(const study::Search& search, const study::MeasureOptions& options)
        : search_(search), options_(options) {}

    /// What objectives and constraints need beside golden, the cheapest first.
    std::set<study::Source> needed() const;

    /// Objectives, bounds in the place of those that are not known yet; none where an objective
    /// that is known has no figure.
    std::optional<Values> optimistic(const study::Row& row, const Known& known,
                                     const generator::Design& design) const;

    struct Verdict {
        std::string broken;    ///< the first constraint that does not hold whatever is measured yet
        double violation = 0;  ///< of all such, each relative to its bound
    };
    Verdict verdict(const study::Row& row, const Known& known,
                    const generator::Design& design) const;

  private:
    /// The figure, or a bound from below.
    std::optional<double> least(const study::Column& column, const study::Row& row,
                                const Known& known, const generator::Design& design) const;

    const study::Search& search_;
    const study::MeasureOptions& options_;
};

}  // namespace explore

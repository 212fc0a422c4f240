// SPDX-License-Identifier: Apache-2.0
/// A row's figures as a search takes them: objectives to be minimized, constraints that hold.
#pragma once

#include <optional>
#include <string>

#include "explore/pareto.hpp"
#include "generator/design.hpp"
#include "study/measure.hpp"
#include "study/study_file.hpp"

namespace explore {

/// What of a row is known so far.
struct Known {
    bool area = false, rtl = false;
    bool has(study::Source source) const {
        return source == study::Source::golden || (source == study::Source::synth ? area : rtl);
    }
};

class Judge {
  public:
    Judge(const study::Search& search, const study::MeasureOptions& options)
        : search_(search), options_(options) {}

    /// Some objective or constraint needs it.
    bool needs(study::Source source) const;

    /// Objectives, bounds in the place of those that are not known yet; none where an objective
    /// that is known has no figure.
    std::optional<Values> optimistic(const study::Row& row, Known known,
                                     const generator::Design& design) const;

    struct Verdict {
        std::string broken;    ///< the first constraint that does not hold whatever is measured yet
        double violation = 0;  ///< of all such, each relative to its bound
    };
    Verdict verdict(const study::Row& row, Known known, const generator::Design& design) const;

  private:
    /// The figure, or a bound from below.
    std::optional<double> least(const study::Column& column, const study::Row& row, Known known,
                                const generator::Design& design) const;

    const study::Search& search_;
    const study::MeasureOptions& options_;
};

}  // namespace explore

// SPDX-License-Identifier: Apache-2.0
/// Measures the points that a method asks for, and keeps what it found.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "explore/exploration.hpp"
#include "explore/methods.hpp"
#include "judge.hpp"

namespace explore {

/// Thrown where the work ended before its time.
struct Stopped {
    study::Outcome outcome;
};

class Explorer {
  public:
    Explorer(const study::Study& study, const Space& space, const Workshop& workshop,
             const ExploreOptions& options, const Make& make)
        : study_(study),
          space_(space),
          workshop_(workshop),
          options_(options),
          make_(make),
          judge_(*study.search, options.measure) {}

    /// Checks all configs, several at a time.
    void prepare_all();
    /// Throws base::Error with the findings of families that have no valid point.
    void require_families() const;
    /// The same where no point at all was valid.
    void require_points() const;
    bool allowed(Index index);
    std::vector<Figures> evaluate(const std::vector<Index>& asked);
    /// Marks the front and measures what its rows and columns ask for beside.
    void finish(const std::vector<study::Column>& columns);
    /// What was found, also after Stopped.
    void report(Result& result);

  private:
    struct Entry {
        Prepared prepared;
        Point point;
        Known known;
        std::optional<generator::Design> design;  ///< as measured, where bounds need it
        Values objectives;
        double violation = 0;
    };
    struct Seen {
        enum { excluded, refused, valid } what = excluded;
        std::string reason;
        std::optional<Prepared> prepared;
    };

    Seen look(Index index) const;
    void measure_golden(const std::vector<Index>& asked);
    void measure_expensive(const std::vector<Index>& asked);
    std::vector<std::optional<Values>> round(const std::vector<Index>& points);
    /// Takes out those that a measured point beats whatever the rest of their figures.
    void spare(std::vector<Index>& open);
    void judge(Entry& entry) const;
    /// Rows of these pieces, in their order; equal ones are made once.
    std::vector<study::Row> made(const std::vector<Piece>& pieces, const std::string& unit) const;
    /// Figures of that source.
    void add(study::Source source, const std::vector<Index>& points);
    void add_area(const std::vector<Index>& points);
    void add_rtl(const std::vector<Index>& points);
    void add_power(const std::vector<Index>& points);
    void add_netlist(const std::vector<Index>& points);

    const study::Study& study_;
    const Space& space_;
    const Workshop& workshop_;
    const ExploreOptions& options_;
    const Make& make_;
    Judge judge_;
    std::map<Index, Seen> seen_;
    std::map<Index, Entry> entries_;
    std::vector<Values> exact_;  ///< of points that hold all constraints
    std::map<std::string, Index> hardware_;
    Counts counts_;
};

}  // namespace explore

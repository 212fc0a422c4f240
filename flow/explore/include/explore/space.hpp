// SPDX-License-Identifier: Apache-2.0
/// The points of a study file, by number, none of them made before it is asked for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "study/study_file.hpp"

namespace explore {

using Index = std::uint64_t;

/// A point as a search sees it: a family, and which value of each of its axes.
struct Place {
    std::size_t family = 0;
    std::vector<std::size_t> values;
};

class Space {
  public:
    /// `overrides` count over everything in the study; it has to live as long. Throws base::Error
    /// above 2^40 points.
    Space(const study::Study& study, std::vector<study::Setting> overrides);

    Index size() const { return begins_.back(); }
    const std::vector<study::Family>& families() const { return study_.families; }
    /// Families in their order, the last axis fastest.
    Place place(Index index) const;
    Index index(const Place& place) const;
    /// The point's settings of its axes.
    std::vector<study::Setting> axes(Index index) const;
    /// All conditions of its family hold.
    bool holds(Index index) const;
    /// A label without {key} gets the values of the axes behind it.
    study::RowSpec spec(Index index) const;
    /// Config keys that are axes of some family, in the order of the file.
    std::vector<std::string> keys() const;

  private:
    const study::Study& study_;
    std::vector<study::Setting> overrides_;
    std::vector<Index> begins_;  ///< of each family, and the end
};

}  // namespace explore

// SPDX-License-Identifier: Apache-2.0
/// Points that were not drawn yet.
#pragma once

#include <optional>
#include <set>

#include "draw.hpp"
#include "explore/methods.hpp"

namespace explore {

class PointsLeft {
  public:
    PointsLeft(const Space& space, const Allowed& allowed) : space_(space), allowed_(allowed) {}

    /// True once for each point that is allowed.
    bool take(Index index) { return seen_.insert(index).second && allowed_(index); }
    /// Any of those left; none: there are none, or so few of so many that they were not found.
    std::optional<Index> any(Draw& draw);

  private:
    const Space& space_;
    const Allowed& allowed_;
    std::set<Index> seen_;
};

}  // namespace explore

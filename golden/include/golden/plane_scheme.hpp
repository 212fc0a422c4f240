// SPDX-License-Identifier: Apache-2.0
/// Schemes whose tile sum is Σ_g Σ_t Σ_j cx(t)·cw(j)·code(g, t, j): bit planes of the inputs
/// against bit planes of the weights, every step driven once.
#pragma once

#include "golden/scheme.hpp"

namespace golden {

class PlaneScheme : public Scheme {
  public:
    virtual std::int64_t drive(std::int64_t input, int step) const = 0;
    virtual std::int64_t cell(std::int64_t weight, int plane) const = 0;
    virtual std::int64_t step_factor(int step) const = 0;    ///< cx(t)
    virtual std::int64_t plane_factor(int plane) const = 0;  ///< cw(j)

    Range tile_range(int groups, Range codes) const override;
    void add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const override;
};

}  // namespace golden

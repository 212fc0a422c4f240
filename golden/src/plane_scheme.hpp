/// Schemes whose tile sum is Σ_g Σ_t Σ_j cx(t)·cw(j)·code(g, t, j): bit planes of the inputs
/// against bit planes of the weights, every step driven once.
#pragma once

#include "src/scheme.hpp"

namespace golden::detail {

class PlaneScheme : public Scheme {
  public:
    virtual std::int64_t drive(std::int64_t input, int step) const = 0;
    virtual std::int64_t cell(std::int64_t weight, int plane) const = 0;
    virtual std::int64_t step_factor(int step) const = 0;    ///< cx(t)
    virtual std::int64_t plane_factor(int plane) const = 0;  ///< cw(j)

    /// The values that the planes stand for: Σ_t cx(t)·drive(input, t) and Σ_j cw(j)·cell(weight,
    /// j).
    std::int64_t input_level(std::int64_t input) const;
    std::int64_t weight_level(std::int64_t weight) const;

    Range tile_range(int groups, Range codes) const override;
    void add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const override;
    const PlaneScheme* plane_scheme() const override { return this; }
};

}  // namespace golden::detail

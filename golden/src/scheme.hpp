/// The one interface between the golden model and a scheme.
///
/// A new scheme is one file in golden/schemes and one row of the table in scheme.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "golden/golden.hpp"
#include "src/array.hpp"

namespace golden::detail {

/// A closed range of integers.
struct Range {
    std::int64_t min = 0;
    std::int64_t max = 0;
    bool holds(std::int64_t value) const { return min <= value && value <= max; }
};

/// What a scheme fixes before any data is seen.
struct Shape {
    int planes = 0;           ///< cells of a weight
    int steps = 0;            ///< input planes
    bool signed_adc = false;  ///< codes −2^(bits−1) … instead of 0 …
    Range value;              ///< of the analog value v
    Range input;              ///< of an element of X
    Range weight;             ///< of an element of W
};

/// The present rows of one group of one tile, for one vector and one column block.
struct Group {
    std::size_t tile = 0;
    std::size_t group = 0;
    std::span<const std::int64_t> inputs;  ///< (present rows,)
    const Matrix& weights;                 ///< (present rows, O); 0 in outputs that are not used
};

class PlaneScheme;

class Scheme {
  public:
    virtual ~Scheme() = default;

    virtual Shape shape() const = 0;

    /// Least and greatest sum of one tile of `groups` groups if every code may be anything in
    /// `codes`.
    virtual Range tile_range(int groups, Range codes) const = 0;

    /// Does the scheme's code clip this element?
    virtual bool clips_input(std::int64_t) const { return false; }
    virtual bool clips_weight(std::int64_t) const { return false; }

    /// Drives one group step by step, converts every physical column in each, and adds the group's
    /// share of the tile sum to `sums` (O,).
    virtual void add_group(const Group& group, Array& array,
                           std::span<std::int64_t> sums) const = 0;

    /// The scheme as bit planes, for the fast form; null if it is none: the fast form is then the
    /// reference form, spread over threads.
    virtual const PlaneScheme* plane_scheme() const { return nullptr; }
};

/// Throws Error for an unknown name or parameters that are out of the scheme's range.
std::unique_ptr<Scheme> make_scheme(const Spec& spec);

}  // namespace golden::detail

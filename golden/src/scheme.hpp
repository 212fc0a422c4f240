/// The one interface between the golden model and a scheme.
///
/// A new scheme is one file in golden/schemes and one row of the table in scheme.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "golden/golden.hpp"
#include "src/array.hpp"
#include "src/layout.hpp"
#include "src/range.hpp"

namespace golden::detail {

/// What a scheme fixes before any data is seen.
struct Shape {
    int planes = 0;           ///< cells of a weight
    int steps = 0;            ///< input planes
    bool signed_adc = false;  ///< codes −2^(bits−1) … instead of 0 …
    Range value;              ///< of the analog value v
    Range input;              ///< of an element of X
    Range weight;             ///< of an element of W
};

/// A tensor beside X and W that a scheme takes.
struct TensorRule {
    std::vector<std::int64_t> Operands::*data;
    std::vector<std::size_t> shape;
    Range range;
    bool required = true;
};

/// The present rows of one group of one tile, for one vector and one column block.
struct Group {
    std::size_t tile = 0;
    std::size_t group = 0;
    std::size_t first_output = 0;          ///< of the block, in the whole product
    std::span<const std::int64_t> inputs;  ///< (present rows,)
    const Matrix& weights;                 ///< (present rows, O); 0 in outputs that are not used
    const Operands& operands;              ///< of the whole product, for the scheme's own tensors
};

/// Result::statistics
using Statistics = std::vector<std::pair<std::string, double>>;

class Engine;
struct FastJob;

class Scheme {
  public:
    virtual ~Scheme() = default;

    virtual Shape shape() const = 0;

    /// Least and greatest sum of one tile of `groups` groups if every code may be anything in
    /// `codes`, which holds 0. Both sides hold 0 too.
    virtual Range tile_range(int groups, Range codes) const = 0;

    /// The tensors that it takes beside X, W and the bias.
    virtual std::vector<TensorRule> tensors(const Resolved&, const Layout&) const { return {}; }

    /// Does the scheme's code clip this element?
    virtual bool clips_input(std::int64_t) const { return false; }
    virtual bool clips_weight(std::int64_t) const { return false; }

    /// Its ADCs, by default one step for all columns. Keeps a reference to the operands.
    virtual std::unique_ptr<Transfer> transfer(const Adc& adc, const Operands& operands) const;

    /// Drives one group step by step, converts every physical column in each, and adds the group's
    /// share of the tile sum to `sums` (O,).
    virtual void add_group(const Group& group, Array& array,
                           std::span<std::int64_t> sums) const = 0;

    /// Element of Y of an output below M, from its accumulator after the last tile.
    virtual std::int64_t result(std::int64_t acc, std::size_t, const Operands&) const {
        return acc;
    }

    /// Result::statistics of a run in which the array saw `tally`.
    virtual Statistics statistics(const Adc&, const Operands&, const Layout&, const Tally&) const {
        return {};
    }

    /// The fast form of one product; null: it is the reference form. The scheme outlives it.
    virtual std::unique_ptr<Engine> engine(const FastJob&) const;
};

/// Throws Error for an unknown name or parameters that are out of the scheme's range.
std::unique_ptr<Scheme> make_scheme(const Spec& spec);

}  // namespace golden::detail

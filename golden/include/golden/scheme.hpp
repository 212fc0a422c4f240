// SPDX-License-Identifier: Apache-2.0
/// The one interface between the reference form and a scheme.
///
/// The tool's own schemes are in the table of schemes.hpp. Any other implementation of this
/// interface can be run, too, by the functions at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "golden/array.hpp"
#include "golden/layout.hpp"
#include "golden/operands.hpp"
#include "golden/range.hpp"
#include "golden/result.hpp"
#include "golden/spec.hpp"

namespace golden {

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

class Scheme {
  public:
    virtual ~Scheme() = default;

    virtual Shape shape() const = 0;

    /// Least and greatest sum of one tile of `groups` groups if every code may be anything in
    /// `codes`, which holds 0. Both sides hold 0 too.
    virtual Range tile_range(int groups, Range codes) const = 0;

    /// Steps that one group of one vector drives, whatever the weights.
    virtual std::size_t driven_steps(std::span<const std::int64_t>) const {
        return static_cast<std::size_t>(shape().steps);
    }
    /// What leaves the macro is its accumulator, so that another set of banks may go on from it.
    virtual bool yields_sum() const { return true; }

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
};

/// Throws Error for parameters that are out of the scheme's range.
std::unique_ptr<Scheme> make_scheme(const Spec& spec);

/// The functions of golden.hpp for any scheme.
Resolved resolve(const Macro& macro, const Scheme& scheme);
Result run_reference(const Macro& macro, const Scheme& scheme, const Operands& operands);
std::vector<Conversion> trace(const Macro& macro, const Scheme& scheme, const Operands& operands,
                              std::size_t vector, std::size_t column_block);

}  // namespace golden

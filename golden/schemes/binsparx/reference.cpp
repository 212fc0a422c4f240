// SPDX-License-Identifier: Apache-2.0
#include "golden/schemes/binsparx/reference.hpp"

#include <algorithm>

#include "golden/columns.hpp"

namespace golden::binsparx {
namespace {

/// Bits of a group, one per present row, as they are driven or stored.
struct Sparse {
    std::vector<std::int64_t> bits;  ///< after the inversion
    bool flipped = false;
    std::int64_t ones = 0;  ///< Σ bits
};

/// Inverts `bits` if `flips(number of ones, number of bits)` says so.
template <class Flips>
Sparse sparsify(std::vector<std::int64_t> bits, const Flips& flips) {
    Sparse sparse{std::move(bits)};
    const auto ones = [&] {
        return std::count(sparse.bits.begin(), sparse.bits.end(), std::int64_t{1});
    };
    sparse.ones = ones();
    sparse.flipped = flips(sparse.ones, static_cast<std::int64_t>(sparse.bits.size()));
    if (sparse.flipped) {
        for (std::int64_t& b : sparse.bits) b = 1 - b;
        sparse.ones = ones();
    }
    return sparse;
}

class BinSparX : public Scheme {
  public:
    BinSparX(const Macro& macro, const Parameters& own)
        : active_rows_(macro.active_rows), step_(macro.step_num), own_(own) {}

    Shape shape() const override {
        const bool sparse = own_.weights || own_.activations;
        return {.planes = 1,
                .steps = 1,
                .signed_adc = false,
                .value = {0, sparse ? active_rows_ / 2 : active_rows_},
                .input = {-1, 1, 2},
                .weight = {-1, 1, 2}};
    }
    Range tile_range(int groups, Range codes) const override;
    std::vector<TensorRule> tensors(const Resolved& resolved, const Layout& layout) const override;
    void add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const override;
    std::int64_t result(std::int64_t acc, std::size_t output,
                        const Operands& operands) const override {
        if (!own_.threshold) return acc;
        return acc >= operands.threshold[output] ? 1 : 0;
    }
    bool yields_sum() const override { return !own_.threshold; }
    Statistics statistics(const Adc& adc, const Operands& operands, const Layout& layout,
                          const Tally& tally) const override;

  private:
    /// a' of a group: fewer ones than zeros or as many.
    Sparse drive(std::vector<std::int64_t> bits) const {
        return sparsify(std::move(bits), [&](std::int64_t ones, std::int64_t n) {
            return own_.activations && flips_activations(ones, n);
        });
    }
    /// b' of a group's column: the tie flips.
    Sparse store(std::vector<std::int64_t> bits) const {
        return sparsify(std::move(bits), [&](std::int64_t ones, std::int64_t n) {
            return own_.weights && flips_weights(ones, n);
        });
    }

    int active_rows_;
    std::int64_t step_;  ///< Δ
    Parameters own_;
};

/// 1 for +1; 0 for −1 and for the 0 of an output that is not used.
std::int64_t to_bit(std::int64_t value) { return value > 0 ? 1 : 0; }

/// The largest magnitude of 4·Δ·code − 2·sa' + C, each of the three anywhere in its range: sa' to
/// n/2 if activations are flipped, else to n; C from 0 if weights are flipped, else from −n; to n.
Range BinSparX::tile_range(int groups, Range codes) const {
    const std::int64_t n = active_rows_;
    const std::int64_t greatest = 4 * step_ * codes.max + n;
    const std::int64_t least =
        4 * step_ * codes.min - 2 * (own_.activations ? n / 2 : n) - (own_.weights ? 0 : n);
    const std::int64_t magnitude = groups * std::max(greatest, -least);
    return {-magnitude, magnitude};
}

std::vector<TensorRule> BinSparX::tensors(const Resolved& resolved, const Layout& layout) const {
    if (!own_.threshold) return {};
    return {{&Operands::threshold, {layout.outputs}, signed_range(resolved.accumulator_bits)}};
}

void BinSparX::add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const {
    const auto n = static_cast<std::int64_t>(group.inputs.size());
    std::vector<std::int64_t> a;
    for (std::int64_t x : group.inputs) a.push_back(to_bit(x));
    const Sparse driven = drive(a);

    std::vector<Sparse> stored;
    Matrix cells{group.weights.rows, group.weights.cols, group.weights.data};
    for (std::size_t o = 0; o < cells.cols; ++o) {
        std::vector<std::int64_t> b;
        for (std::size_t row = 0; row < cells.rows; ++row) b.push_back(to_bit(cells(row, o)));
        stored.push_back(store(b));
        for (std::size_t row = 0; row < cells.rows; ++row) cells(row, o) = stored[o].bits[row];
    }

    const Group sparse{group.tile,   group.group, group.first_output,
                       group.inputs, cells,       group.operands};
    const Columns columns(sparse, 1, [](std::int64_t cell, int) { return cell; });
    columns.convert(array, 0, 0, driven.bits, [&](std::size_t output, int, std::int64_t code) {
        const Sparse& column = stored[output];
        const std::int64_t correction = n - 2 * column.ones;  // C
        const std::int64_t y = 4 * step_ * code - 2 * driven.ones + correction;
        sums[output] += column.flipped != driven.flipped ? -y : y;
    });
}

std::int64_t count_ones(const std::vector<std::int64_t>& bits) {
    return std::count(bits.begin(), bits.end(), std::int64_t{1});
}

std::int64_t count_both(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
    std::int64_t both = 0;
    for (std::size_t i = 0; i < a.size(); ++i) both += a[i] * b[i];
    return both;
}

/// Straight from the definitions, group by group.
Statistics BinSparX::statistics(const Adc&, const Operands& operands, const Layout& layout,
                                const Tally&) const {
    BinaryCounts counts;
    for (std::size_t first = 0; first < layout.features; first += layout.active_rows) {
        const std::size_t end = std::min(first + layout.active_rows, layout.features);
        std::vector<std::vector<std::int64_t>> b[2];
        for (std::size_t o = 0; o < layout.outputs; ++o) {
            std::vector<std::int64_t> bits;
            for (std::size_t k = first; k < end; ++k)
                bits.push_back(to_bit(operands.weights(k, o)));
            b[0].push_back(store(bits).bits);
            b[1].push_back(bits);
            for (int plain : {0, 1}) counts.column_ones[plain].add(count_ones(b[plain].back()));
        }
        for (std::size_t v = 0; v < layout.vectors; ++v) {
            std::vector<std::int64_t> a[2];
            for (std::size_t k = first; k < end; ++k) a[1].push_back(to_bit(operands.inputs(v, k)));
            a[0] = drive(a[1]).bits;
            for (int plain : {0, 1}) {
                counts.vector_ones[plain].add(count_ones(a[plain]));
                for (const auto& column : b[plain])
                    counts.analog[plain].add(count_both(a[plain], column));
            }
        }
    }
    return binsparx_statistics(counts);
}

}  // namespace

void BinaryCounts::Average::add(std::int64_t value) {
    sum += static_cast<std::uint64_t>(value);
    ++count;
    max = std::max(max, value);
}

Statistics binsparx_statistics(const BinaryCounts& counts) {
    return {{"ones_per_vector", counts.vector_ones[0].mean()},
            {"ones_per_vector_plain", counts.vector_ones[1].mean()},
            {"ones_per_column", counts.column_ones[0].mean()},
            {"ones_per_column_plain", counts.column_ones[1].mean()},
            {"analog_mean", counts.analog[0].mean()},
            {"analog_mean_plain", counts.analog[1].mean()},
            {"analog_max", static_cast<double>(counts.analog[0].max)},
            {"analog_max_plain", static_cast<double>(counts.analog[1].max)}};
}

std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters& own) {
    if (macro.step_den != 1) throw Error("golden: binsparx needs an integer adc.step");
    return std::make_unique<BinSparX>(macro, own);
}

}  // namespace golden::binsparx

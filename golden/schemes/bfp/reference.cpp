// SPDX-License-Identifier: Apache-2.0
#include "golden/schemes/bfp/reference.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "golden/bits.hpp"
#include "golden/columns.hpp"

namespace golden::bfp {
namespace {

/// Index of the top 1 bit; q > 0.
int msb(std::int64_t q) {
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(q))) - 1;
}

class Bfp : public Scheme {
  public:
    Bfp(const Macro& macro, const Parameters& own)
        : active_rows_(macro.active_rows),
          input_bits_(macro.input_bits),
          weight_bits_(macro.weight_bits),
          dynamic_(own.dynamic),
          mantissa_max_(own.mantissa_max),
          mantissa_(run_mantissa(own)) {}

    Shape shape() const override {
        return {.planes = weight_bits_,
                .steps = mantissa_,
                .signed_adc = false,
                .value = {0, active_rows_},
                .input = unsigned_range(input_bits_),
                .weight = signed_range(weight_bits_)};
    }
    Range tile_range(int groups, Range codes) const override;
    std::size_t driven_steps(std::span<const std::int64_t> inputs) const override {
        std::size_t steps = 0;
        for (const BfpPass& pass : passes(inputs))
            for (int t = 0; t < mantissa_; ++t) steps += pass.active_rows(t) != 0;
        return steps;
    }
    void add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const override;
    Statistics statistics(const Adc& adc, const Operands& operands, const Layout& layout,
                          const Tally& tally) const override;

  private:
    std::vector<BfpPass> passes(std::span<const std::int64_t> inputs) const {
        return dynamic_ ? dynamic_passes(inputs, mantissa_, input_bits_)
                        : static_passes(inputs, mantissa_);
    }

    int active_rows_;
    int input_bits_;
    int weight_bits_;
    bool dynamic_;
    int mantissa_max_;
    int mantissa_;  ///< m of this run
};

/// The worst of m = 1 … m_max: `static` one pass of the greatest shift a − m, `dynamic` all passes
/// 0 … a − m; every step of a pass driven.
Range Bfp::tile_range(int groups, Range codes) const {
    Range worst;
    for (int m = 1; m <= mantissa_max_; ++m) {
        const int last = input_bits_ - m;
        Range sum;
        for (int shift = dynamic_ ? 0 : last; shift <= last; ++shift) {
            for (int t = 0; t < m; ++t) {
                for (int j = 0; j < weight_bits_; ++j) {
                    const std::int64_t factor = bit_factor(j, weight_bits_, true) << (shift + t);
                    sum.max += groups * std::max(factor * codes.min, factor * codes.max);
                    sum.min += groups * std::min(factor * codes.min, factor * codes.max);
                }
            }
        }
        worst.max = std::max(worst.max, sum.max);
        worst.min = std::min(worst.min, sum.min);
    }
    return worst;
}

void Bfp::add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const {
    const Columns columns(group, weight_bits_,
                          [](std::int64_t weight, int plane) { return bit(weight, plane); });
    std::vector<std::int64_t> driven(group.inputs.size());
    for (const BfpPass& pass : passes(group.inputs)) {
        for (int t = 0; t < mantissa_; ++t) {
            if (pass.active_rows(t) == 0) continue;
            for (std::size_t row = 0; row < driven.size(); ++row)
                driven[row] = bit(pass.mantissas[row], t);
            columns.convert(array, static_cast<std::size_t>(pass.shift), t, driven,
                            [&](std::size_t output, int plane, std::int64_t code) {
                                const std::int64_t factor = bit_factor(plane, weight_bits_, true);
                                sums[output] += (factor << (pass.shift + t)) * code;
                            });
        }
    }
}

Statistics Bfp::statistics(const Adc& adc, const Operands& operands, const Layout& layout,
                           const Tally& tally) const {
    BfpCounts counts{.value_max = tally.value_max};
    for (std::size_t vector = 0; vector < layout.vectors; ++vector) {
        for (std::size_t first = 0; first < layout.features; first += layout.active_rows) {
            const std::size_t rows = std::min(layout.active_rows, layout.features - first);
            const std::int64_t* inputs = &operands.inputs.data[vector * layout.features + first];
            for (const BfpPass& pass : passes({inputs, rows})) {
                ++counts.passes;
                for (int t = 0; t < mantissa_; ++t) {
                    counts.driven += pass.active_rows(t) != 0;
                    counts.most_rows = std::max(counts.most_rows, pass.active_rows(t));
                }
            }
        }
    }
    return bfp_statistics(counts, mantissa_, layout.blocks, adc);
}

}  // namespace

std::int64_t shift_round(std::int64_t q, int shift) {
    return shift == 0 ? q : (q + (std::int64_t{1} << (shift - 1))) >> shift;
}

std::size_t BfpPass::active_rows(int t) const {
    return static_cast<std::size_t>(std::count_if(mantissas.begin(), mantissas.end(),
                                                  [&](std::int64_t r) { return bit(r, t) != 0; }));
}

std::vector<BfpPass> static_passes(std::span<const std::int64_t> inputs, int mantissa) {
    std::int64_t all = 0;
    for (std::int64_t q : inputs) all |= q;
    if (all == 0) return {};
    BfpPass pass{.shift = std::max(0, msb(all) - mantissa + 1), .mantissas = {}};
    const std::int64_t greatest = (std::int64_t{1} << mantissa) - 1;
    for (std::int64_t q : inputs)
        pass.mantissas.push_back(std::min(shift_round(q, pass.shift), greatest));
    return {pass};
}

std::vector<BfpPass> dynamic_passes(std::span<const std::int64_t> inputs, int mantissa,
                                    int input_bits) {
    const std::int64_t limit = std::int64_t{1} << mantissa;
    std::map<int, BfpPass> by_shift;
    for (std::size_t row = 0; row < inputs.size(); ++row) {
        if (inputs[row] == 0) continue;
        int shift = std::max(0, msb(inputs[row]) - mantissa + 1);
        std::int64_t r = shift_round(inputs[row], shift);
        if (r == limit) {
            const bool may_grow = shift < input_bits - mantissa;
            r = may_grow ? limit / 2 : limit - 1;
            shift += may_grow ? 1 : 0;
        }
        BfpPass& pass = by_shift[shift];
        pass.shift = shift;
        pass.mantissas.resize(inputs.size());
        pass.mantissas[row] = r;
    }
    std::vector<BfpPass> passes;
    for (const auto& [shift, pass] : by_shift) passes.push_back(pass);
    return passes;
}

void BfpCounts::add(const BfpCounts& other) {
    passes += other.passes;
    driven += other.driven;
    most_rows = std::max(most_rows, other.most_rows);
    value_max = std::max(value_max, other.value_max);
}

Statistics bfp_statistics(const BfpCounts& counts, int mantissa, std::size_t blocks,
                          const Adc& adc) {
    const auto in_blocks = [&](std::size_t n) { return static_cast<double>(n * blocks); };
    const auto code = static_cast<std::uint64_t>(adc.unclipped(counts.value_max));
    const std::size_t skipped = counts.passes * static_cast<std::size_t>(mantissa) - counts.driven;
    return {{"steps_driven", in_blocks(counts.driven)},
            {"steps_skipped", in_blocks(skipped)},
            {"passes", in_blocks(counts.passes)},
            {"max_active_rows", static_cast<double>(counts.most_rows)},
            {"adc_bits_no_clip", std::max(1, static_cast<int>(std::bit_width(code)))}};
}

std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters& own) {
    if (macro.input_bits < 2 || macro.input_bits > 8)
        throw Error("golden: input.bits must be 2 to 8");
    if (macro.input_signed) throw Error("golden: bfp takes unsigned inputs");
    if (macro.weight_bits < 1 || macro.weight_bits > 8)
        throw Error("golden: weight.bits must be 1 to 8");
    if (own.mantissa_max < 1 || own.mantissa_max > macro.input_bits)
        throw Error("golden: bfp.mantissa_bits must be 1 to input.bits");
    if (own.mantissa < 0 || own.mantissa > own.mantissa_max)
        throw Error("golden: the mantissa must be 1 to bfp.mantissa_bits");
    return std::make_unique<Bfp>(macro, own);
}

}  // namespace golden::bfp

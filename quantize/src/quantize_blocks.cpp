// SPDX-License-Identifier: Apache-2.0
#include "quantize_blocks.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace quantize {

namespace {

/// What the choice of integers at one fit is worth, and its error.
struct BlockChoice {
    double product = 0, square = 0;  ///< sum(xL), sum(L^2), L = q - zero_point
    double error = std::numeric_limits<double>::infinity();
};

/// Nearest integer, the smaller magnitude on a tie.
double nearest(double t) { return t < 0 ? std::floor(t + 0.5) : std::ceil(t - 0.5); }

/// Some vectors of a tensor, rated block by block.
class Blocks {
  public:
    /// Every `stride`-th vector.
    Blocks(const operands::Tensor<double>& inputs, const Rounding& rounding, std::size_t stride)
        : inputs_(inputs), rounding_(rounding), stride_(stride) {}

    BlockChoice rate(const Fit& fit) const {
        const std::size_t features = inputs_.shape[1];
        const auto rows = static_cast<std::size_t>(rounding_.block_rows);
        std::vector<std::int64_t> q(rows);
        BlockChoice c;
        c.error = 0;
        for (std::size_t v = 0; v < inputs_.shape[0]; v += stride_) {
            for (std::size_t k = 0; k < features; k += rows) {
                const double* x = &inputs_.data[v * features + k];
                const std::size_t count = std::min(rows, features - k);
                round_block(x, count, rounding_, fit, q.data());
                for (std::size_t i = 0; i < count; ++i) add(x[i], q[i] - fit.zero_point, fit, c);
            }
        }
        return c;
    }

  private:
    static void add(double x, std::int64_t integer, const Fit& fit, BlockChoice& c) {
        const auto level = static_cast<double>(integer);
        const double e = x - fit.scale * level;
        c.product += x * level;
        c.square += level * level;
        c.error += e * e;
    }

    const operands::Tensor<double>& inputs_;
    const Rounding& rounding_;
    std::size_t stride_;
};

struct RatedBlock {
    Fit fit;
    double error = std::numeric_limits<double>::infinity();
};

/// Zero points for a scale: what `start` has there, and the multiples of powers of two beside it,
/// which a block with a shift holds exactly.
std::vector<int> zero_points(const Rounding& rounding, const Fit& start, double scale) {
    if (start.zero_point == 0) return {0};
    const int top = rounding.levels.back();
    const int plain = static_cast<int>(
        std::clamp(std::round(start.zero_point * (start.scale / scale)), 0.0, double(top)));
    std::vector<int> all = {plain};
    for (int unit = 2; unit << rounding.mantissa <= 2 * (top + 1); unit *= 2) {
        for (const int z : {plain / unit * unit, (plain + unit - 1) / unit * unit}) {
            if (z <= top && std::ranges::find(all, z) == all.end()) all.push_back(z);
        }
    }
    return all;
}

void rate_scale(const Blocks& blocks, const Rounding& rounding, const Fit& start, double scale,
                std::vector<RatedBlock>& all) {
    for (const int z : zero_points(rounding, start, scale)) {
        const Fit fit{scale, z};
        all.push_back({fit, blocks.rate(fit).error});
    }
}

void keep_best(std::vector<RatedBlock>& all, std::size_t count) {
    std::ranges::sort(all, {}, &RatedBlock::error);
    all.resize(std::min(count, all.size()));
}

/// Integers and scale in turn, as long as the error falls.
RatedBlock settle(const Blocks& blocks, RatedBlock r) {
    for (int i = 0; i < 20; ++i) {
        const BlockChoice c = blocks.rate(r.fit);
        if (c.square == 0 || c.product <= 0) break;
        const Fit next{c.product / c.square, r.fit.zero_point};
        const double error = blocks.rate(next).error;
        if (!(error < r.error)) break;
        r = {next, error};
    }
    return r;
}

/// The least scale without clipping.
double extreme_scale(const operands::Tensor<double>& inputs, const Rounding& rounding,
                     const Fit& start) {
    double scale = 0;
    const int top = rounding.levels.back() - start.zero_point;
    for (const double x : inputs.data) {
        if (x > 0 && top > 0) scale = std::max(scale, x / top);
        if (x < 0 && start.zero_point > 0) scale = std::max(scale, -x / start.zero_point);
    }
    return scale;
}

/// The search itself, on values whose largest magnitude lies in [1/2, 1).
Fit search(const operands::Tensor<double>& inputs, const Rounding& rounding) {
    constexpr double work = 1 << 25;  // values rounded, about
    constexpr int per_octave = 24, between = 6;
    constexpr std::size_t kept = 4;
    const Fit start = best_fit(inputs.data, rounding, inputs.data.size());
    const double extreme = extreme_scale(inputs, rounding, start);
    if (extreme == 0) return start;
    const double candidates = start.zero_point == 0 ? 200 : 2000;
    const double share = static_cast<double>(inputs.data.size()) * candidates / work;
    const Blocks some(inputs, rounding, 1 + static_cast<std::size_t>(share));
    std::vector<RatedBlock> all;
    const double low = std::min(start.scale, extreme) / 2, high = std::max(start.scale, extreme);
    for (double s = low; s <= high * 2; s *= std::exp2(1.0 / per_octave)) {
        rate_scale(some, rounding, start, s, all);
    }
    keep_best(all, kept);
    for (std::size_t i = 0, n = all.size(); i < n; ++i) {
        for (int k = -between; k <= between; ++k) {
            const double s = all[i].fit.scale * std::exp2(k / double(per_octave * (between + 1)));
            const Fit fit{s, all[i].fit.zero_point};
            all.push_back({fit, some.rate(fit).error});
        }
    }
    keep_best(all, kept);
    all.push_back({start});
    all.push_back({{extreme, start.zero_point}});
    const Blocks whole(inputs, rounding, 1);
    RatedBlock best{start};
    for (const RatedBlock& r : all) {
        const RatedBlock settled = settle(whole, {r.fit, whole.rate(r.fit).error});
        if (settled.error < best.error) best = settled;
    }
    return best.fit;
}

}  // namespace

void round_block(const double* x, std::size_t count, const Rounding& rounding, const Fit& fit,
                 std::int64_t* q) {
    const double top = rounding.levels.back();
    double greatest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double t = nearest(x[i] / fit.scale) + fit.zero_point;
        greatest = std::max(greatest, std::clamp(t, 0.0, top));
    }
    const int size = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(greatest)));
    const int shift = std::max(0, size - rounding.mantissa);
    const double unit = std::ldexp(1.0, shift), last = std::ldexp(1.0, rounding.mantissa) - 1;
    for (std::size_t i = 0; i < count; ++i) {
        const double t = (x[i] / fit.scale + fit.zero_point) / unit;
        q[i] = static_cast<std::int64_t>(std::clamp(nearest(t), 0.0, last)) << shift;
    }
}

Fit best_block_fit(const operands::Tensor<double>& inputs, const Rounding& rounding) {
    double largest = 0;
    for (const double x : inputs.data) largest = std::max(largest, std::abs(x));
    if (largest == 0) return {};
    int exponent = 0;
    std::frexp(largest, &exponent);
    operands::Tensor<double> scaled = inputs;
    for (double& x : scaled.data) x = std::ldexp(x, -exponent);
    Fit fit = search(scaled, rounding);
    fit.scale =
        std::clamp(std::ldexp(fit.scale, exponent), std::numeric_limits<double>::denorm_min(),
                   std::numeric_limits<double>::max());
    return fit;
}

}  // namespace quantize

// SPDX-License-Identifier: Apache-2.0
#include "golden/schemes/zebra/reference.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "golden/plane_scheme.hpp"

namespace golden::zebra {
namespace {

constexpr int pattern_bits = 4;
constexpr std::int64_t max_magnitude = 255;

/// Σ_k bit_k · 2^base[k], where base[k] is list element 3 − k.
std::int64_t pattern_value(unsigned bits, const std::array<int, pattern_bits>& base) {
    std::int64_t value = 0;
    for (int k = 0; k < pattern_bits; ++k) {
        if ((bits >> k & 1U) != 0) value += std::int64_t{1} << base[pattern_bits - 1 - k];
    }
    return value;
}

class Zebra : public PlaneScheme {
  public:
    Zebra(const std::array<int, pattern_bits>& base, int ratio, int active_rows)
        : base_(base), ratio_(ratio), active_rows_(active_rows), codes_(zebra_codes(base, ratio)) {}

    Shape shape() const override {
        const std::int64_t greatest = std::int64_t{active_rows_} * ratio_ * ratio_;
        return {.planes = pattern_bits,
                .steps = pattern_bits,
                .signed_adc = true,
                .value = {-greatest, greatest},
                .input = {-max_magnitude, max_magnitude},
                .weight = {-max_magnitude, max_magnitude}};
    }
    /// (−1)^S · b_i · λ^P: a row's drive and a cell have the same form.
    std::int64_t drive(std::int64_t input, int step) const override {
        const ZebraCode& code = codes_[static_cast<std::size_t>(std::abs(input))];
        const std::int64_t magnitude =
            (code.bits >> step & 1U) == 0 ? 0 : (code.pattern == 1 ? ratio_ : 1);
        return input < 0 ? -magnitude : magnitude;
    }
    std::int64_t cell(std::int64_t weight, int plane) const override {
        return drive(weight, plane);
    }
    std::int64_t step_factor(int step) const override {
        return std::int64_t{1} << base_[pattern_bits - 1 - step];
    }
    std::int64_t plane_factor(int plane) const override { return step_factor(plane); }
    bool clips_input(std::int64_t input) const override {
        return codes_[static_cast<std::size_t>(std::abs(input))].clipped;
    }
    bool clips_weight(std::int64_t weight) const override { return clips_input(weight); }

  private:
    std::array<int, pattern_bits> base_;
    int ratio_;
    int active_rows_;
    std::array<ZebraCode, max_magnitude + 1> codes_;
};

}  // namespace

std::array<ZebraCode, 256> zebra_codes(const std::array<int, 4>& base, int ratio) {
    std::array<ZebraCode, max_magnitude + 1> codes;
    for (std::int64_t magnitude = 0; magnitude <= max_magnitude; ++magnitude) {
        ZebraCode best;
        std::int64_t greatest = 0;
        for (int pattern = 0; pattern <= 1; ++pattern) {
            for (unsigned bits = 0; bits < 1U << pattern_bits; ++bits) {
                const std::int64_t level = pattern_value(bits, base) * (pattern == 1 ? ratio : 1);
                const std::int64_t error = std::abs(level - magnitude);
                const std::int64_t best_error = std::abs(best.level - magnitude);
                if (error < best_error || (error == best_error && level < best.level))
                    best = {level, pattern, bits, false};
                greatest = std::max(greatest, level);
            }
        }
        best.clipped = magnitude > greatest;
        codes[static_cast<std::size_t>(magnitude)] = best;
    }
    return codes;
}

std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters& own) {
    if (own.base.size() != pattern_bits) throw Error("golden: zebra.pattern needs four positions");
    std::array<int, pattern_bits> base{};
    std::copy(own.base.begin(), own.base.end(), base.begin());
    for (int k = 0; k + 1 < pattern_bits; ++k) {
        if (base[k] <= base[k + 1])
            throw Error("golden: zebra.pattern.base must be distinct and descending");
    }
    const int ratio = own.ratio;
    if (ratio < 1 || ratio > 16 || !std::has_single_bit(static_cast<unsigned>(ratio)))
        throw Error("golden: zebra.pattern.ratio must be 1, 2, 4, 8 or 16");
    if (base[pattern_bits - 1] < 0 || base[0] + std::countr_zero(static_cast<unsigned>(ratio)) > 7)
        throw Error("golden: zebra.pattern reaches beyond bit 7");
    return std::make_unique<Zebra>(base, ratio, macro.active_rows);
}

}  // namespace golden::zebra

// SPDX-License-Identifier: Apache-2.0
/// Ternary: bit-serial unsigned inputs, a weight in the cells w+ and w-, unsigned ADC. What counts
/// is the difference of the two columns' codes.
#include "golden/bits.hpp"
#include "golden/plane_scheme.hpp"

namespace golden::ternary {
namespace {

class Ternary : public PlaneScheme {
  public:
    explicit Ternary(const Macro& macro)
        : active_rows_(macro.active_rows), input_bits_(macro.input_bits) {}

    Shape shape() const override {
        return {.planes = 2,
                .steps = input_bits_,
                .signed_adc = false,
                .value = {0, active_rows_},
                .input = unsigned_range(input_bits_),
                .weight = {-1, 1}};
    }
    std::int64_t drive(std::int64_t input, int step) const override { return bit(input, step); }
    std::int64_t cell(std::int64_t weight, int plane) const override {
        return weight == plane_factor(plane) ? 1 : 0;
    }
    std::int64_t step_factor(int step) const override { return std::int64_t{1} << step; }
    std::int64_t plane_factor(int plane) const override { return plane == 0 ? 1 : -1; }

  private:
    int active_rows_;
    int input_bits_;
};

}  // namespace

std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters&) {
    if (macro.input_bits < 1 || macro.input_bits > 8)
        throw Error("golden: input.bits must be 1 to 8");
    return std::make_unique<Ternary>(macro);
}

}  // namespace golden::ternary

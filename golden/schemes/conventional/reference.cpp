// SPDX-License-Identifier: Apache-2.0
/// The two's-complement baseline: bit-serial inputs, one weight bit per cell, unsigned ADC.
/// Source: specification, conventional.
#include "golden/bits.hpp"
#include "golden/plane_scheme.hpp"

namespace golden::conventional {
namespace {

class Conventional : public PlaneScheme {
  public:
    explicit Conventional(const Macro& macro)
        : active_rows_(macro.active_rows),
          input_bits_(macro.input_bits),
          input_signed_(macro.input_signed),
          weight_bits_(macro.weight_bits) {}

    Shape shape() const override {
        return {.planes = weight_bits_,
                .steps = input_bits_,
                .signed_adc = false,
                .value = {0, active_rows_},
                .input = number_range(input_bits_, input_signed_),
                .weight = number_range(weight_bits_, true)};
    }
    std::int64_t drive(std::int64_t input, int step) const override { return bit(input, step); }
    std::int64_t cell(std::int64_t weight, int plane) const override { return bit(weight, plane); }
    std::int64_t step_factor(int step) const override {
        return bit_factor(step, input_bits_, input_signed_);
    }
    std::int64_t plane_factor(int plane) const override {
        return bit_factor(plane, weight_bits_, true);
    }

  private:
    int active_rows_;
    int input_bits_;
    bool input_signed_;
    int weight_bits_;
};

}  // namespace

std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters&) {
    if (macro.input_bits < 1 || macro.input_bits > 8)
        throw Error("golden: input.bits must be 1 to 8");
    if (macro.weight_bits < 1 || macro.weight_bits > 8)
        throw Error("golden: weight.bits must be 1 to 8");
    return std::make_unique<Conventional>(macro);
}

}  // namespace golden::conventional

// SPDX-License-Identifier: Apache-2.0
/// binsparx on an array that is not ideal.
#include <algorithm>

#include "golden/fast/analog.hpp"
#include "golden/schemes/binsparx/fast.hpp"
#include "golden/schemes/binsparx/reference.hpp"

namespace golden::binsparx {
namespace {

std::int64_t count_positive(std::span<const std::int64_t> elements) {
    return std::count_if(elements.begin(), elements.end(), [](std::int64_t x) { return x > 0; });
}

/// y = 4Δ·code − 2·sa' + C, negative where one of row and column is inverted.
class AnalogBinary : public fast::AnalogScheme {
  public:
    AnalogBinary(const Macro& macro, const Parameters& own) : step_(macro.step_num), own_(own) {}

    void describe(std::span<const std::int64_t> weights, std::size_t, std::size_t,
                  fast::AnalogOutput& out) const override {
        const auto n = static_cast<std::int64_t>(weights.size());
        const std::int64_t ones = count_positive(weights);
        const bool flip = own_.weights && flips_weights(ones, n);
        out.sign = flip ? -1 : 1;
        out.weights = {out.sign * 4 * step_};
        out.constant = out.sign * (n - 2 * (flip ? n - ones : ones));
        out.cells.clear();
        for (const std::int64_t w : weights) out.cells.push_back((w > 0) != flip ? 1 : 0);
    }
    void add_steps(std::span<const std::int64_t> inputs, fast::AnalogSteps& steps) const override {
        const auto n = static_cast<std::int64_t>(inputs.size());
        const std::int64_t ones = count_positive(inputs);
        const bool flip = own_.activations && flips_activations(ones, n);
        steps.begin_step(flip ? -1 : 1, -2 * (flip ? n - ones : ones));
        for (std::size_t row = 0; row < inputs.size(); ++row) {
            if ((inputs[row] > 0) != flip) steps.drive(row, 1);
        }
    }
    bool drives_bits() const override { return true; }

  private:
    std::int64_t step_;
    Parameters own_;
};

}  // namespace

std::unique_ptr<fast::Engine> make_analog(const fast::Job& job, const Parameters& own) {
    return fast::make_analog_engine(job, std::make_unique<AnalogBinary>(job.spec, own));
}

}  // namespace golden::binsparx

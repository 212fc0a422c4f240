// SPDX-License-Identifier: Apache-2.0
/// bfp on an array that is not ideal: skipped steps are not driven and have no number.
#include "golden/bits.hpp"
#include "golden/fast/analog.hpp"
#include "golden/schemes/bfp/fast.hpp"
#include "golden/schemes/bfp/reference.hpp"

namespace golden::bfp {
namespace {

class AnalogBfp : public fast::AnalogScheme {
  public:
    AnalogBfp(const Macro& macro, const Parameters& own)
        : input_bits_(macro.input_bits),
          weight_bits_(macro.weight_bits),
          mantissa_(run_mantissa(own)),
          dynamic_(own.dynamic) {}

    void describe(std::span<const std::int64_t> weights, std::size_t, std::size_t,
                  fast::AnalogOutput& out) const override {
        out.cells.clear();
        out.weights.clear();
        for (int j = 0; j < weight_bits_; ++j) {
            out.weights.push_back(bit_factor(j, weight_bits_, true));
            for (const std::int64_t w : weights)
                out.cells.push_back(static_cast<std::int16_t>(bit(w, j)));
        }
    }
    void add_steps(std::span<const std::int64_t> inputs, fast::AnalogSteps& steps) const override {
        const auto passes = dynamic_ ? dynamic_passes(inputs, mantissa_, input_bits_)
                                     : static_passes(inputs, mantissa_);
        for (const BfpPass& pass : passes) {
            for (int t = 0; t < mantissa_; ++t) {
                if (pass.active_rows(t) == 0) continue;
                steps.begin_step(std::int64_t{1} << (pass.shift + t));
                for (std::size_t row = 0; row < inputs.size(); ++row) {
                    if (bit(pass.mantissas[row], t) != 0) steps.drive(row, 1);
                }
            }
        }
    }
    bool drives_bits() const override { return true; }

  private:
    int input_bits_, weight_bits_, mantissa_;
    bool dynamic_;
};

}  // namespace

std::unique_ptr<fast::Engine> make_analog(const fast::Job& job, const Parameters& own) {
    return fast::make_analog_engine(job, std::make_unique<AnalogBfp>(job.spec, own));
}

}  // namespace golden::bfp

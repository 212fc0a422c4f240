// SPDX-License-Identifier: Apache-2.0
/// column_quant on an array that is not ideal.
#include "golden/fast/analog.hpp"
#include "golden/schemes/column_quant/fast.hpp"
#include "golden/schemes/column_quant/reference.hpp"

namespace golden::column_quant {
namespace {

class AnalogColumns : public fast::AnalogScheme {
  public:
    AnalogColumns(const fast::Job& job, const Parameters& own)
        : coding_(job.spec, own),
          tensors_(job.operands, coding_.planes(), own.center),
          alpha_frac_(own.alpha_frac) {}

    void describe(std::span<const std::int64_t> weights, std::size_t tile, std::size_t output,
                  fast::AnalogOutput& out) const override {
        out = {};
        for (int j = 0; j < coding_.planes(); ++j) {
            const auto plane = static_cast<std::size_t>(j);
            const std::int64_t weight =
                coding_.plane_factor(j) * tensors_.scale(tile, plane, output);
            out.weights.push_back(weight);
            out.alpha.push_back(tensors_.alpha(tile, plane, output));
            out.center.push_back(tensors_.center(tile, plane));
            out.constant += weight * out.center.back();
            for (const std::int64_t w : weights)
                out.cells.push_back(static_cast<std::int16_t>(coding_.cell(w, j)));
        }
    }
    void add_steps(std::span<const std::int64_t> inputs, fast::AnalogSteps& steps) const override {
        for (int t = 0; t < coding_.steps(); ++t) {
            steps.begin_step(coding_.step_factor(t));
            for (std::size_t row = 0; row < inputs.size(); ++row) {
                const std::int64_t drive = coding_.drive(inputs[row], t);
                if (drive != 0) steps.drive(row, drive);
            }
        }
    }
    int alpha_frac() const override { return alpha_frac_; }
    bool drives_bits() const override { return coding_.dac_bits() == 1; }

  private:
    ColumnCoding coding_;
    ColumnTensors tensors_;
    int alpha_frac_;
};

}  // namespace

std::unique_ptr<fast::Engine> make_analog(const fast::Job& job, const Parameters& own) {
    return fast::make_analog_engine(job, std::make_unique<AnalogColumns>(job, own));
}

}  // namespace golden::column_quant

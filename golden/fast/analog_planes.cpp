#include "golden/fast/analog.hpp"
#include "golden/plane_scheme.hpp"

namespace golden::fast {
namespace {

/// Bit planes, every step driven.
class AnalogPlanes : public AnalogScheme {
  public:
    explicit AnalogPlanes(const PlaneScheme& scheme) : scheme_(scheme), shape_(scheme.shape()) {
        for (int t = 0; t < shape_.steps; ++t) factors_.push_back(scheme.step_factor(t));
        for (std::int64_t x = shape_.input.min; x <= shape_.input.max; ++x) {
            for (int t = 0; t < shape_.steps; ++t)
                drives_.push_back(static_cast<std::int16_t>(scheme.drive(x, t)));
        }
    }

    void describe(std::span<const std::int64_t> weights, std::size_t, std::size_t,
                  AnalogOutput& out) const override {
        out.cells.clear();
        out.weights.clear();
        for (int j = 0; j < shape_.planes; ++j) {
            out.weights.push_back(scheme_.plane_factor(j));
            for (const std::int64_t w : weights)
                out.cells.push_back(static_cast<std::int16_t>(scheme_.cell(w, j)));
        }
    }
    void add_steps(std::span<const std::int64_t> inputs, AnalogSteps& steps) const override {
        const auto count = static_cast<std::size_t>(shape_.steps);
        for (std::size_t t = 0; t < count; ++t)
            steps.add_step(factors_[t], inputs.size(), [&](std::size_t row) {
                return drives_[static_cast<std::size_t>(inputs[row] - shape_.input.min) * count +
                               t];
            });
    }
    bool drives_bits() const override { return shape_.value.min == 0; }

  private:
    const PlaneScheme& scheme_;
    Shape shape_;
    std::vector<std::int64_t> factors_;
    std::vector<std::int16_t> drives_;  ///< [input][step]
};

}  // namespace

std::unique_ptr<Engine> make_analog_planes(const Job& job) {
    const auto& scheme = dynamic_cast<const PlaneScheme&>(job.scheme);
    return make_analog_engine(job, std::make_unique<AnalogPlanes>(scheme));
}

}  // namespace golden::fast

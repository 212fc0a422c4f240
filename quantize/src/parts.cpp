// SPDX-License-Identifier: Apache-2.0
#include "quantize/parts.hpp"

#include "quantize_blocks.hpp"
#include "quantize_rounding.hpp"
#include "quantize_search.hpp"

namespace quantize {

struct InputQuantizer::Rounding {
    Rounder rounder;
};

InputQuantizer::InputQuantizer(const generator::Config& config, std::span<const double> values,
                               const operands::Tensor<double>& vectors) {
    const quantize::Rounding rounding = rounding_of(config).inputs;
    const Fit fit = rounding.block_rows > 0 ? best_block_fit(vectors, rounding)
                                            : best_fit(values, rounding, values.size());
    scale_ = fit.scale;
    zero_point_ = fit.zero_point;
    rounding_ = std::make_unique<Rounding>(Rounding{Rounder(rounding, fit.zero_point)});
}

InputQuantizer::~InputQuantizer() = default;
InputQuantizer::InputQuantizer(InputQuantizer&&) noexcept = default;
InputQuantizer& InputQuantizer::operator=(InputQuantizer&&) noexcept = default;

std::int64_t InputQuantizer::operator()(double x) const {
    return rounding_->rounder.nearest(x / scale_) + zero_point_;
}

void InputQuantizer::operator()(std::span<const float> x, std::span<std::int32_t> q) const {
    rounding_->rounder.nearest(x, scale_, static_cast<int>(zero_point_), q);
}

WeightIntegers quantize_weights(const generator::Config& config,
                                const operands::Tensor<double>& weights, bool per_output) {
    const Rounding rounding = rounding_of(config).weights;
    const Rounder rounder(rounding);
    const std::size_t size = weights.data.size(), fits = per_output ? weights.shape[1] : 1;
    WeightIntegers out{{weights.shape, std::vector<std::int64_t>(size)}, {}};
    std::vector<double> column;
    for (std::size_t first = 0; first < fits; ++first) {
        column.clear();
        for (std::size_t n = first; n < size; n += fits) column.push_back(weights.data[n]);
        const Fit fit = best_scale(column, rounding, size);
        out.scale.push_back(fit.scale);
        for (std::size_t n = first; n < size; n += fits) {
            out.integers.data[n] = rounder.nearest(weights.data[n] / fit.scale);
        }
    }
    return out;
}

bool counts_steps(const generator::Config& config) { return rounding_of(config).counts_steps; }
bool takes_columns(const generator::Config& config) { return rounding_of(config).fits_columns; }

}  // namespace quantize

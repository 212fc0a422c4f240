// SPDX-License-Identifier: Apache-2.0
/// What the macro's own transfer takes from the calibration: columns' scales, the ADC's step.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "golden/fast.hpp"
#include "lowering.hpp"
#include "network/mapping.hpp"
#include "operands/npy.hpp"
#include "operands/operands.hpp"
#include "quantize/columns.hpp"
#include "quantize/step.hpp"

namespace network {

namespace {

constexpr std::size_t step_vectors = 256;  ///< of the sample that a step is rated on

}  // namespace

golden::Matrix MappedLayer::sample_inputs(const Sample& sample, std::size_t group) const {
    const Lowering& l = *layer_->lowering;
    const std::vector<double>& from = sample.vectors[group];
    golden::Matrix x{from.size() / l.depth, l.depth, std::vector<std::int64_t>(from.size())};
    for (std::size_t n = 0; n < from.size(); ++n) {
        x.data[n] =
            quantizer_ ? (*quantizer_)(from[n])
                       : static_cast<std::int64_t>(std::nearbyint(from[n] / input_scale_)) + shift_;
    }
    return x;
}

void MappedLayer::fit_columns(const Sample& sample) {
    if (!quantize::takes_columns(macro_.design.config)) {
        if (!macro_.files.empty()) fail("alpha, scale and center are column_quant's alone");
        return;
    }
    if (!macro_.files.empty()) {
        read_columns(sample);
        return;
    }
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const golden::Matrix &w = groups_[g].operands.weights, x = sample_inputs(sample, g);
        const quantize::ColumnScales fit = quantize::fit_columns(
            macro_.design, {{w.rows, w.cols}, w.data}, {{x.rows, x.cols}, x.data}, false);
        groups_[g].operands.alpha = fit.alpha.data;
        groups_[g].operands.scale = fit.scale.data;
        groups_[g].operands.center = fit.center.data;
        for (double& unit : groups_[g].unit) unit *= fit.unit;
    }
}

/// alpha, scale and centre of files, in the calibration's place; a unit of the result is what fits
/// its products best.
void MappedLayer::read_columns(const Sample& sample) {
    if (groups_.size() != 1) fail("alpha, scale and center of files are for layers of one group");
    golden::Operands& o = groups_[0].operands;
    for (const auto& [name, path] : macro_.files) {
        *operands::find_operand(o, name) = operands::read_npy_int(path).data;
    }
    golden::Operands trial = o;
    trial.inputs = sample_inputs(sample, 0);
    if (spec_.bias) trial.bias.assign(trial.weights.cols, 0);
    const golden::Matrix y = golden::run_fast(spec_, trial, 0, false).outputs;
    double square = 0, product = 0;
    for (std::size_t v = 0; v < y.rows; ++v) {
        for (std::size_t m = 0; m < y.cols; ++m) {
            double exact = 0;
            for (std::size_t k = 0; k < trial.inputs.cols; ++k) {
                exact += static_cast<double>(trial.inputs(v, k) * trial.weights(k, m));
            }
            square += static_cast<double>(y(v, m)) * static_cast<double>(y(v, m));
            product += static_cast<double>(y(v, m)) * exact;
        }
    }
    if (!(product > 0)) fail("alpha and scale give nothing of the calibration's products");
    for (double& unit : groups_[0].unit) unit *= product / square;
}

void MappedLayer::fit_step(const Sample& sample) {
    std::vector<quantize::StepTrial> trials;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        quantize::StepTrial t{groups_[g].operands, {}};
        t.operands.inputs = sample_inputs(sample, g);
        const std::size_t most = std::max<std::size_t>(1, step_vectors / groups_.size());
        t.operands.inputs.rows = std::min(t.operands.inputs.rows, most);
        t.operands.inputs.data.resize(t.operands.inputs.rows * t.operands.inputs.cols);
        const auto first =
            weight_scale_.begin() + static_cast<std::ptrdiff_t>(g * layer_->lowering->outputs);
        t.weight.assign(first, first + static_cast<std::ptrdiff_t>(layer_->lowering->outputs));
        trials.push_back(std::move(t));
    }
    macro_.design.config.adc.step = quantize::best_step(macro_.design, trials);
    macro_.design = generator::elaborate(macro_.design.config);
    spec_ = operands::to_spec(macro_.design.config, macro_.settings);
}

void MappedLayer::find_bits(const Sample& sample) {
    golden::Spec spec = spec_;
    spec.analog = {};
    const int most = quantize::takes_columns(macro_.design.config) ? 8 : 16;
    int low = 1, high = most;
    std::vector<golden::Operands> operands;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        golden::Operands o = groups_[g].operands;
        o.inputs = sample_inputs(sample, g);
        operands.push_back(std::move(o));
    }
    while (low < high) {
        const int bits = (low + high) / 2;
        spec.adc_bits = bits;
        spec.accumulator_bits = std::nullopt;
        std::uint64_t clipped = 0;
        for (const golden::Operands& o : operands)
            clipped += golden::run_fast(spec, o, 0, false).adc_clipped;
        if (clipped == 0) {
            high = bits;
        } else {
            low = bits + 1;
        }
    }
    bits_no_clip_ = low;
}

}  // namespace network

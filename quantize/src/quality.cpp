// SPDX-License-Identifier: Apache-2.0
#include "quality.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "golden/fast.hpp"
#include "operands/operands.hpp"

namespace quantize {

namespace {

golden::Matrix to_matrix(const operands::Tensor<std::int64_t>& t) {
    return {t.shape[0], t.shape[1], t.data};
}

}  // namespace

double result_db(const generator::Config& config, const Quantized& q) {
    golden::Operands operands{.inputs = to_matrix(q.inputs), .weights = to_matrix(q.weights)};
    operands.bias = q.bias;
    if (config.accumulator.bias) operands.bias.resize(q.weights.shape[1]);
    for (const auto& [name, tensor] : q.operands) {
        *operands::find_operand(operands, name) = tensor.data;
    }
    const golden::Result result = golden::run_fast(operands::to_spec(config), operands);
    const std::size_t vectors = q.inputs.shape[0], features = q.inputs.shape[1];
    const std::size_t outputs = q.weights.shape[1];
    std::vector<double> exact(vectors * outputs), found(vectors * outputs);
    for (std::size_t v = 0; v < vectors; ++v) {
        double* row = &exact[v * outputs];
        for (std::size_t k = 0; k < features; ++k) {
            const auto x =
                static_cast<double>(q.inputs.data[v * features + k] - q.input_zero_point);
            if (x == 0) continue;
            const std::int64_t* w = &q.weights.data[k * outputs];
            for (std::size_t o = 0; o < outputs; ++o) row[o] += x * static_cast<double>(w[o]);
        }
        for (std::size_t o = 0; o < outputs; ++o) {
            const std::size_t n = q.weight_scale.size() == 1 ? 0 : o;
            row[o] *= q.input_scale * q.weight_scale[n];
            found[v * outputs + o] = static_cast<double>(result.outputs(v, o)) * q.output_scale[n];
        }
    }
    return sqnr_db(exact, found);
}

double sqnr_db(std::span<const double> reference, std::span<const double> estimate) {
    double largest = 0;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        largest = std::max({largest, std::abs(reference[i]), std::abs(estimate[i])});
    }
    int exponent = 0;  // so that no square overflows, and the large ones do not vanish
    std::frexp(largest, &exponent);
    double signal = 0, noise = 0;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        const double r = std::ldexp(reference[i], -exponent);
        const double e = r - std::ldexp(estimate[i], -exponent);
        signal += r * r;
        noise += e * e;
    }
    if (noise == 0) return std::numeric_limits<double>::infinity();
    return 10 * std::log10(signal / noise);
}

}  // namespace quantize

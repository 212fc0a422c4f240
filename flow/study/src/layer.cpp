// SPDX-License-Identifier: Apache-2.0
#include "study/layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/hash.hpp"

namespace study {

namespace {

operands::Tensor<double> read_matrix(const std::string& path, bool is_float) {
    operands::Tensor<double> t;
    if (is_float) {
        t = operands::read_npy_float(path);
    } else {
        const auto integers = operands::read_npy_int(path);
        t = {integers.shape, {integers.data.begin(), integers.data.end()}};
    }
    if (t.shape.size() == 2 && t.shape[0] > 0 && t.shape[1] > 0) return t;
    throw base::Error(path + ": error: expected a matrix, none of its dimensions 0");
}

std::vector<double> multiply(const operands::Tensor<double>& x, const operands::Tensor<double>& w) {
    const std::size_t k_end = w.shape[0], m_end = w.shape[1];
    std::vector<double> y(x.shape[0] * m_end, 0.0);
    for (std::size_t v = 0; v < x.shape[0]; ++v) {
        for (std::size_t k = 0; k < k_end; ++k) {
            const double value = x.data[v * k_end + k];
            for (std::size_t m = 0; m < m_end; ++m) {
                y[v * m_end + m] += value * w.data[k * m_end + m];
            }
        }
    }
    return y;
}

std::string hash_of(const LayerFiles& files) {
    std::string text = fmt::format("{}", files.vectors);
    const auto add = [&](const std::string& name, const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (!in) throw base::Error(path + ": error: cannot be read");
        text += fmt::format("\n{} {}", name, base::sha256(bytes));
    };
    add("weights", files.weights);
    add("inputs", files.inputs);
    for (const auto& [name, path] : files.operands) add(name, path);
    return base::sha256(text);
}

}  // namespace

bool Layer::has_negative_inputs() const {
    return std::ranges::any_of(inputs.data, [](double x) { return x < 0; });
}

Layer read_layer(const LayerFiles& files) {
    const bool float_weights = operands::npy_is_float(files.weights);
    const bool float_inputs = operands::npy_is_float(files.inputs);
    Layer layer{files,
                read_matrix(files.weights, float_weights),
                read_matrix(files.inputs, float_inputs),
                !float_weights && !float_inputs,
                {},
                {}};
    if (layer.features() != layer.weights.shape[0]) {
        throw base::Error(fmt::format(
            "{}: error: found {} features beside weights of {} rows; expected the same number",
            files.inputs, layer.features(), layer.weights.shape[0]));
    }
    if (files.vectors != 0 && files.vectors < layer.vectors()) {
        layer.inputs.shape[0] = files.vectors;
        layer.inputs.data.resize(files.vectors * layer.features());
    }
    layer.product = multiply(layer.inputs, layer.weights);
    layer.hash = hash_of(files);
    return layer;
}

}  // namespace study

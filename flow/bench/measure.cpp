// SPDX-License-Identifier: Apache-2.0
#include "measure.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <random>
#include <vector>

namespace bench {

namespace {

golden::Matrix random_matrix(std::mt19937_64& rng, std::size_t rows, std::size_t cols, int low,
                             int high, int stride = 1) {
    std::uniform_int_distribution<std::int64_t> value(0, (high - low) / stride);
    golden::Matrix matrix{rows, cols, std::vector<std::int64_t>(rows * cols)};
    for (auto& element : matrix.data) element = low + stride * value(rng);
    return matrix;
}

}  // namespace

double seconds(const std::function<void()>& work) {
    const std::clock_t start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

Pair::Pair(const std::function<void()>& yardstick_work, const std::function<void()>& subject_work) {
    for (int run = 0; run < run_count; ++run) {
        yardstick = std::min(yardstick, seconds(yardstick_work));
        subject = std::min(subject, seconds(subject_work));
    }
}

golden::Operands random_operands(const golden::Spec& spec, const Shape& shape) {
    std::mt19937_64 rng(1);
    const bool binary = spec.scheme() == "binsparx", zebra = spec.scheme() == "zebra";
    const int x_max = binary ? 1 : zebra ? 60 : (1 << spec.input_bits) - 1;
    const int w_max = binary ? 1 : zebra ? 60 : (1 << (spec.weight_bits - 1)) - 1;
    golden::Operands operands{
        random_matrix(rng, shape.vectors, shape.features, binary || zebra ? -x_max : 0, x_max,
                      binary ? 2 : 1),
        random_matrix(rng, shape.features, shape.outputs, -w_max, w_max, binary ? 2 : 1)};
    if (spec.scheme() == "column_quant") {
        const auto resolved = golden::resolve(spec);
        const std::size_t tiles = (shape.features + spec.rows - 1) / spec.rows;
        const std::size_t columns = tiles * resolved.planes * shape.outputs;
        // v about half of its maximum, spread over the window by alpha.
        std::uniform_int_distribution<std::int64_t> alpha(
            0, (2LL << spec.as<golden::column_quant::Parameters>().alpha_frac) * resolved.code_max /
                   resolved.v_max);
        std::uniform_int_distribution<std::int64_t> scale(0, 255);
        for (std::size_t i = 0; i < columns; ++i) {
            operands.alpha.push_back(alpha(rng));
            operands.scale.push_back(scale(rng));
        }
    }
    return operands;
}

void print_head(const std::string& title, const char* unit, const char* yardstick) {
    std::printf("\n%-56s %10s %10s %8s\n", title.c_str(), unit, yardstick, "ratio");
}

void print_row(const std::string& name, double rate, double yardstick) {
    std::printf("%-56s %10.3g %10.3g %8.2f\n", name.c_str(), rate, yardstick, rate / yardstick);
}

}  // namespace bench

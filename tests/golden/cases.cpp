#include "cases.hpp"

#include <algorithm>
#include <sstream>

namespace golden_test {

using golden::Matrix;
using golden::Operands;
using golden::Spec;

std::int64_t draw(Rng& rng, std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(rng);
}

Matrix matrix(const std::vector<std::vector<std::int64_t>>& rows) {
    Matrix result{rows.size(), rows.front().size(), {}};
    for (const auto& row : rows) result.data.insert(result.data.end(), row.begin(), row.end());
    return result;
}

Spec conventional(int rows, int input_bits, int weight_bits) {
    Spec spec;
    spec.scheme = "conventional";
    spec.rows = spec.active_rows = rows;
    spec.outputs = 1;
    spec.input_bits = input_bits;
    spec.weight_bits = weight_bits;
    return spec;
}

Spec zebra(int rows, const std::string& pattern) {
    Spec spec;
    spec.scheme = "zebra";
    spec.rows = spec.active_rows = rows;
    spec.outputs = 1;
    const bool narrow = pattern == "option1" || pattern == "window2";
    if (narrow) spec.zebra_base = {3, 2, 1, 0};
    if (pattern == "option2") spec.zebra_base = {6, 4, 2, 0};
    if (pattern == "option1_paired") spec.zebra_base = {5, 4, 1, 0};
    spec.zebra_ratio = pattern == "option2" || pattern == "window2" ? 2 : 4;
    return spec;
}

namespace {

Spec random_zebra(Rng& rng, int rows) {
    static const char* const kPatterns[] = {"option1", "option2", "option1_paired", "window2"};
    Spec spec = zebra(rows, kPatterns[draw(rng, 0, 3)]);
    if (draw(rng, 0, 3) == 0) {  // any four positions with any ratio that fits
        std::vector<int> positions = {0, 1, 2, 3, 4, 5, 6, 7};
        std::shuffle(positions.begin(), positions.end(), rng);
        positions.resize(4);
        std::sort(positions.rbegin(), positions.rend());
        spec.zebra_base = positions;
        spec.zebra_ratio = 1 << draw(rng, 0, std::min(4, 7 - positions[0]));
    }
    return spec;
}

void randomize_adc(Rng& rng, Spec& spec) {
    const std::int64_t kind = draw(rng, 0, 5);
    if (kind == 1) spec.step_num = static_cast<int>(draw(rng, 1, 12));
    if (kind == 2) spec.step_num = 1 << draw(rng, 0, 6);
    if (kind >= 3) {
        const std::int64_t limit = kind == 5 ? 65535 : 40;
        spec.step_num = static_cast<int>(draw(rng, 1, limit));
        spec.step_den = static_cast<int>(draw(rng, 1, limit));
    }
    if (draw(rng, 0, 2) != 0) spec.adc_bits = static_cast<int>(draw(rng, 1, 9));
    if (!spec.adc_bits) {
        try {
            golden::resolve(spec);
        } catch (const golden::Error&) {
            spec.adc_bits = 16;  // auto would need more
        }
    }
}

}  // namespace

Spec random_spec(Rng& rng) {
    const int active = static_cast<int>(draw(rng, 1, draw(rng, 0, 3) == 0 ? 70 : 20));
    const int groups = static_cast<int>(draw(rng, 1, active > 20 ? 1 : 3));
    Spec spec;
    if (draw(rng, 0, 1) == 0) {
        spec =
            conventional(1, static_cast<int>(draw(rng, 1, 8)), static_cast<int>(draw(rng, 1, 8)));
        spec.input_signed = draw(rng, 0, 1) == 1;
    } else {
        spec = random_zebra(rng, 1);
    }
    spec.active_rows = active;
    spec.rows = active * groups;
    spec.outputs = static_cast<int>(draw(rng, 1, 6));
    spec.max_tiles = static_cast<int>(draw(rng, 1, 4));
    randomize_adc(rng, spec);
    if (draw(rng, 0, 2) == 0) spec.accumulator_bits = static_cast<int>(draw(rng, 2, 18));
    spec.bias = draw(rng, 0, 2) == 0;
    spec.chain = draw(rng, 0, 4) == 0;
    return spec;
}

Operands random_operands(Rng& rng, const Spec& spec) {
    std::int64_t x_min = -255, x_max = 255, w_min = -255, w_max = 255;
    if (spec.scheme == "conventional") {
        const std::int64_t values = std::int64_t{1} << spec.input_bits;
        x_min = spec.input_signed ? -values / 2 : 0;
        x_max = x_min + values - 1;
        w_min = -(std::int64_t{1} << spec.weight_bits) / 2;
        w_max = -w_min - 1;
    }
    const std::size_t k = draw(rng, 1, std::int64_t{spec.rows} * spec.max_tiles);
    const std::size_t m = draw(rng, 1, 2 * spec.outputs + 1);
    const std::size_t v = draw(rng, 1, 6);
    Operands operands;
    operands.inputs = {v, k, std::vector<std::int64_t>(v * k)};
    operands.weights = {k, m, std::vector<std::int64_t>(k * m)};
    const std::int64_t style = draw(rng, 0, 4);  // 0: greatest values, 1: least, 2: sparse
    const auto element = [&](std::int64_t low, std::int64_t high) {
        if (style == 0) return high;
        if (style == 1) return low;
        if (style == 2 && draw(rng, 0, 3) != 0) return std::int64_t{0};
        return draw(rng, low, high);
    };
    for (auto& x : operands.inputs.data) x = element(x_min, x_max);
    for (auto& w : operands.weights.data) w = element(w_min, w_max);
    if (spec.bias) {
        const std::int64_t end = std::int64_t{1} << (golden::resolve(spec).accumulator_bits - 1);
        for (std::size_t o = 0; o < m; ++o) operands.bias.push_back(draw(rng, -end, end - 1));
    }
    return operands;
}

Matrix product(const Matrix& x, const Matrix& w) {
    Matrix y{x.rows, w.cols, std::vector<std::int64_t>(x.rows * w.cols)};
    for (std::size_t v = 0; v < x.rows; ++v) {
        for (std::size_t k = 0; k < x.cols; ++k) {
            for (std::size_t o = 0; o < w.cols; ++o) y(v, o) += x(v, k) * w(k, o);
        }
    }
    return y;
}

std::string describe(const Spec& spec, const Operands& operands) {
    std::ostringstream text;
    text << spec.scheme << " rows " << spec.rows << " active " << spec.active_rows << " outputs "
         << spec.outputs << " adc " << spec.adc_bits.value_or(0) << " step " << spec.step_num << "/"
         << spec.step_den << " max_tiles " << spec.max_tiles << " acc "
         << spec.accumulator_bits.value_or(0) << " bias " << spec.bias << " input "
         << spec.input_bits << (spec.input_signed ? " signed" : "") << " weight "
         << spec.weight_bits << " ratio " << spec.zebra_ratio << " base";
    for (int position : spec.zebra_base) text << " " << position;
    text << "; V " << operands.inputs.rows << " K " << operands.inputs.cols << " M "
         << operands.weights.cols;
    return text.str();
}

}  // namespace golden_test

// SPDX-License-Identifier: Apache-2.0
#include "cases.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include "golden/scheme.hpp"

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
    spec.own = golden::conventional::Parameters{};
    spec.rows = spec.active_rows = rows;
    spec.outputs = 1;
    spec.input_bits = input_bits;
    spec.weight_bits = weight_bits;
    return spec;
}

Spec zebra(int rows, const std::string& pattern) {
    Spec spec;
    spec.own = golden::zebra::Parameters{};
    spec.rows = spec.active_rows = rows;
    spec.outputs = 1;
    const bool narrow = pattern == "option1" || pattern == "window2";
    if (narrow) zebra_of(spec).base = {3, 2, 1, 0};
    if (pattern == "option2") zebra_of(spec).base = {6, 4, 2, 0};
    if (pattern == "option1_paired") zebra_of(spec).base = {5, 4, 1, 0};
    zebra_of(spec).ratio = pattern == "option2" || pattern == "window2" ? 2 : 4;
    return spec;
}

Spec bfp(int rows, int input_bits, int weight_bits, int mantissa, bool dynamic) {
    Spec spec = conventional(rows, input_bits, weight_bits);
    spec.own = golden::bfp::Parameters{dynamic, mantissa, 0};
    return spec;
}

Spec column_quant(int rows, int input_bits, int weight_bits, int adc_bits) {
    Spec spec = conventional(rows, input_bits, weight_bits);
    spec.own = golden::column_quant::Parameters{};
    spec.adc_bits = adc_bits;
    return spec;
}

Spec binsparx(int rows) {
    Spec spec;
    spec.own = golden::binsparx::Parameters{};
    spec.rows = spec.active_rows = rows;
    spec.outputs = 1;
    return spec;
}

namespace {

Spec random_zebra(Rng& rng, int rows) {
    static const char* const pattern_count[] = {"option1", "option2", "option1_paired", "window2"};
    Spec spec = zebra(rows, pattern_count[draw(rng, 0, 3)]);
    if (draw(rng, 0, 3) == 0) {  // any four positions with any ratio that fits
        std::vector<int> positions = {0, 1, 2, 3, 4, 5, 6, 7};
        std::shuffle(positions.begin(), positions.end(), rng);
        positions.resize(4);
        std::sort(positions.rbegin(), positions.rend());
        zebra_of(spec).base = positions;
        zebra_of(spec).ratio = 1 << draw(rng, 0, std::min(4, 7 - positions[0]));
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
        if (spec.scheme() != "binsparx") spec.step_den = static_cast<int>(draw(rng, 1, limit));
    }
    if (draw(rng, 0, 2) != 0) spec.adc_bits = static_cast<int>(draw(rng, 1, 9));
    if (!spec.adc_bits) {
        try {
            golden::resolve(spec);
        } catch (const base::Error&) {
            spec.adc_bits = 16;  // auto would need more
        }
    }
}

Spec random_conventional(Rng& rng) {
    Spec spec =
        conventional(1, static_cast<int>(draw(rng, 1, 8)), static_cast<int>(draw(rng, 1, 8)));
    spec.input_signed = draw(rng, 0, 1) == 1;
    return spec;
}

Spec random_bfp(Rng& rng) {
    const int input_bits = static_cast<int>(draw(rng, 2, 8));
    Spec spec = bfp(1, input_bits, static_cast<int>(draw(rng, 1, 8)),
                    static_cast<int>(draw(rng, 1, input_bits)), draw(rng, 0, 1) == 1);
    bfp_of(spec).mantissa = static_cast<int>(draw(rng, 0, bfp_of(spec).mantissa_max));
    return spec;
}

int random_divisor(Rng& rng, int dividend, int limit) {
    int divisor = 0;
    do divisor = static_cast<int>(draw(rng, 1, limit));
    while (dividend % divisor != 0);
    return divisor;
}

Spec random_column_quant(Rng& rng) {
    Spec spec = column_quant(1, static_cast<int>(draw(rng, 1, 8)),
                             static_cast<int>(draw(rng, 2, 8)), static_cast<int>(draw(rng, 1, 8)));
    auto& own = column_quant_of(spec);
    own.cell_bits = random_divisor(rng, spec.weight_bits, 4);
    own.dac_bits = draw(rng, 0, 2) == 0 ? 0 : random_divisor(rng, spec.input_bits, spec.input_bits);
    own.differential = draw(rng, 0, 1) == 1;
    own.alpha_frac = static_cast<int>(draw(rng, 0, 24));
    own.scale_bits = static_cast<int>(draw(rng, 1, 16));
    own.center = static_cast<int>(draw(rng, 0, 1) == 0 ? draw(rng, -3, 3) : draw(rng, -128, 127));
    return spec;
}

Spec random_binsparx(Rng& rng) {
    Spec spec;
    spec.own = golden::binsparx::Parameters{draw(rng, 0, 1) == 1, draw(rng, 0, 1) == 1,
                                            draw(rng, 0, 3) == 0};
    return spec;
}

const std::map<std::string, Spec (*)(Rng&)> maker_table = {
    {"bfp", random_bfp},
    {"binsparx", random_binsparx},
    {"column_quant", random_column_quant},
    {"conventional", random_conventional},
    {"zebra", [](Rng& rng) { return random_zebra(rng, 1); }},
};

/// alpha, scale and, half of the time, centres. Most alphas spread the codes over about the ADC's
/// window, some are extreme, some a half, which makes ties.
void random_columns(Rng& rng, const Spec& spec, Operands& operands) {
    const auto resolved = golden::resolve(spec);
    const auto tiles = (operands.inputs.cols + spec.rows - 1) / spec.rows;
    const std::size_t columns = tiles * resolved.planes * operands.weights.cols;
    const std::int64_t one = std::int64_t{1} << column_quant_of(spec).alpha_frac;
    const std::int64_t even =
        (resolved.code_max + 2) * one / std::max<std::int64_t>(resolved.v_max, 1);
    for (std::size_t i = 0; i < columns; ++i) {
        const std::int64_t kind = draw(rng, 0, 9);
        std::int64_t alpha = draw(rng, 0, 4 * even);
        if (kind == 0) alpha = draw(rng, 0, 65535);
        if (kind == 1) alpha = 65535;
        if (kind == 2) alpha = one / 2;
        operands.alpha.push_back(std::clamp<std::int64_t>(alpha, 0, 65535));
        operands.scale.push_back(draw(rng, 0, (1 << column_quant_of(spec).scale_bits) - 1));
    }
    if (draw(rng, 0, 1) == 0) return;
    const std::int64_t reach = draw(rng, 0, 1) == 0 ? 3 : 128;
    for (std::size_t i = 0; i < tiles * resolved.planes; ++i)
        operands.center.push_back(draw(rng, -reach, reach - 1));
}

}  // namespace

Spec random_spec(Rng& rng) { return random_spec(rng, scheme_names[draw(rng, 0, 4)]); }

Spec random_spec(Rng& rng, const std::string& scheme) {
    const int active = static_cast<int>(draw(rng, 1, draw(rng, 0, 3) == 0 ? 70 : 20));
    const int groups = static_cast<int>(draw(rng, 1, active > 20 ? 1 : 3));
    Spec spec = maker_table.at(scheme)(rng);
    spec.active_rows = active;
    spec.rows = active * groups;
    spec.outputs = static_cast<int>(draw(rng, 1, 6));
    spec.max_tiles = static_cast<int>(draw(rng, 1, 4));
    if (scheme != "column_quant") randomize_adc(rng, spec);
    if (draw(rng, 0, 2) == 0) spec.accumulator_bits = static_cast<int>(draw(rng, 2, 18));
    spec.bias = draw(rng, 0, 2) == 0;
    spec.chain = draw(rng, 0, 4) == 0;
    return spec;
}

Operands random_operands(Rng& rng, const Spec& spec) {
    const std::size_t k = draw(rng, 1, std::int64_t{spec.rows} * spec.max_tiles);
    const std::size_t m = draw(rng, 1, 2 * spec.outputs + 1);
    return random_operands(rng, spec, draw(rng, 1, 6), k, m, draw(rng, 0, 4));
}

Operands random_operands(Rng& rng, const Spec& spec, std::size_t v, std::size_t k, std::size_t m,
                         std::int64_t style) {
    const auto shape = golden::make_scheme(spec)->shape();
    const auto element = [&](const golden::Range& range) {
        if (style == 0) return range.max;
        if (style == 1) return range.min;
        if (style == 2 && draw(rng, 0, 3) != 0) return range.holds(0) ? 0 : range.min;
        return range.min + draw(rng, 0, (range.max - range.min) / range.stride) * range.stride;
    };
    Operands operands{{v, k, std::vector<std::int64_t>(v * k)},
                      {k, m, std::vector<std::int64_t>(k * m)}};
    for (auto& x : operands.inputs.data) x = element(shape.input);
    for (auto& w : operands.weights.data) w = element(shape.weight);
    const std::int64_t end = std::int64_t{1} << (golden::resolve(spec).accumulator_bits - 1);
    if (spec.bias) {
        for (std::size_t o = 0; o < m; ++o) operands.bias.push_back(draw(rng, -end, end - 1));
    }
    if (spec.scheme() == "binsparx" && binsparx_of(spec).threshold) {
        const std::int64_t reach = std::min(end - 1, static_cast<std::int64_t>(k));
        for (std::size_t o = 0; o < m; ++o) operands.threshold.push_back(draw(rng, -reach, reach));
    }
    if (spec.scheme() == "column_quant") random_columns(rng, spec, operands);
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
    text << spec.scheme() << " rows " << spec.rows << " active " << spec.active_rows << " outputs "
         << spec.outputs << " adc " << spec.adc_bits.value_or(0) << " step " << spec.step_num << "/"
         << spec.step_den << " max_tiles " << spec.max_tiles << " acc "
         << spec.accumulator_bits.value_or(0) << " bias " << spec.bias << " input "
         << spec.input_bits << (spec.input_signed ? " signed" : "") << " weight "
         << spec.weight_bits;
    if (spec.scheme() == "zebra") {
        text << " ratio " << zebra_of(spec).ratio << " base";
        for (int position : zebra_of(spec).base) text << " " << position;
    }
    if (spec.scheme() == "bfp")
        text << " dynamic " << bfp_of(spec).dynamic << " m " << bfp_of(spec).mantissa << " of "
             << bfp_of(spec).mantissa_max;
    if (spec.scheme() == "binsparx")
        text << " sparse weights " << binsparx_of(spec).weights << " activations "
             << binsparx_of(spec).activations << " threshold " << binsparx_of(spec).threshold;
    if (spec.scheme() == "column_quant") {
        const auto& own = column_quant_of(spec);
        text << " cell " << own.cell_bits << " differential " << own.differential << " dac "
             << own.dac_bits << " alpha_frac " << own.alpha_frac << " scale " << own.scale_bits
             << " center " << own.center << (operands.center.empty() ? "" : " (tensor)");
    }
    text << "; V " << operands.inputs.rows << " K " << operands.inputs.cols << " M "
         << operands.weights.cols;
    return text.str();
}

}  // namespace golden_test

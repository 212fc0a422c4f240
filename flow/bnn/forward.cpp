#include "forward.hpp"

#include <algorithm>
#include <cmath>

#include "generator/design.hpp"
#include "base/error.hpp"
#include "generator/load.hpp"
#include "operands/operands.hpp"
#include "sim/run.hpp"

namespace bnn {

namespace {

struct Extent {
    std::size_t height, width;
    std::size_t kernel;  ///< of the window, 0: all
    std::size_t stride;
};

Extent extent_of(const Layer& layer, const Maps& x) {
    if (layer.kernel == 0) return {1, 1, 0, 1};
    const auto k = static_cast<std::size_t>(layer.kernel),
               s = static_cast<std::size_t>(layer.stride);
    if (x.height < k || x.width < k)
        throw base::Error(layer.name + ": error: larger than its input");
    return {(x.height - k) / s + 1, (x.width - k) / s + 1, k, s};
}

/// Every window of every image as a row (V, K).
template <class T>
void windows(const Layer& layer, const Maps& x, std::vector<T>& rows) {
    const Extent e = extent_of(layer, x);
    const std::size_t high = e.kernel == 0 ? x.height : e.kernel;
    const std::size_t line = (e.kernel == 0 ? x.width : e.kernel) * x.channels;
    if (high * line != layer.weights.rows) {
        throw base::Error(layer.name + ": error: its weights do not fit its input");
    }
    rows.clear();
    rows.reserve(x.images * e.height * e.width * high * line);
    for (std::size_t i = 0; i < x.images; ++i) {
        for (std::size_t oy = 0; oy < e.height; ++oy) {
            for (std::size_t ox = 0; ox < e.width; ++ox) {
                for (std::size_t ky = 0; ky < high; ++ky) {
                    const std::size_t y = oy * e.stride + ky;
                    const auto* from =
                        &x.values[((i * x.height + y) * x.width + ox * e.stride) * x.channels];
                    rows.insert(rows.end(), from, from + line);
                }
            }
        }
    }
}

/// Maximum over squares.
Maps pooled(const Maps& x, std::size_t side) {
    if (side == 1) return x;
    Maps y{x.images, x.height / side, x.width / side, x.channels, {}};
    y.values.assign(y.images * y.height * y.width * y.channels, -1);
    for (std::size_t i = 0; i < y.images; ++i) {
        for (std::size_t r = 0; r < y.height * side; ++r) {
            for (std::size_t q = 0; q < y.width * side; ++q) {
                const auto* from = &x.values[((i * x.height + r) * x.width + q) * x.channels];
                auto* to = &y.values[((i * y.height + r / side) * y.width + q / side) * y.channels];
                for (std::size_t c = 0; c < x.channels; ++c) to[c] = std::max(to[c], from[c]);
            }
        }
    }
    return y;
}

Maps shaped(const Layer& layer, const Maps& x, std::vector<std::int8_t> values) {
    const Extent e = extent_of(layer, x);
    Maps y{x.images, e.height, e.width, layer.weights.cols, std::move(values)};
    return pooled(y, static_cast<std::size_t>(layer.pool));
}

void add_cost(const golden::Result& r, std::size_t vectors, std::size_t images, LayerCost& cost) {
    const auto mean = [&](double& total, double value) {
        const auto before = static_cast<double>(cost.vectors), now = static_cast<double>(vectors);
        total = (total * before + value * now) / (before + now);
    };
    for (const auto& [name, value] : r.statistics) {
        const auto whole = static_cast<std::int64_t>(value);
        if (name == "ones_per_vector") mean(cost.ones_driven, value);
        if (name == "ones_per_vector_plain") mean(cost.ones_driven_plain, value);
        if (name == "ones_per_column") mean(cost.ones_stored, value);
        if (name == "ones_per_column_plain") mean(cost.ones_stored_plain, value);
        if (name == "analog_mean") mean(cost.analog, value);
        if (name == "analog_mean_plain") mean(cost.analog_plain, value);
        if (name == "analog_max") cost.analog_max = std::max(cost.analog_max, whole);
        if (name == "analog_max_plain")
            cost.analog_max_plain = std::max(cost.analog_max_plain, whole);
    }
    cost.vectors += vectors;
    cost.images += images;
    cost.conversions += r.conversions;
    cost.adc_clipped += r.adc_clipped;
}

void run_rtl(const generator::Config& config, const golden::Operands& o, std::size_t vectors,
             LayerCost& cost) {
    golden::Operands slice = o;
    slice.inputs.rows = std::min(vectors, o.inputs.rows);
    slice.inputs.data.resize(slice.inputs.rows * slice.inputs.cols);
    const auto r = sim::run_macro(generator::elaborate(config), slice, sim::Engine::both, false);
    cost.rtl_outputs += r.outputs.data.size();
    cost.rtl_cycles += r.cycles;
    cost.rtl_mismatch += r.mismatch;
}

std::int8_t sign(bool plus) { return static_cast<std::int8_t>(plus ? 1 : -1); }

/// A pixel as BNN-PYNQ's first layer takes it: a signed 8-bit fraction.
std::int64_t fraction(std::uint8_t pixel) {
    const double scaled = std::floor((2.0 * pixel / 255 - 1) * 128 + 0.5);
    return static_cast<std::int64_t>(std::min(scaled, 127.0));
}

/// The 8-bit layer before the macro: 3 x 3 on the pixels.
Maps first_layer(const Input& input, const Images& images, std::size_t first, std::size_t count) {
    const std::size_t outputs = input.weights.cols, side = 3;
    Maps y{count, images.height - 2, images.width - 2, outputs, {}};
    std::vector<std::int64_t> sums(outputs);
    for (std::size_t i = first; i < first + count; ++i) {
        for (std::size_t at = 0; at < y.height * y.width; ++at) {
            sums.assign(outputs, 0);
            for (std::size_t k = 0; k < input.weights.rows; ++k) {
                const std::size_t r = at / y.width + k / (side * images.channels);
                const std::size_t q = at % y.width + k / images.channels % side;
                const std::size_t c = k % images.channels;
                const auto p = fraction(
                    images.pixels[((i * images.height + r) * images.width + q) * images.channels +
                                  c]);
                for (std::size_t m = 0; m < outputs; ++m) sums[m] += p * input.weights(k, m);
            }
            for (std::size_t m = 0; m < outputs; ++m) {
                y.values.push_back(sign(2 * sums[m] > input.thresholds[m]));
            }
        }
    }
    return y;
}

}  // namespace

Maps encode(const Input& input, const Images& images, std::size_t first, std::size_t count) {
    if (input.kind == "cifar10") return first_layer(input, images, first, count);
    Maps x{count, images.height, images.width, input.levels.size(), {}};
    const std::size_t size = images.height * images.width;
    for (std::size_t p = first * size; p < (first + count) * size; ++p) {
        for (const int level : input.levels) x.values.push_back(sign(images.pixels[p] >= level));
    }
    return x;
}

Maps forward(const generator::Config& config, const Layer& layer, const Maps& x, LayerCost& cost,
             std::vector<std::int64_t>& scores, std::size_t rtl_vectors) {
    golden::Operands o;
    windows(layer, x, o.inputs.data);
    o.inputs.cols = layer.weights.rows;
    o.inputs.rows = o.inputs.data.size() / o.inputs.cols;
    o.weights = layer.weights;
    o.threshold = layer.thresholds;
    const golden::Result r = golden::run_fast(operands::to_spec(config), o);
    add_cost(r, o.inputs.rows, x.images, cost);
    if (rtl_vectors > 0) run_rtl(config, o, rtl_vectors, cost);
    if (layer.thresholds.empty()) {
        scores = r.outputs.data;
        return {};
    }
    std::vector<std::int8_t> values;
    for (const std::int64_t bit : r.outputs.data) values.push_back(sign(bit != 0));
    return shaped(layer, x, std::move(values));
}

Maps forward_float(const Layer& layer, const Maps& x, std::vector<float>& scores) {
    std::vector<float> rows;
    windows(layer, x, rows);
    const std::size_t features = layer.weights.rows, outputs = layer.weights.cols;
    const std::vector<float> weights(layer.weights.data.begin(), layer.weights.data.end());
    std::vector<float> sums(outputs);
    std::vector<std::int8_t> values;
    scores.clear();
    for (std::size_t v = 0; v < rows.size() / features; ++v) {
        std::fill(sums.begin(), sums.end(), 0.0F);
        for (std::size_t k = 0; k < features; ++k) {
            const float a = rows[v * features + k];
            for (std::size_t m = 0; m < outputs; ++m) sums[m] += a * weights[k * outputs + m];
        }
        for (std::size_t m = 0; m < outputs; ++m) {
            if (layer.gain.empty())
                scores.push_back(sums[m]);
            else
                values.push_back(sign(layer.gain[m] * sums[m] + layer.shift[m] >= 0));
        }
    }
    return layer.gain.empty() ? Maps{} : shaped(layer, x, std::move(values));
}

generator::Config config_for(const std::string& path, bool threshold) {
    const std::string name = threshold ? "bnn_bits" : "bnn_sums";
    return generator::load_config_file(
        path, {{"name", name}, {"binsparx.threshold", threshold ? "true" : "false"}});
}

}  // namespace bnn

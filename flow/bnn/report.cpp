#include "report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace bnn {

namespace {

/// By how much less: "-27 %".
std::string saved(double now, double plain) {
    return plain == 0 ? "-" : fmt::format("{:+.0f} %", std::round(100 * (now / plain - 1)) + 0.0);
}

/// Bits of an ADC that clips no value up to this one at step 1.
int bits_of(std::int64_t most) {
    return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(most))));
}

std::string row(const Layer& layer, const LayerCost& c) {
    const int bits = bits_of(c.analog_max), plain = bits_of(c.analog_max_plain);
    return fmt::format(
        "| {} | {} × {} | {} | {:.1f} ({}) | {:.1f} ({}) | {:.1f} ({}) | {} of {} | {} of {} |\n",
        layer.name, layer.weights.rows, layer.weights.cols,
        c.vectors / std::max<std::size_t>(1, c.images), c.ones_driven,
        saved(c.ones_driven, c.ones_driven_plain), c.ones_stored,
        saved(c.ones_stored, c.ones_stored_plain), c.analog, saved(c.analog, c.analog_plain),
        c.analog_max, c.analog_max_plain, bits, plain);
}

}  // namespace

std::string table(const Network& network, const std::vector<LayerCost>& costs) {
    std::string text =
        "| layer | K × M | vectors an image | ones driven | ones stored | mean v | greatest v | "
        "ADC bits |\n|---|---|---:|---:|---:|---:|---:|---:|\n";
    for (std::size_t i = 0; i < costs.size(); ++i) text += row(network.layers[i], costs[i]);
    return text;
}

}  // namespace bnn

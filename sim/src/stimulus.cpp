#include "stimulus.hpp"

#include "cimrtl/scheme.hpp"

namespace cosim {

namespace {

using Range = std::pair<std::int64_t, std::int64_t>;
constexpr std::size_t patterns = 8;

std::int64_t draw(std::mt19937_64& random, Range range) {
    const auto span = static_cast<std::uint64_t>(range.second - range.first) + 1;
    return range.first + static_cast<std::int64_t>(span == 0 ? random() : random() % span);
}

std::int64_t clamp(std::int64_t v, Range range) {
    return v < range.first ? range.first : v > range.second ? range.second : v;
}

/// Element k of a line with this pattern; `lone` is where the single one stands.
std::int64_t element(std::size_t pattern, std::size_t k, std::size_t lone, Range range,
                     std::mt19937_64& random) {
    switch (pattern) {
        case 0: return range.second;
        case 1: return range.first;
        case 2: return k % 2 == 0 ? range.second : range.first;
        case 3: return k == lone ? clamp(1, range) : clamp(0, range);
        case 4: return clamp(0, range);
        case 5: return k % 2 == 0 ? range.first : range.second;
        case 6: return random() % 8 == 0 ? draw(random, range) : clamp(0, range);
        default: return draw(random, range);
    }
}

std::size_t choose(std::size_t index, bool corners, std::mt19937_64& random) {
    if (corners) return index % patterns;
    return random() % 4 == 0 ? random() % patterns : patterns - 1;
}

}  // namespace

golden::Operands make_operands(const cimrtl::Design& d, const Shape& shape, bool corners,
                               std::mt19937_64& random) {
    const cimrtl::Scheme& scheme = *cimrtl::find_scheme(d.config.scheme);
    const Range inputs = scheme.input_range(d.config), weights = scheme.weight_range(d.config);
    golden::Operands o;
    o.inputs = {shape.vectors, shape.features, {}};
    for (std::size_t v = 0; v < shape.vectors; ++v) {
        const std::size_t pattern = choose(v, corners, random);
        const std::size_t lone = random() % shape.features;
        for (std::size_t k = 0; k < shape.features; ++k) {
            o.inputs.data.push_back(element(pattern, k, lone, inputs, random));
        }
    }
    o.weights = {shape.features, shape.outputs, std::vector<std::int64_t>(shape.features * shape.outputs)};
    for (std::size_t m = 0; m < shape.outputs; ++m) {
        const std::size_t pattern = choose(m + 1 + random() % patterns * !corners, corners, random);
        const std::size_t lone = random() % shape.features;
        for (std::size_t k = 0; k < shape.features; ++k) {
            o.weights(k, m) = element(pattern, k, lone, weights, random);
        }
    }
    if (d.config.accumulator.bias) {
        const std::int64_t half = std::int64_t{1} << (d.accumulator.bits - 1);
        for (std::size_t m = 0; m < shape.outputs; ++m) {
            o.bias.push_back(element(random() % patterns, m, 0, {-half, half - 1}, random));
        }
    }
    return o;
}

}  // namespace cosim

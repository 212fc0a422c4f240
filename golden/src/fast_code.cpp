#include "src/fast_code.hpp"

#include <algorithm>
#include <cstdlib>

namespace golden::detail {
namespace {

/// `plane_value(value, plane)` for all planes of one value; `ratio` is λ.
template <class PlaneValue>
ElementCode encode(std::int64_t value, int planes, std::int64_t ratio, PlaneValue plane_value) {
    ElementCode code;
    for (int plane = 0; plane < planes; ++plane) {
        const std::int64_t part = plane_value(value, plane);
        if (part == 0) continue;
        const int cls = std::abs(part) == ratio && ratio != 1 ? 1 : 0;
        code.classes[cls] |= std::uint64_t{1} << (8 * plane);
        if (part < 0) code.negative = 1;
    }
    return code;
}

template <class PlaneValue>
std::int64_t greatest_magnitude(Range range, int planes, PlaneValue plane_value) {
    std::int64_t greatest = 1;
    for (std::int64_t value = range.min; value <= range.max; ++value) {
        for (int plane = 0; plane < planes; ++plane)
            greatest = std::max(greatest, std::abs(plane_value(value, plane)));
    }
    return greatest;
}

/// Sets byte `row / 8` of every word of one class: the bits of up to eight rows.
inline void put_bytes(std::uint64_t bits, int planes, std::uint32_t* word, std::size_t plane_stride,
                      std::size_t byte) {
    for (int plane = 0; plane < planes; ++plane) {
        auto* bytes = reinterpret_cast<unsigned char*>(word + plane * plane_stride);
        bytes[byte] = static_cast<unsigned char>(bits >> (8 * plane));
    }
}

/// Bit i of every byte is row i.
struct EightRows {
    std::uint64_t classes[2] = {0, 0};
    std::uint64_t negative = 0;
};

template <bool is_signed>
inline EightRows gather_rows(const CodeTable& table, const std::int64_t* data, std::size_t stride,
                             std::size_t rows) {
    EightRows bits;
    for (std::size_t i = 0; i < rows; ++i) {
        const ElementCode& code = table[data[i * stride]];
        bits.classes[0] |= code.classes[0] << i;
        if constexpr (is_signed) {
            bits.classes[1] |= code.classes[1] << i;
            bits.negative |= std::uint64_t{code.negative} << i;
        }
    }
    return bits;
}

template <bool is_signed>
void pack(const CodeTable& table, std::size_t words, int planes, Elements elements,
          std::uint32_t* out, std::size_t out_stride) {
    constexpr std::size_t kClasses = is_signed ? 2 : 1;
    const std::size_t plane_stride = kClasses * words * out_stride;
    for (std::size_t row = 0; row < elements.count; row += 8) {
        const std::int64_t* data = elements.data + row * elements.stride;
        const std::size_t rows = elements.count - row;
        // A constant number of rows lets the compiler unroll the common case.
        const EightRows bits = rows >= 8
                                   ? gather_rows<is_signed>(table, data, elements.stride, 8)
                                   : gather_rows<is_signed>(table, data, elements.stride, rows);
        std::uint32_t* word = out + (row / 32) * out_stride;
        const std::size_t byte = row % 32 / 8;
        put_bytes(bits.classes[0], planes, word, plane_stride, byte);
        if constexpr (is_signed) {
            put_bytes(bits.classes[1], planes, word + words * out_stride, plane_stride, byte);
            put_bytes(bits.negative, 1, word + planes * plane_stride, 0, byte);
        }
    }
}

}  // namespace

CodeTable CodeTable::of_inputs(const PlaneScheme& scheme) {
    const Shape shape = scheme.shape();
    const auto part = [&](std::int64_t x, int t) { return scheme.drive(x, t); };
    CodeTable table;
    table.range_ = shape.input;
    table.ratio_ = greatest_magnitude(shape.input, shape.steps, part);
    for (std::int64_t x = shape.input.min; x <= shape.input.max; ++x) {
        ElementCode code = encode(x, shape.steps, table.ratio_, part);
        code.clipped = scheme.clips_input(x) ? 1 : 0;
        code.level = static_cast<std::int16_t>(scheme.input_level(x));
        table.has_signs_ = table.has_signs_ || code.negative != 0;
        table.can_clip_ = table.can_clip_ || code.clipped != 0;
        table.codes_.push_back(code);
    }
    return table;
}

CodeTable CodeTable::of_weights(const PlaneScheme& scheme) {
    const Shape shape = scheme.shape();
    const auto part = [&](std::int64_t w, int j) { return scheme.cell(w, j); };
    CodeTable table;
    table.range_ = shape.weight;
    table.ratio_ = greatest_magnitude(shape.weight, shape.planes, part);
    for (std::int64_t w = shape.weight.min; w <= shape.weight.max; ++w) {
        ElementCode code = encode(w, shape.planes, table.ratio_, part);
        code.clipped = scheme.clips_weight(w) ? 1 : 0;
        code.level = static_cast<std::int16_t>(scheme.weight_level(w));
        table.has_signs_ = table.has_signs_ || code.negative != 0;
        table.can_clip_ = table.can_clip_ || code.clipped != 0;
        table.codes_.push_back(code);
    }
    return table;
}

std::size_t group_words(const PlaneForm& form, int planes) {
    const std::size_t words = static_cast<std::size_t>(form.words);
    return form.is_signed ? (2 * planes + 1) * words : planes * words;
}

void pack_planes(const CodeTable& table, const PlaneForm& form, int planes, Elements elements,
                 std::uint32_t* out, std::size_t out_stride) {
    const std::size_t words = static_cast<std::size_t>(form.words);
    if (form.is_signed) {
        pack<true>(table, words, planes, elements, out, out_stride);
    } else {
        pack<false>(table, words, planes, elements, out, out_stride);
    }
}

void pack_levels(const CodeTable& table, Elements elements, std::uint32_t* out,
                 std::size_t out_stride) {
    for (std::size_t row = 0; row < elements.count; ++row) {
        const auto level =
            static_cast<std::uint16_t>(table[elements.data[row * elements.stride]].level);
        std::uint32_t& word = out[row / 2 * out_stride];
        word = row % 2 == 0 ? level : word | std::uint32_t{level} << 16;
    }
}

}  // namespace golden::detail

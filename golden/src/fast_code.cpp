#include "src/fast_code.hpp"

#include <algorithm>
#include <cstdlib>

namespace golden::detail {
namespace {

ElementCode encode(const Coding& coding, std::int64_t value, std::int64_t ratio) {
    ElementCode code;
    std::int64_t level = 0;
    for (int plane = 0; plane < coding.planes; ++plane) {
        const std::int64_t part = coding.part(value, plane);
        if (part == 0) continue;
        const int cls = std::abs(part) == ratio && ratio != 1 ? 1 : 0;
        code.classes[cls] |= std::uint64_t{1} << (8 * plane);
        if (part < 0) code.negative = 1;
        level += coding.factor(plane) * part;
    }
    code.level = static_cast<std::int16_t>(level);
    code.clipped = coding.clips(value) ? 1 : 0;
    return code;
}

std::int64_t greatest_magnitude(const Coding& coding) {
    std::int64_t greatest = 1;
    for (std::int64_t value = coding.range.min; value <= coding.range.max; ++value) {
        for (int plane = 0; plane < coding.planes; ++plane)
            greatest = std::max(greatest, std::abs(coding.part(value, plane)));
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

Coding input_coding(const PlaneScheme& scheme) {
    const Shape shape = scheme.shape();
    return {.range = shape.input,
            .planes = shape.steps,
            .part = [&](std::int64_t x, int t) { return scheme.drive(x, t); },
            .factor = [&](int t) { return scheme.step_factor(t); },
            .clips = [&](std::int64_t x) { return scheme.clips_input(x); }};
}

Coding weight_coding(const PlaneScheme& scheme) {
    const Shape shape = scheme.shape();
    return {.range = shape.weight,
            .planes = shape.planes,
            .part = [&](std::int64_t w, int j) { return scheme.cell(w, j); },
            .factor = [&](int j) { return scheme.plane_factor(j); },
            .clips = [&](std::int64_t w) { return scheme.clips_weight(w); }};
}

CodeTable::CodeTable(const Coding& coding)
    : range_(coding.range), ratio_(greatest_magnitude(coding)) {
    for (std::int64_t value = range_.min; value <= range_.max; ++value) {
        const ElementCode code = encode(coding, value, ratio_);
        has_signs_ = has_signs_ || code.negative != 0;
        can_clip_ = can_clip_ || code.clipped != 0;
        codes_.push_back(code);
    }
}

std::uint64_t CodeTable::count_clipped(const Matrix& matrix) const {
    std::uint64_t count = 0;
    if (!can_clip_) return count;
    for (std::int64_t value : matrix.data) count += (*this)[value].clipped;
    return count;
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

}  // namespace golden::detail

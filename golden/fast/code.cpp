// SPDX-License-Identifier: Apache-2.0
#include "golden/fast/code.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace golden::fast {
namespace {

/// The parts of all values of a range, [value][plane].
std::vector<std::int64_t> parts_of(const Coding& coding) {
    std::vector<std::int64_t> parts;
    for (std::int64_t value = coding.range.min; value <= coding.range.max; ++value) {
        for (int plane = 0; plane < coding.planes; ++plane)
            parts.push_back(coding.part(value, plane));
    }
    return parts;
}

/// `parts`: of one value.
ElementCode encode(const Coding& coding, const std::int64_t* parts, std::int64_t ratio) {
    ElementCode code;
    std::int64_t level = 0;
    for (int plane = 0; plane < coding.planes; ++plane) {
        const std::int64_t part = parts[plane];
        if (part == 0) continue;
        const int cls = std::abs(part) == ratio && ratio != 1 ? 1 : 0;
        code.classes[cls] = static_cast<std::uint8_t>(code.classes[cls] | 1U << plane);
        if (part < 0) code.negative = 1;
        level += coding.factor(plane) * part;
    }
    code.level = static_cast<std::int16_t>(level);
    return code;
}

bool can_pack(const std::int64_t* parts, int planes, std::int64_t ratio) {
    bool plus = false, minus = false;
    for (int plane = 0; plane < planes; ++plane) {
        const std::int64_t part = parts[plane];
        plus = plus || part > 0;
        minus = minus || part < 0;
        if (part != 0 && std::abs(part) != 1 && std::abs(part) != ratio) return false;
    }
    return !(plus && minus);
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

CodeTable::CodeTable(const Coding& coding) : range_(coding.range) {
    const std::vector<std::int64_t> parts = parts_of(coding);
    for (const std::int64_t part : parts) ratio_ = std::max(ratio_, std::abs(part));
    is_packable_ = coding.planes <= 8 && std::has_single_bit(static_cast<std::uint64_t>(ratio_));
    const std::int64_t* own = parts.data();
    for (std::int64_t value = range_.min; value <= range_.max; ++value, own += coding.planes) {
        ElementCode code = encode(coding, own, ratio_);
        code.clipped = coding.clips(value) ? 1 : 0;
        if (range_.holds(value))
            is_packable_ = is_packable_ && can_pack(own, coding.planes, ratio_);
        has_signs_ = has_signs_ || code.negative != 0;
        const unsigned bits = static_cast<unsigned>(value) & ((1U << coding.planes) - 1);
        is_bits_ = is_bits_ && code.classes[0] == bits && code.classes[1] == 0;
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

PlanePacker::PlanePacker(const CodeTable& table, bool is_signed, int planes, std::size_t rows)
    : table_(table),
      is_signed_(is_signed),
      planes_(static_cast<std::size_t>(planes)),
      plane_words_((rows + 31) / 32) {
    for (auto& bytes : bytes_) bytes.resize((rows + byte_block - 1) / byte_block * byte_block);
    bits_.resize(planes_ * plane_words_);
    packed_.resize((is_signed ? 2 * planes_ + 1 : planes_) * plane_words_);
}

void PlanePacker::load(const Elements& elements) {
    // A former group may have had more rows.
    for (auto& bytes : bytes_)
        std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(elements.count), bytes.end(),
                  std::uint8_t{0});
    if (!is_signed_ && table_.is_bits())
        return low_bytes(elements.data, elements.count, bytes_[0].data());
    for (std::size_t i = 0; i < elements.count; ++i) {
        const ElementCode& code = table_[elements.data[i]];
        bytes_[0][i] = code.classes[0];
        bytes_[1][i] = code.classes[1];
        bytes_[2][i] = code.negative;
    }
}

void PlanePacker::pack(const Elements& elements, std::uint32_t* out, std::size_t out_stride) {
    load(elements);
    std::uint32_t ones[8];
    const std::size_t classes = is_signed_ ? 2 : 1;
    for (std::size_t cls = 0; cls < classes; ++cls) {
        byte_planes(bytes_[cls].data(), plane_words_, static_cast<int>(planes_), bits_.data(),
                    ones);
        for (std::size_t plane = 0; plane < planes_; ++plane)
            std::copy_n(&bits_[plane * plane_words_], plane_words_,
                        &packed_[(classes * plane + cls) * plane_words_]);
    }
    if (is_signed_)
        byte_planes(bytes_[2].data(), plane_words_, 1, &packed_[2 * planes_ * plane_words_], ones);
    for (std::size_t i = 0; i < packed_.size(); ++i) out[i * out_stride] = packed_[i];
}

}  // namespace golden::fast

// SPDX-License-Identifier: Apache-2.0
/// Loops over unpacked elements and bytes: plain ones where the compiler makes good code of them
/// for every instruction set.
#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/pack.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {
namespace {

/// Which of 32 elements are positive.
HWY_INLINE std::uint32_t positive(const std::int64_t* elements) {
    constexpr std::size_t wide_lanes = hn::MaxLanes(D64());
    std::uint32_t positives = 0;
    for (std::size_t i = 0; i < 32; i += wide_lanes) {
        std::uint8_t bits[8] = {};
        const V64 lanes = hn::LoadU(D64(), elements + i);
        hn::StoreMaskBits(D64(), hn::Gt(lanes, hn::Zero(D64())), bits);
        positives |= std::uint32_t{bits[0]} << i;
    }
    return positives;
}

bool inside(const std::int64_t* elements, std::size_t count, const Range& range) {
    const std::int64_t min = range.min, max = range.max, rest = range.stride - 1;
    std::int64_t outside = 0;  // no early exit
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t value = elements[i];
        outside |= static_cast<std::int64_t>(value < min) | static_cast<std::int64_t>(value > max) |
                   ((value - min) & rest);
    }
    return outside == 0;
}

void low_bytes_of(const std::int64_t* elements, std::size_t count, std::uint8_t* bytes) {
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(elements[i]);
}

void sign_bits_of(const std::int64_t* elements, std::size_t count, std::uint32_t* words) {
    std::size_t i = 0;
    for (; i + 32 <= count; i += 32) words[i / 32] = positive(elements + i);
    if (i == count) return;
    std::uint32_t bits = 0;
    for (std::size_t k = i; k < count; ++k)
        bits |= static_cast<std::uint32_t>(elements[k] > 0) << (k - i);
    words[i / 32] = bits;
}

void sign_columns_of(const std::int64_t* HWY_RESTRICT elements, std::size_t stride,
                     std::size_t rows, std::size_t columns, std::uint32_t* HWY_RESTRICT words) {
    for (std::size_t c = 0; c < columns; ++c) words[c] = 0;
    for (std::size_t r = 0; r < rows; ++r, elements += stride) {
        for (std::size_t c = 0; c < columns; ++c)
            words[c] |= static_cast<std::uint32_t>(elements[c] > 0) << r;
    }
}

void round_bytes_of(const ByteRounding& rounding, const std::uint8_t* HWY_RESTRICT bytes,
                    std::size_t count, std::uint8_t* HWY_RESTRICT out) {
    // Bytes may alias anything: what stays the same in the loop must be a copy.
    const ByteRounding same = rounding;
    const int below = same.shift == 0 ? 0 : same.shift - 1;
    const std::uint8_t one = same.shift == 0 ? 0 : 1;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t q = bytes[i];
        const auto half = static_cast<std::uint8_t>(q >> below & one);
        const auto r = static_cast<std::uint8_t>((q >> same.shift) + half);
        const std::uint8_t kept = r < same.limit ? r : same.limit;
        const bool inside = (q >= same.least) & (q <= same.greatest);
        out[i] = inside ? kept : std::uint8_t{0};
    }
}

std::uint8_t add_shifted_of(const std::uint8_t* HWY_RESTRICT bytes, std::size_t count, int shift,
                            std::int16_t* HWY_RESTRICT levels) {
    std::uint8_t all = 0;
    for (std::size_t i = 0; i < count; ++i) {
        all |= bytes[i];
        levels[i] = static_cast<std::int16_t>(levels[i] + (bytes[i] << shift));
    }
    return all;
}

/// Writes bit t of `bytes` for each plane t, `count` of its mask's bytes, and adds up the ones.
HWY_INLINE void write_planes(V8 bytes, std::size_t count, std::size_t words, int planes,
                             std::uint8_t* out, std::uint32_t* ones) {
    for (int t = 0; t < planes; ++t, out += words * sizeof(std::uint32_t)) {
        const V8 bit = hn::Set(D8(), static_cast<std::uint8_t>(1 << t));
        std::uint8_t bits[8] = {};
        hn::StoreMaskBits(D8(), hn::TestBit(bytes, bit), bits);
        std::memcpy(out, bits, count);
        std::uint64_t word;
        std::memcpy(&word, bits, sizeof word);
        ones[t] += static_cast<std::uint32_t>(std::popcount(word));
    }
}

void byte_planes_of(const std::uint8_t* bytes, std::size_t words, int planes, std::uint32_t* out,
                    std::uint32_t* ones) {
    static_assert(std::endian::native == std::endian::little);
    constexpr std::size_t whole = byte_lane_count / 8;  // constant: copied without a call
    for (int t = 0; t < planes; ++t) ones[t] = 0;
    auto* plane_bytes = reinterpret_cast<std::uint8_t*>(out);
    std::size_t first = 0;
    for (; first + byte_lane_count <= 32 * words; first += byte_lane_count)
        write_planes(hn::LoadU(D8(), bytes + first), whole, words, planes, plane_bytes + first / 8,
                     ones);
    if (first < 32 * words)
        write_planes(hn::LoadU(D8(), bytes + first), (32 * words - first) / 8, words, planes,
                     plane_bytes + first / 8, ones);
}

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace golden::fast {

HWY_EXPORT(inside);
HWY_EXPORT(low_bytes_of);
HWY_EXPORT(sign_bits_of);
HWY_EXPORT(sign_columns_of);
HWY_EXPORT(round_bytes_of);
HWY_EXPORT(add_shifted_of);
HWY_EXPORT(byte_planes_of);

bool all_inside(const std::int64_t* elements, std::size_t count, const Range& range) {
    return HWY_DYNAMIC_DISPATCH(inside)(elements, count, range);
}
void low_bytes(const std::int64_t* elements, std::size_t count, std::uint8_t* bytes) {
    HWY_DYNAMIC_DISPATCH(low_bytes_of)(elements, count, bytes);
}
void sign_bits(const std::int64_t* elements, std::size_t count, std::uint32_t* words) {
    HWY_DYNAMIC_DISPATCH(sign_bits_of)(elements, count, words);
}
void sign_columns(const std::int64_t* elements, std::size_t stride, std::size_t rows,
                  std::size_t columns, std::uint32_t* words) {
    HWY_DYNAMIC_DISPATCH(sign_columns_of)(elements, stride, rows, columns, words);
}
void round_bytes(const ByteRounding& rounding, const std::uint8_t* bytes, std::size_t count,
                 std::uint8_t* out) {
    HWY_DYNAMIC_DISPATCH(round_bytes_of)(rounding, bytes, count, out);
}
std::uint8_t add_shifted(const std::uint8_t* bytes, std::size_t count, int shift,
                         std::int16_t* levels) {
    return HWY_DYNAMIC_DISPATCH(add_shifted_of)(bytes, count, shift, levels);
}
void byte_planes(const std::uint8_t* bytes, std::size_t words, int planes, std::uint32_t* out,
                 std::uint32_t* ones) {
    HWY_DYNAMIC_DISPATCH(byte_planes_of)(bytes, words, planes, out, ones);
}

}  // namespace golden::fast
#endif

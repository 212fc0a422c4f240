/// The fast form's loops over unpacked elements and bytes; included behind kernel.hpp, in the
/// same way. Plain loops where every target makes its own good code of them. `Lanes` offers besides
///     byte_bits, kByteLanes: bit t of kByteLanes bytes.

inline bool all_inside(const std::int64_t* elements, std::size_t count, const Range& range) {
    const std::int64_t min = range.min, max = range.max, rest = range.stride - 1;
    std::int64_t outside = 0;  // no early exit
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t value = elements[i];
        outside |= static_cast<std::int64_t>(value < min) | static_cast<std::int64_t>(value > max) |
                   ((value - min) & rest);
    }
    return outside == 0;
}

inline void low_bytes(const std::int64_t* elements, std::size_t count, std::uint8_t* bytes) {
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(elements[i]);
}

template <class Lanes>
void sign_bits(const std::int64_t* elements, std::size_t count, std::uint32_t* words) {
    std::size_t i = 0;
    for (; i + 32 <= count; i += 32) words[i / 32] = Lanes::positive(elements + i);
    if (i == count) return;
    std::uint32_t bits = 0;
    for (std::size_t k = i; k < count; ++k)
        bits |= static_cast<std::uint32_t>(elements[k] > 0) << (k - i);
    words[i / 32] = bits;
}

inline void sign_columns(const std::int64_t* __restrict elements, std::size_t stride,
                         std::size_t rows, std::size_t columns, std::uint32_t* __restrict words) {
    for (std::size_t c = 0; c < columns; ++c) words[c] = 0;
    for (std::size_t r = 0; r < rows; ++r, elements += stride) {
        for (std::size_t c = 0; c < columns; ++c)
            words[c] |= static_cast<std::uint32_t>(elements[c] > 0) << r;
    }
}

inline void round_bytes(const ByteRounding& rounding, const std::uint8_t* __restrict bytes,
                        std::size_t count, std::uint8_t* __restrict out) {
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

inline std::uint8_t add_shifted(const std::uint8_t* __restrict bytes, std::size_t count, int shift,
                                std::int16_t* __restrict levels) {
    std::uint8_t all = 0;
    for (std::size_t i = 0; i < count; ++i) {
        all |= bytes[i];
        levels[i] = static_cast<std::int16_t>(levels[i] + (bytes[i] << shift));
    }
    return all;
}

template <class Lanes>
void byte_planes(const std::uint8_t* bytes, std::size_t words, int planes, std::uint32_t* out,
                 std::uint32_t* ones) {
    constexpr std::size_t kStep = Lanes::kByteLanes / 32;
    for (int t = 0; t < planes; ++t) {
        std::uint32_t* plane = out + static_cast<std::size_t>(t) * words;
        std::uint32_t count = 0;
        for (std::size_t word = 0; word < words; word += kStep) {
            const std::uint64_t bits = Lanes::byte_bits(bytes + 32 * word, t);
            plane[word] = static_cast<std::uint32_t>(bits);
            if (kStep == 2 && word + 1 < words)
                plane[word + 1] = static_cast<std::uint32_t>(bits >> 32);
            count += static_cast<std::uint32_t>(__builtin_popcountll(bits));
        }
        ones[t] = count;
    }
}

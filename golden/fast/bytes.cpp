// SPDX-License-Identifier: Apache-2.0
#include "golden/fast/bytes.hpp"

#include <algorithm>

namespace golden::fast {

GroupBytes::GroupBytes(std::size_t rows)
    : words_((rows + 31) / 32), bytes_((rows + byte_block - 1) / byte_block * byte_block) {}

void GroupBytes::load(const Elements& elements) {
    low_bytes(elements.data, elements.count, bytes_.data());
    // A former group may have had more rows.
    std::fill(bytes_.begin() + static_cast<std::ptrdiff_t>(elements.count), bytes_.end(),
              std::uint8_t{0});
}

void pack_byte_planes(const Layout& layout, const Elements& column, int planes,
                      std::uint32_t* out) {
    GroupBytes bytes(layout.active_rows);
    std::vector<std::uint32_t> words(static_cast<std::size_t>(planes) * bytes.words());
    for_groups(layout, column, [&](const Elements& elements, std::size_t, std::size_t) {
        bytes.load(elements);
        std::uint32_t ones[8];
        byte_planes(bytes.data(), bytes.words(), planes, words.data(), ones);
        for (const std::uint32_t word : words) {
            *out = word;
            out += lane_count();
        }
    });
}

}  // namespace golden::fast

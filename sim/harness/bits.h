// SPDX-License-Identifier: Apache-2.0
// Reads and writes bit fields of Verilated ports of any width.
#pragma once

#include <verilated.h>

#include <cstdint>
#include <type_traits>

namespace bits {

inline std::uint64_t mask(unsigned width) {
    return width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

template <class Port>
constexpr bool is_wide = !std::is_integral_v<Port>;

template <class Port>
void clear(Port& port) {
    if constexpr (is_wide<Port>) {
        for (unsigned word = 0; word < sizeof(Port) / 4; ++word) port[word] = 0;
    } else {
        port = 0;
    }
}

template <class Port>
void put(Port& port, unsigned lsb, unsigned width, std::uint64_t value) {
    value &= mask(width);
    if constexpr (is_wide<Port>) {
        for (unsigned done = 0; done < width;) {
            const unsigned word = (lsb + done) / 32, at = (lsb + done) % 32;
            const unsigned n = width - done < 32 - at ? width - done : 32 - at;
            const auto field = static_cast<std::uint32_t>(mask(n) << at);
            port[word] =
                (port[word] & ~field) | (static_cast<std::uint32_t>((value >> done) << at) & field);
            done += n;
        }
    } else {
        const std::uint64_t field = mask(width) << lsb;
        port = static_cast<Port>((static_cast<std::uint64_t>(port) & ~field) | (value << lsb));
    }
}

template <class Port>
std::uint64_t get(const Port& port, unsigned lsb, unsigned width) {
    if constexpr (is_wide<Port>) {
        std::uint64_t value = 0;
        for (unsigned done = 0; done < width;) {
            const unsigned word = (lsb + done) / 32, at = (lsb + done) % 32;
            const unsigned n = width - done < 32 - at ? width - done : 32 - at;
            value |= ((static_cast<std::uint64_t>(port[word]) >> at) & mask(n)) << done;
            done += n;
        }
        return value;
    } else {
        return (static_cast<std::uint64_t>(port) >> lsb) & mask(width);
    }
}

inline std::int64_t sign_extend(std::uint64_t value, unsigned width) {
    if (width >= 64) return static_cast<std::int64_t>(value);
    const std::uint64_t sign = std::uint64_t{1} << (width - 1);
    return static_cast<std::int64_t>((value ^ sign)) - static_cast<std::int64_t>(sign);
}

}  // namespace bits

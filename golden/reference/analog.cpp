// SPDX-License-Identifier: Apache-2.0
#include "golden/analog.hpp"

#include <string>

#include "golden/range.hpp"
#include "golden/spec.hpp"

namespace golden {
namespace {

constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15;

void check(const char* key, std::int64_t value, std::int64_t greatest) {
    if (value < 0 || value > greatest)
        throw Error(std::string("golden: analog.") + key + " must be 0 to " +
                    std::to_string(greatest) + " in its unit");
}

}  // namespace

void check_analog(const Analog& analog, const Range& values) {
    constexpr std::int64_t one = std::int64_t{1} << 16;
    check("noise", analog.noise, 64 * one);
    check("mismatch", analog.mismatch, one / 2);
    check("ir_drop", analog.ir_drop, ((std::int64_t{1} << 32) + 50) / 100);
    check("adc_offset", analog.adc_offset, 64 * one);
    check("adc_gain", analog.adc_gain, one / 2);
    if (analog.ir_drop != 0 && values.min < 0)
        throw Error("golden: analog.ir_drop must be 0 where a column's sum may be negative");
}

std::uint64_t mix(std::uint64_t x) {
    x ^= x >> 30;
    x *= 0xBF58476D1CE4E5B9;
    x ^= x >> 27;
    x *= 0x94D049BB133111EB;
    x ^= x >> 31;
    return x;
}

std::uint64_t draw_key(std::uint32_t seed, std::uint32_t stream) {
    return mix(seed + (std::uint64_t{stream} << 32));
}

std::int64_t draw_z(std::uint32_t seed, std::uint32_t stream, std::uint64_t index) {
    const std::uint64_t bytes = mix(draw_key(seed, stream) + (index + 1) * golden_gamma);
    std::int64_t sum = 0;
    for (int byte = 0; byte < 8; ++byte)
        sum += static_cast<std::int64_t>(bytes >> (8 * byte) & 0xFF);
    return sum - 1020;
}

std::int64_t gauss(std::int64_t sigma, std::int64_t z) {
    return (sigma * z * 20547966 + (std::int64_t{1} << 31)) >> 32;
}

}  // namespace golden

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <bit>

#include "base/files.hpp"
#include "operands/npy.hpp"
#include "operands/npy_header.hpp"

namespace operands {

namespace {

void append_little_endian(std::string& out, std::uint64_t bits, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(bits >> (8 * i) & 0xff);
}

std::uint64_t bits_of(float value) { return std::bit_cast<std::uint32_t>(value); }
std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }
std::uint64_t bits_of(std::int64_t value) { return static_cast<std::uint64_t>(value); }

template <class T>
std::string encode(const Tensor<T>& t, std::string_view descr) {
    std::string dict = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}",
                                   descr, shape_text(t.shape));
    constexpr std::size_t before = 10, align = 64;
    dict.append(align - (before + dict.size() + 1) % align, ' ');
    dict += '\n';
    std::string bytes = std::string("\x93NUMPY\x01", 7) + '\0';
    bytes += static_cast<char>(dict.size() & 0xff);
    bytes += static_cast<char>(dict.size() >> 8 & 0xff);
    bytes += dict;
    bytes.reserve(bytes.size() + t.data.size() * sizeof(T));
    for (const T value : t.data) append_little_endian(bytes, bits_of(value), sizeof(T));
    return bytes;
}

}  // namespace

std::string encode_npy(const Tensor<std::int64_t>& t) { return encode(t, "<i8"); }
std::string encode_npy(const Tensor<float>& t) { return encode(t, "<f4"); }

void write_npy(const std::string& path, const Tensor<std::int64_t>& t) {
    base::write_file(path, encode(t, "<i8"));
}

void write_npy(const std::string& path, const Tensor<double>& t) {
    base::write_file(path, encode(t, "<f8"));
}

}  // namespace operands

// SPDX-License-Identifier: Apache-2.0
/// Header of an `.npy` file: the Python dictionary, parsed without Python.
///
/// Source: NumPy's format description (numpy.lib.format), versions 1.0 and 2.0.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace operands {

struct NpyHeader {
    std::string descr;     ///< as found, for messages
    char kind = 0;         ///< 'i', 'u' or 'f'; other dtypes keep their letter
    std::size_t item = 0;  ///< bytes of one element
    bool big_endian = false;
    bool fortran = false;
    std::vector<std::size_t> shape;
    std::size_t elements = 1;  ///< product of `shape`
};

/// Bytes before the dictionary and its length, from the first bytes of the file (at most 12).
struct NpyPreamble {
    std::size_t dict_offset = 0;
    std::size_t dict_length = 0;
};
/// Longest preamble: magic, version, four bytes of length.
inline constexpr std::size_t npy_preamble_max = 12;

/// Throws base::Error on a wrong magic, a version other than 1.0 and 2.0, a file that ends
/// inside, or a dictionary that no plain tensor needs (above 64 KiB) or that the file does not
/// hold.
NpyPreamble parse_npy_preamble(const std::string& path, std::string_view start,
                               std::size_t file_size);

/// Throws base::Error on anything but the three keys with a plain dtype and a shape whose size
/// (elements times bytes) fits.
NpyHeader parse_npy_dict(const std::string& path, std::string_view dict);

/// As Python writes it: `(3, 4)`, `(3,)`, `()`.
std::string shape_text(const std::vector<std::size_t>& shape);
/// Index of the n-th element in C order: `[2, 5]`; `[]` for a tensor without dimensions.
std::string index_text(const std::vector<std::size_t>& shape, std::size_t n);

}  // namespace operands

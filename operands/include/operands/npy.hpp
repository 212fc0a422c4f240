// SPDX-License-Identifier: Apache-2.0
/// NumPy `.npy` files, versions 1.0 and 2.0 (docs/spec/contract.md, "Tensors").
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace operands {

/// Row-major tensor of any rank.
template <class T>
struct Tensor {
    std::vector<std::size_t> shape;
    std::vector<T> data;
};

/// Any integer dtype, either byte order, C or Fortran order. Anything else (floats, bools, objects,
/// structured types, a truncated or over-long file, a header that lies, a shape whose size
/// overflows or does not match, a u8 value above the int64 range) throws base::Error naming the
/// file and what was found. Never allocates more than the file's own size implies.
Tensor<std::int64_t> read_npy_int(const std::string& path);
/// f4 or f8; NaN and infinities are errors that name the index.
Tensor<double> read_npy_float(const std::string& path);
/// Real values of either: f4, f8 or any integer dtype; one message for all others.
Tensor<double> read_npy_real(const std::string& path);
/// True if the file's dtype is a float.
bool npy_is_float(const std::string& path);

/// int64 / float64, little-endian, C order, version 1.0. Written to a temporary name beside `path`,
/// then renamed; a path that exists and is not a regular file (a device, a pipe) is written in
/// place and never replaced. A failed write leaves an older file as it was and no temporary.
void write_npy(const std::string& path, const Tensor<std::int64_t>& t);
void write_npy(const std::string& path, const Tensor<double>& t);
/// The bytes that write_npy writes.
std::string encode_npy(const Tensor<std::int64_t>& t);
/// float32, little-endian.
std::string encode_npy(const Tensor<float>& t);

}  // namespace operands

// SPDX-License-Identifier: Apache-2.0
#include "network/images.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "operands/npy.hpp"

namespace network {

namespace {

[[noreturn]] void fail(const std::string& path, const std::string& message) {
    throw base::Error(fmt::format("{}: error: {}", path, message));
}

std::string read_bytes(const std::string& path, std::size_t from, std::size_t count) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes(count, '\0');
    file.seekg(static_cast<std::streamoff>(from));
    if (!file.read(bytes.data(), static_cast<std::streamsize>(count))) fail(path, "cannot be read");
    return bytes;
}

}  // namespace

ImageFile::ImageFile(const std::string& path, Preparation preparation)
    : path_(path), prepare_(std::move(preparation)) {
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path, failed)) fail(path, "no such file");
    const std::size_t size = std::filesystem::file_size(path, failed);
    const std::string start = read_bytes(path, 0, std::min(size, operands::npy_preamble_max));
    const operands::NpyPreamble preamble = operands::parse_npy_preamble(path, start, size);
    begin_ = preamble.dict_offset + preamble.dict_length;
    header_ = operands::parse_npy_dict(
        path, read_bytes(path, preamble.dict_offset, preamble.dict_length));
    const bool real = header_.kind == 'f' && (header_.item == 4 || header_.item == 8);
    const bool pixels = header_.kind == 'u' && header_.item == 1;
    if (!real && !pixels)
        fail(path, fmt::format("found dtype {}; expected float32 or uint8", header_.descr));
    if (header_.fortran) fail(path, "found Fortran order; expected C order");
    if (header_.shape.size() < 2) {
        fail(path, fmt::format("found shape {}; expected (V, one image's axes)",
                               operands::shape_text(header_.shape)));
    }
    if (header_.elements == 0) {
        fail(path, fmt::format("found shape {}; expected at least one image, and no empty axis",
                               operands::shape_text(header_.shape)));
    }
    if (size - begin_ != header_.elements * header_.item) {
        fail(path,
             fmt::format("found {} bytes of data; expected {} for shape {}", size - begin_,
                         header_.elements * header_.item, operands::shape_text(header_.shape)));
    }
    for (const std::size_t extent : header_.shape)
        shape_.push_back(static_cast<std::int64_t>(extent));
    shape_.front() = 1;
    size_ = element_count(shape_);
    if (prepare_.channels_last) {
        if (shape_.size() < 3)
            fail(path, "--layout nhwc: found no channels' axis behind the others");
        std::rotate(shape_.begin() + 1, shape_.end() - 1, shape_.end());
    }
    const auto channels = static_cast<std::size_t>(shape_[1]);
    for (const auto* list : {&prepare_.mean, &prepare_.std}) {
        if (list->size() > 1 && list->size() != channels) {
            fail(path,
                 fmt::format("--mean, --std: found {} numbers; expected one or {}, the channels",
                             list->size(), channels));
        }
    }
}

double ImageFile::element(const char* bytes, std::size_t n) const {
    const char* at = bytes + n * header_.item;
    if (header_.item == 1) return static_cast<unsigned char>(*at);
    std::array<char, 8> raw;
    std::memcpy(raw.data(), at, header_.item);
    if (header_.big_endian) std::reverse(raw.data(), raw.data() + header_.item);
    if (header_.item == 4) {
        float x;
        std::memcpy(&x, raw.data(), sizeof x);
        return x;
    }
    double x;
    std::memcpy(&x, raw.data(), sizeof x);
    return x;
}

Tensor ImageFile::make(const char* bytes, Type type) const {
    Tensor t(type, shape_);
    const auto channels = static_cast<std::size_t>(shape_[1]);
    const std::size_t plane = size_ / channels;
    const auto at = [](const std::vector<double>& list, std::size_t c, double otherwise) {
        return list.empty() ? otherwise : list[list.size() == 1 ? 0 : c];
    };
    for (std::size_t n = 0; n < size_; ++n) {
        const std::size_t c = n / plane,
                          from = prepare_.channels_last ? n % plane * channels + c : n;
        const double x = element(bytes, from);
        if (!t.is_float()) {
            t.i[n] = static_cast<std::int64_t>(x);
            continue;
        }
        t.f[n] = static_cast<float>((x * prepare_.scale - at(prepare_.mean, c, 0)) /
                                    at(prepare_.std, c, 1));
        if (!std::isfinite(t.f[n]))
            fail(path_, fmt::format("found {} in an image; expected a finite number", t.f[n]));
    }
    return t;
}

void ImageFile::check_finite() const {
    if (header_.kind != 'f') return;
    for (std::size_t i = 0; i < count(); ++i) {
        const std::string bytes =
            read_bytes(path_, begin_ + i * size_ * header_.item, size_ * header_.item);
        for (std::size_t n = 0; n < size_; ++n) {
            const double x = element(bytes.data(), n);
            if (std::isfinite(x)) continue;
            fail(path_,
                 fmt::format("image {}, element {}: found {}; expected a finite number", i, n, x));
        }
    }
}

std::vector<Tensor> ImageFile::read(std::size_t first, std::size_t count, Type type) const {
    if (type != Type::f32 && (header_.kind == 'f' || prepare_.scale != 1 ||
                              !prepare_.mean.empty() || !prepare_.std.empty())) {
        fail(path_,
             fmt::format("the model takes {}; expected a uint8 file, no --scale, --mean or --std",
                         type_name(type)));
    }
    const std::string bytes =
        read_bytes(path_, begin_ + first * size_ * header_.item, count * size_ * header_.item);
    std::vector<Tensor> images;
    for (std::size_t i = 0; i < count; ++i)
        images.push_back(make(bytes.data() + i * size_ * header_.item, type));
    return images;
}

std::vector<std::int64_t> read_labels(const std::string& path, std::size_t images,
                                      std::size_t classes) {
    operands::Tensor<std::int64_t> t = operands::read_npy_int(path);
    if (t.shape.size() != 1 || t.shape[0] != images) {
        fail(path, fmt::format("found shape {}; expected ({},), one label an image",
                               operands::shape_text(t.shape), images));
    }
    for (std::size_t n = 0; n < images; ++n) {
        if (t.data[n] >= 0 && t.data[n] < static_cast<std::int64_t>(classes)) continue;
        fail(path,
             fmt::format("[{}]: found label {}; expected 0 to {}", n, t.data[n], classes - 1));
    }
    return std::move(t.data);
}

}  // namespace network

// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <stdexcept>
#include <type_traits>

#include "base/error.hpp"
#include "operands/npy.hpp"
#include "operands/npy_header.hpp"

namespace operands {

namespace {

std::string_view kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a pipe";
    return S_ISSOCK(mode) ? "a socket" : "a device";
}

/// An open regular file and its size.
class InputFile {
  public:
    explicit InputFile(const std::string& path)
        : path_(path), descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
        struct stat info {};
        if (descriptor_ < 0 || fstat(descriptor_, &info) != 0) {
            const int reason = errno;
            if (descriptor_ >= 0) close(descriptor_);
            throw base::Error(fmt::format("{}: error: cannot be read: {}; expected an .npy file",
                                          path, std::strerror(reason)));
        }
        if (!S_ISREG(info.st_mode)) {
            close(descriptor_);
            throw base::Error(fmt::format("{}: error: found {}; expected an .npy file", path,
                                          kind_of(info.st_mode)));
        }
        size_ = static_cast<std::size_t>(info.st_size);
    }
    ~InputFile() { close(descriptor_); }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    std::size_t size() const { return size_; }
    /// Exactly `n` bytes from `offset`; the file holds them by its size.
    std::string bytes(std::size_t offset, std::size_t n) const {
        std::string out(n, '\0');
        for (std::size_t done = 0; done < n;) {
            const ssize_t got =
                pread(descriptor_, out.data() + done, n - done, static_cast<off_t>(offset + done));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) {
                throw base::Error(fmt::format(
                    "{}: error: truncated: {} at byte {}; expected {} bytes", path_,
                    got < 0 ? std::strerror(errno) : "the file ends", offset + done, size_));
            }
            done += static_cast<std::size_t>(got);
        }
        return out;
    }

  private:
    const std::string& path_;
    int descriptor_;
    std::size_t size_ = 0;
};

struct Opened {
    NpyHeader header;
    std::size_t data_offset;
};

Opened read_header(const std::string& path, const InputFile& file) {
    const std::string start = file.bytes(0, std::min(npy_preamble_max, file.size()));
    const NpyPreamble p = parse_npy_preamble(path, start, file.size());
    return {parse_npy_dict(path, file.bytes(p.dict_offset, p.dict_length)),
            p.dict_offset + p.dict_length};
}

std::string_view dtype_name(char kind) {
    switch (kind) {
        case 'i':
        case 'u':
            return "integer";
        case 'f':
            return "float";
        case 'b':
            return "bool";
        case 'c':
            return "complex";
        case 'O':
            return "object";
        case 'S':
        case 'U':
            return "text";
        case 'V':
            return "raw bytes";
        default:
            return "neither integer nor float";
    }
}

bool is_integer(const NpyHeader& h) {
    const bool kind = h.kind == 'i' || h.kind == 'u';
    return kind && (h.item == 1 || h.item == 2 || h.item == 4 || h.item == 8);
}
bool is_float(const NpyHeader& h) { return h.kind == 'f' && (h.item == 4 || h.item == 8); }

void check_dtype(const std::string& path, const NpyHeader& h, bool fits,
                 std::string_view expected) {
    if (fits) return;
    throw base::Error(fmt::format("{}: error: found dtype '{}' ({}); expected {}", path, h.descr,
                                  dtype_name(h.kind), expected));
}

/// The data's bytes, in the file's order, after the file's size has been held against the shape.
std::string read_data(const std::string& path, const InputFile& file, const Opened& o) {
    const std::size_t expected = o.header.elements * o.header.item;
    const std::size_t found = file.size() - o.data_offset;
    if (found != expected) {
        throw base::Error(
            fmt::format("{}: error: {}: found {} bytes of data; expected {} for shape {} of '{}'",
                        path, found < expected ? "truncated" : "over-long", found, expected,
                        shape_text(o.header.shape), o.header.descr));
    }
    return file.bytes(o.data_offset, expected);
}

/// Position in a Fortran-ordered file of each element in C order, one after the other.
class FortranWalk {
  public:
    explicit FortranWalk(const std::vector<std::size_t>& shape)
        : shape_(shape), index_(shape.size()), stride_(shape.size()) {
        std::size_t stride = 1;
        for (std::size_t i = 0; i < shape.size(); stride *= shape[i++]) stride_[i] = stride;
    }
    std::size_t next() {
        const std::size_t here = at_;
        for (std::size_t i = shape_.size(); i-- > 0;) {
            at_ += stride_[i];
            if (++index_[i] < shape_[i]) break;
            at_ -= stride_[i] * shape_[i];
            index_[i] = 0;
        }
        return here;
    }

  private:
    const std::vector<std::size_t>& shape_;
    std::vector<std::size_t> index_, stride_;
    std::size_t at_ = 0;
};

template <class Raw>
Raw element(const std::string& bytes, std::size_t n, bool big_endian) {
    std::array<char, sizeof(Raw)> raw;
    std::memcpy(raw.data(), bytes.data() + n * sizeof(Raw), sizeof(Raw));
    if (big_endian != (std::endian::native == std::endian::big)) {
        for (std::size_t i = 0; i < sizeof(Raw) / 2; ++i)
            std::swap(raw[i], raw[sizeof(Raw) - 1 - i]);
    }
    Raw value;
    std::memcpy(&value, raw.data(), sizeof(Raw));
    return value;
}

template <class T, class Raw>
void check_value(const std::string& path, const NpyHeader& h, std::size_t n, Raw value) {
    bool fits = true;
    std::string_view expected;
    if constexpr (std::is_floating_point_v<Raw>) {
        fits = std::isfinite(value);
        expected = "a finite number";
    } else if constexpr (std::is_same_v<Raw, std::uint64_t> && std::is_integral_v<T>) {
        fits = value <= std::uint64_t{std::numeric_limits<std::int64_t>::max()};
        expected = "at most 9223372036854775807 (int64)";
    }
    if (fits) return;
    throw base::Error(fmt::format("{}: error: {}: found {}; expected {}", path,
                                  index_text(h.shape, n), value, expected));
}

template <class T, class Raw>
std::vector<T> convert(const std::string& path, const NpyHeader& h, const std::string& bytes) {
    std::vector<T> out(h.elements);
    FortranWalk walk(h.shape);
    for (std::size_t n = 0; n < out.size(); ++n) {
        const Raw value = element<Raw>(bytes, h.fortran ? walk.next() : n, h.big_endian);
        check_value<T>(path, h, n, value);
        out[n] = static_cast<T>(value);  // NOLINT(bugprone-signed-char-misuse): int8 is a number
    }
    return out;
}

template <class T>
std::vector<T> convert_integers(const std::string& path, const NpyHeader& h,
                                const std::string& bytes) {
    const bool is_signed = h.kind == 'i';
    switch (h.item) {
        case 1:
            return is_signed ? convert<T, std::int8_t>(path, h, bytes)
                             : convert<T, std::uint8_t>(path, h, bytes);
        case 2:
            return is_signed ? convert<T, std::int16_t>(path, h, bytes)
                             : convert<T, std::uint16_t>(path, h, bytes);
        case 4:
            return is_signed ? convert<T, std::int32_t>(path, h, bytes)
                             : convert<T, std::uint32_t>(path, h, bytes);
        default:
            return is_signed ? convert<T, std::int64_t>(path, h, bytes)
                             : convert<T, std::uint64_t>(path, h, bytes);
    }
}

std::vector<double> convert_floats(const std::string& path, const NpyHeader& h,
                                   const std::string& bytes) {
    return h.item == 4 ? convert<double, float>(path, h, bytes)
                       : convert<double, double>(path, h, bytes);
}

/// A file may be whole and still larger than the memory.
template <class Function>
auto within_memory(const std::string& path, Function read) {
    try {
        return read();
    } catch (const std::bad_alloc&) {
    } catch (const std::length_error&) {
    }
    throw base::Error(
        fmt::format("{}: error: found more data than the memory holds; expected less", path));
}

}  // namespace

Tensor<std::int64_t> read_npy_int(const std::string& path) {
    return within_memory(path, [&] {
        const InputFile file(path);
        const Opened o = read_header(path, file);
        check_dtype(
            path, o.header, is_integer(o.header),
            "an integer dtype of 1, 2, 4 or 8 bytes (cimrtl quantize makes integers of floats)");
        return Tensor<std::int64_t>{o.header.shape, convert_integers<std::int64_t>(
                                                        path, o.header, read_data(path, file, o))};
    });
}

Tensor<double> read_npy_float(const std::string& path) {
    return within_memory(path, [&] {
        const InputFile file(path);
        const Opened o = read_header(path, file);
        check_dtype(path, o.header, is_float(o.header), "a float dtype of 4 or 8 bytes");
        return Tensor<double>{o.header.shape,
                              convert_floats(path, o.header, read_data(path, file, o))};
    });
}

Tensor<double> read_npy_real(const std::string& path) {
    return within_memory(path, [&] {
        const InputFile file(path);
        const Opened o = read_header(path, file);
        check_dtype(path, o.header, is_float(o.header) || is_integer(o.header),
                    "a float dtype of 4 or 8 bytes or an integer dtype of 1, 2, 4 or 8 bytes");
        const std::string bytes = read_data(path, file, o);
        return Tensor<double>{o.header.shape,
                              is_float(o.header) ? convert_floats(path, o.header, bytes)
                                                 : convert_integers<double>(path, o.header, bytes)};
    });
}

bool npy_is_float(const std::string& path) {
    const InputFile file(path);
    return read_header(path, file).header.kind == 'f';
}

}  // namespace operands

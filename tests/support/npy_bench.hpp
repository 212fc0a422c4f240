// SPDX-License-Identifier: Apache-2.0
/// What the tests of .npy files and of quantize share: a scratch folder, hand-made files, messages.
#pragma once

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "base/error.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "operands/npy.hpp"

namespace npy_bench {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;
using Integers = operands::Tensor<std::int64_t>;

/// A folder that is gone when the test ends.
class Scratch {
  public:
    std::string operator/(const std::string& name) const {
        return (folder_.path() / name).string();
    }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_.path()), {}));
    }

  private:
    base::ScratchFolder folder_{"cimrtl-npy"};
};

/// No file grows beyond 4096 bytes as long as this lives: a disk that is full, for this process
/// alone.
class SmallFiles {
  public:
    SmallFiles() : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        if (::getrlimit(RLIMIT_FSIZE, &before_) != 0) throw std::runtime_error("getrlimit");
        const rlimit small{4096, before_.rlim_max};
        if (::setrlimit(RLIMIT_FSIZE, &small) != 0) throw std::runtime_error("setrlimit");
    }
    ~SmallFiles() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    SmallFiles(const SmallFiles&) = delete;
    SmallFiles& operator=(const SmallFiles&) = delete;

  private:
    void (*handler_)(int);
    rlimit before_{};
};

inline void put(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string get(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A file of version `major` around any dictionary text and data, unaligned.
inline std::string npy(const std::string& dict, const std::string& data, int major = 1) {
    std::string bytes = std::string("\x93NUMPY") + static_cast<char>(major) + '\0';
    for (int i = 0; i < (major == 1 ? 2 : 4); ++i) {
        bytes += static_cast<char>(dict.size() >> (8 * i) & 0xff);
    }
    return bytes + dict + data;
}

inline std::string dict(const std::string& descr, const std::string& shape, bool fortran = false) {
    return fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}\n", descr,
                       fortran ? "True" : "False", shape);
}

/// The low `size` bytes of an integer in either byte order.
inline std::string raw(std::uint64_t value, int size, bool big) {
    std::string out;
    for (int i = 0; i < size; ++i) {
        out += static_cast<char>(value >> 8 * (big ? size - 1 - i : i) & 0xff);
    }
    return out;
}

template <class Read>
inline std::string message(const std::string& path, Read read) {
    try {
        read(path);
    } catch (const base::Error& e) {
        CHECK_THAT(e.what(), Contains(path));
        return e.what();
    }
    return "no error";
}

}  // namespace npy_bench

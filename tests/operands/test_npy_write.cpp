// SPDX-License-Identifier: Apache-2.0
// The .npy writer and the care with which every file is written.
//
// The bytes are held against NumPy's own layout once, and read back for every rank. The rest is
// what a path may be (absent, file, link, folder, pipe, device) and what may go wrong meanwhile (no
// room, no folder): the older file must stand, and nothing else be left in the folder.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/files.hpp"
#include "npy_bench.hpp"
#include "skip.hpp"

namespace {

using namespace base;
using namespace operands;
using namespace npy_bench;

/// A memory device. Root may replace those of the system, which a fault in what is tested would do:
/// root gets one of its own in `scratch`, empty if that cannot be made or opened.
std::string device(const Scratch& scratch, const std::string& name, unsigned minor_number) {
    if (::geteuid() != 0) return "/dev/" + name;
    const std::string path = scratch / name;
    if (::mknod(path.c_str(), S_IFCHR | 0600, makedev(1, minor_number)) != 0) return "";
    const int descriptor = ::open(path.c_str(), O_WRONLY);
    if (descriptor < 0) return "";
    ::close(descriptor);
    return path;
}

}  // namespace

TEST_CASE("npy: written files are NumPy's, byte for byte", "[npy]") {
    const Scratch scratch;
    write_npy(scratch / "i.npy", Integers{{2, 2}, {1, -1, std::int64_t{1} << 62, 0}});
    const std::string text = "{'descr': '<i8', 'fortran_order': False, 'shape': (2, 2), }";
    const std::string want = std::string("\x93NUMPY\x01\0\x76\0", 10) + text +
                             std::string(128 - 10 - 1 - text.size(), ' ') + "\n" +
                             raw(1, 8, false) + std::string(8, '\xff') +
                             raw(std::uint64_t{1} << 62, 8, false) + raw(0, 8, false);
    CHECK(get(scratch / "i.npy") == want);
    for (const auto& shape : {std::vector<std::size_t>{}, {3}, {0, 2}, {2, 3, 1}}) {
        std::size_t size = 1;
        for (const std::size_t d : shape) size *= d;
        Tensor<double> t{shape, std::vector<double>(size, -0.1)};
        write_npy(scratch / "f.npy", t);
        const Tensor<double> back = read_npy_float(scratch / "f.npy");
        CHECK(back.shape == shape);
        CHECK(back.data == t.data);
        CHECK((get(scratch / "f.npy").size() - 8 * size) % 64 == 0);
    }
}

TEST_CASE("npy: a write replaces a file whole or not at all", "[npy]") {
    const Scratch scratch;
    put(scratch / "old", "old");
    SECTION("permissions and links stay") {
        fs::permissions(scratch / "old", fs::perms(0640));
        fs::create_symlink("old", scratch / "link");
        write_file(scratch / "link", "new");
        CHECK(get(scratch / "old") == "new");
        CHECK(fs::is_symlink(scratch / "link"));
        CHECK(fs::status(scratch / "old").permissions() == fs::perms(0640));
        CHECK(scratch.files() == 2);
    }
    SECTION("a file that grows too large is no file") {
        const SmallFiles limit;
        const std::string text =
            message(scratch / "old", [](auto& p) { write_file(p, std::string(100000, 'x')); });
        CHECK_THAT(text, Contains("cannot be written: File too large"));
        CHECK(get(scratch / "old") == "old");
        CHECK(scratch.files() == 1);
    }
    SECTION("folders, missing folders and dangling links are errors") {
        fs::create_directory(scratch / "dir");
        fs::create_symlink("gone/file", scratch / "dangling");
        const auto write = [](const std::string& p) { write_file(p, "x"); };
        CHECK_THAT(message(scratch / "dir", write), Contains("Is a directory"));
        CHECK_THAT(message(scratch / "none/file", write), Contains("No such file"));
        CHECK_THAT(message(scratch / "dangling", write), Contains("No such file"));
        CHECK_THAT(message(scratch / "old/file", write), Contains("Not a directory"));
        CHECK(scratch.files() == 3);
    }
}

TEST_CASE("npy: a pipe is written, never replaced", "[npy]") {
    const Scratch scratch;
    REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
    const int end = ::open((scratch / "pipe").c_str(), O_RDONLY | O_NONBLOCK);
    REQUIRE(end >= 0);
    write_file(scratch / "pipe", "through");
    char buffer[16];
    CHECK(::read(end, buffer, sizeof buffer) == 7);
    ::close(end);
    CHECK(fs::is_fifo(scratch / "pipe"));
    CHECK(scratch.files() == 1);
}

TEST_CASE("npy: a device is written, never replaced", "[.device]") {
    const Scratch scratch;
    const std::string null = device(scratch, "null", 3), full = device(scratch, "full", 7);
    if (null.empty() || full.empty()) {
        test_environment::skip("no device can be made in the temporary folder");
        return;
    }
    write_file(null, "x");
    CHECK(fs::is_character_file(null));
    CHECK_THAT(message(full, [](const std::string& p) { write_file(p, "x"); }),
               Contains("No space left"));
    CHECK(fs::is_character_file(full));
}

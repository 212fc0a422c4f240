// SPDX-License-Identifier: Apache-2.0
// The .npy reader.
//
// What a reader must survive is any file at all. The space: kind of file; magic, version and length
// fields; the dictionary's grammar; dtype; shape against size; values. Each has its well-formed
// classes (all dtypes, both byte orders, both memory orders, ranks 0 to 3, empty dimensions) and
// its malformed ones, each by a file and the message it must give. On top, a good file is cut at
// every length and every byte of its head is changed to every value: the reader must give a tensor
// of the size it says or an Error, nothing else (the sanitizer build watches the memory).
#include <fmt/format.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "npy_bench.hpp"

namespace {

using namespace base;
using namespace operands;
using namespace npy_bench;

std::string int_message(const Scratch& scratch, const std::string& bytes) {
    put(scratch / "t.npy", bytes);
    return message(scratch / "t.npy", read_npy_int);
}

Integers read_bytes(const Scratch& scratch, const std::string& bytes) {
    put(scratch / "t.npy", bytes);
    return read_npy_int(scratch / "t.npy");
}

}  // namespace

TEST_CASE("npy: every integer dtype, byte order, memory order and version", "[npy]") {
    const Scratch scratch;
    const int size = GENERATE(1, 2, 4, 8);
    const bool is_signed = GENERATE(true, false);
    const bool big = GENERATE(false, true);
    const bool fortran = GENERATE(false, true);
    const int major = GENERATE(1, 2);
    const int bits = 8 * size - (is_signed || size == 8 ? 1 : 0);  // u8 above int64: its own test
    const auto high = static_cast<std::int64_t>(~std::uint64_t{0} >> (64 - bits));
    const std::int64_t low = is_signed ? -high - 1 : 0;
    const std::vector<std::int64_t> want = {low, high, 1, 2, 3, high - 1};  // (2, 3) in C order
    std::string data;
    for (const int n : fortran ? std::vector{0, 3, 1, 4, 2, 5} : std::vector{0, 1, 2, 3, 4, 5}) {
        data += raw(static_cast<std::uint64_t>(want[static_cast<std::size_t>(n)]), size, big);
    }
    const std::string order = size == 1 ? "|" : big ? ">" : "<";
    const std::string descr = fmt::format("{}{}{}", order, is_signed ? 'i' : 'u', size);
    const Integers t = read_bytes(scratch, npy(dict(descr, "(2, 3)", fortran), data, major));
    CHECK(t.shape == std::vector<std::size_t>{2, 3});
    CHECK(t.data == want);
}

TEST_CASE("npy: ranks, empty dimensions and the spellings of a dictionary", "[npy]") {
    const Scratch scratch;
    CHECK(read_bytes(scratch, npy(dict("|i1", "()"), "\x05")).data == std::vector<std::int64_t>{5});
    CHECK(read_bytes(scratch, npy(dict("|i1", "()"), "\x05")).shape.empty());
    CHECK(read_bytes(scratch, npy(dict("|i1", "(2,)"), "ab")).shape == std::vector<std::size_t>{2});
    CHECK(read_bytes(scratch, npy(dict("<i4", "(0, 3)"), "")).shape ==
          std::vector<std::size_t>{0, 3});
    CHECK(read_bytes(scratch, npy(dict("<i4", "(3, 0)", true), "")).data.empty());
    const Integers three = read_bytes(scratch, npy(dict("|i1", "(2, 1, 3)", true), "adbecf"));
    CHECK(three.shape == std::vector<std::size_t>{2, 1, 3});
    CHECK(std::string(three.data.begin(), three.data.end()) == "abcdef");

    const std::string odd =
        "\t{ \"shape\" :( 1L,2L , ),\"descr\":\"<i2\" , 'fortran_order':False}   \n";
    CHECK(read_bytes(scratch, npy(odd, std::string("a\0b\0", 4))).data ==
          std::vector<std::int64_t>{'a', 'b'});
    CHECK(read_bytes(scratch, npy(dict("=i2", "(1,)"), raw(7, 2, false))).data[0] == 7);
}

TEST_CASE("npy: malformed heads are named with what would be right", "[npy]") {
    const Scratch scratch;
    struct Bad {
        std::string bytes, found, expected;
    };
    const std::string good = dict("<i4", "(1,)");
    const auto text = [](const std::string& d) { return npy(d, std::string(4, '\0')); };
    const auto shaped = [](const std::string& s) {
        return npy(dict("<i4", s), std::string(8, '\0'));
    };
    const auto typed = [](const std::string& d) {
        return npy(dict(d, "(1,)"), std::string(8, '\0'));
    };
    std::string version3 = npy(good, "abcd", 2), version21 = npy(good, "abcd", 2);
    version3[6] = 3;
    version21[7] = 1;
    std::string huge = npy(good, "abcd", 2);
    huge.replace(8, 4, "\xff\xff\xff\xff");
    std::string longer = npy(good, "");
    longer[8] = static_cast<char>(longer[8] + 1);
    const std::vector<Bad> all = {
        {"", "an empty file", "an .npy file"},
        {"PK\x03\x04 zip", "'PK\\x03\\x04 zip' at its start", "an .npy file"},
        {"\x93NUM", "'\\x93NUM'", "an .npy file"},
        {"\x93NUMPY\x01", "7 bytes, which end in the version", "a whole .npy file"},
        {std::string("\x93NUMPY\x01\0\x10", 9), "the header's length", "a whole .npy file"},
        {version3, ".npy version 3.0", "1.0 or 2.0"},
        {version21, ".npy version 2.1", "1.0 or 2.0"},
        {huge, "a header of 4294967295 bytes in a file of", "end within"},
        {longer, fmt::format("a header of {} bytes in a file of", good.size() + 1), "end within"},
        {npy(good + std::string(70000, ' '), "abcd", 2), "a header of 7", "at most 65536"},
        {text(""), "found the end", "a dictionary"},
        {text("[1]"), "'[1]'", "a dictionary"},
        {text("{"), "found the end", "a key in quotes"},
        {text("{}"), "no key 'descr'", "'descr', 'fortran_order' and 'shape'"},
        {text("{'descr': '<i4', 'shape': (1,)}"), "no key 'fortran_order'", "'descr'"},
        {text("{'descr': '<i4', 'fortran_order': False}"), "no key 'shape'", "'descr'"},
        {text("{'descr': '<i4', 'descr': '<i4'}"), "'descr': '<i4'}", "once"},
        {text("{'shape': (1,), 'shape': (1,)}"), "'shape'", "once"},
        {text("{'fortran_order': True, 'fortran_order': True}"), "fortran_order", "once"},
        {text("{'other': 1}"), "'other': 1", "no other key"},
        {text("{'descr' '<i4'}"), "''<i4'}'", "':' after a key"},
        {text("{'descr': '<i4' 'shape': (1,)}"), "''shape'", "',' or '}'"},
        {text("{'descr: 3}"), "'descr: 3", "closing quote"},
        {text("{'descr': 3}"), "'3}'", "a dtype in quotes"},
        {text("{'descr': ''}"), "'}'", "a dtype such as"},
        {text("{'descr': [('a', '<i4')]}"), "[('a'", "structured"},
        {text("{'descr': '<i4', 'fortran_order': 0}"), "'0}'", "True or False"},
        {text(good + "x"), "'x'", "nothing after"},
        {text("{'descr': '\xc3\xa9\n'}"), "no key", ""},
        {shaped("2"), "'2, }", "a shape in parentheses"},
        {shaped("(2)"), "'), }", "',' after the only dimension"},
        {shaped("(-1,)"), "'-1,)", "an integer of 0 or more"},
        {shaped("(1.5,)"), "'.5,)", "','"},
        {shaped("(2, 'a')"), "''a')", "a dimension"},
        {shaped("(2, 1"), "'}\\x0a'", "a dimension"},
        {shaped("(99999999999999999999,)"), "'9999", "below 2^63"},
        {shaped("(9223372036854775808,)"), "'9223", "below 2^63"},
        {shaped("(18446744073709551617,)"), "'1844", "below 2^63"},
        {shaped("(4294967296, 4294967296)"), "overflows", "2^63 bytes"},
        {shaped("(4294967296, 4294967297)"), "overflows", "2^63 bytes"},
        {shaped("(0, 4294967296, 4294967296)"), "overflows", "2^63 bytes"},
        {shaped("(9223372036854775807,)"), "overflows", "2^63 bytes"},
        {shaped("(1000000000000,)"), "truncated: found 8 bytes", "4000000000000 for shape"},
        {shaped("(3,)"), "truncated: found 8 bytes", "12 for shape (3,) of '<i4'"},
        {shaped("(1,)"), "over-long: found 8 bytes", "4 for shape (1,)"},
        {shaped("(0,)"), "over-long: found 8 bytes", "0 for shape (0,)"},
        {shaped("()"), "over-long: found 8 bytes", "4 for shape ()"},
        {typed("<f8"), "'<f8' (float)", "an integer dtype"},
        {typed("<f2"), "'<f2' (float)", "an integer dtype"},
        {typed("|b1"), "'|b1' (bool)", "an integer dtype"},
        {typed("|O"), "'|O' (object)", "an integer dtype"},
        {typed("<c8"), "'<c8' (complex)", "an integer dtype"},
        {typed("<U2"), "'<U2' (text)", "an integer dtype"},
        {typed("|S8"), "'|S8' (text)", "an integer dtype"},
        {typed("|V8"), "'|V8' (raw bytes)", "an integer dtype"},
        {typed("<M8[us]"), "'<M8[us]'", "an integer dtype"},
        {typed("<i3"), "'<i3'", "1, 2, 4 or 8"},
        {typed("<i16"), "'<i16'", "1, 2, 4 or 8"},
        {typed("<i"), "'<i'", "1, 2, 4 or 8"},
        {typed("<i99999999999999999999999"), "'<i9999", "1, 2, 4 or 8"},
        {typed("i4"), "'i4' without a byte order", "'<' or '>'"},
        {typed("|i4"), "'|i4' without a byte order", "'<' or '>'"},
        {typed("<"), "'<'", "an integer dtype"},
        {typed("\x1b[31m"), "\\x1b[31m", "an integer dtype"},
    };
    for (const Bad& bad : all) {
        CAPTURE(bad.bytes);
        const std::string text_of = int_message(scratch, bad.bytes);
        CHECK_THAT(text_of, Contains("error: ") && Contains(bad.found) && Contains(bad.expected));
    }
}

TEST_CASE("npy: values that a tensor cannot hold are named with their index", "[npy]") {
    const Scratch scratch;
    const std::string top = raw(std::uint64_t{1} << 63, 8, true);
    const std::string data = raw(0, 8, true) + raw(~std::uint64_t{0} >> 1, 8, true) + top + top;
    CHECK_THAT(int_message(scratch, npy(dict(">u8", "(2, 2)"), data)),
               Contains("[1, 0]: found 9223372036854775808; expected at most 9223372036854775807"));
    CHECK_THAT(int_message(scratch, npy(dict(">u8", "(2, 2)", true), data)), Contains("[0, 1]: "));
    CHECK_THAT(int_message(scratch, npy(dict(">u8", "()"), top)), Contains("[]: found"));

    const auto float_message = [&](const std::string& bytes) {
        put(scratch / "f.npy", bytes);
        return message(scratch / "f.npy", read_npy_float);
    };
    const std::string nan = raw(0x7fc00000, 4, false), inf = raw(0xff800000, 4, false);
    const std::string one = raw(0x3f800000, 4, false);
    CHECK_THAT(float_message(npy(dict("<f4", "(3,)"), one + one + nan)),
               Contains("[2]: found nan; expected a finite number"));
    CHECK_THAT(float_message(npy(dict("<f4", "(1, 2)"), one + inf)),
               Contains("[0, 1]: found -inf"));
    CHECK_THAT(float_message(npy(dict(">f8", "(1,)"), raw(0x7ff0000000000000, 8, true))),
               Contains("[0]: found inf"));
    CHECK_THAT(float_message(npy(dict("<f2", "(2,)"), one)),
               Contains("'<f2' (float); expected a float dtype of 4 or 8 bytes"));
    CHECK_THAT(float_message(npy(dict("<i4", "(1,)"), one)), Contains("'<i4' (integer)"));
}

TEST_CASE("npy: floats of both sizes and byte orders", "[npy]") {
    const Scratch scratch;
    put(scratch / "a.npy", npy(dict(">f4", "(2,)"), raw(0xc0200000, 4, true) + raw(1, 4, true)));
    CHECK(read_npy_float(scratch / "a.npy").data ==
          std::vector<double>{-2.5, std::ldexp(1.0, -149)});
    put(scratch / "b.npy", npy(dict("<f8", "(1,)"), raw(0x3ff8000000000000, 8, false)));
    CHECK(read_npy_float(scratch / "b.npy").data == std::vector<double>{1.5});
    CHECK(npy_is_float(scratch / "a.npy"));
    put(scratch / "c.npy", npy(dict("|u1", "(1,)"), "a"));
    CHECK_FALSE(npy_is_float(scratch / "c.npy"));
}

TEST_CASE("npy: what is no regular file is refused, at once", "[npy]") {
    const Scratch scratch;
    REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
    fs::create_directory(scratch / "dir");
    fs::create_symlink("loop", scratch / "loop");
    CHECK_THAT(message(scratch / "none.npy", read_npy_int), Contains("No such file"));
    CHECK_THAT(message(scratch / "dir", read_npy_int),
               Contains("found a folder; expected an .npy"));
    CHECK_THAT(message(scratch / "pipe", read_npy_int), Contains("found a pipe"));
    CHECK_THAT(message("/dev/zero", read_npy_int), Contains("found a device"));
    CHECK_THAT(message(scratch / "loop", read_npy_float), Contains("cannot be read"));
    CHECK_THAT(message(scratch / "none.npy", npy_is_float), Contains("No such file"));
}

TEST_CASE("npy: a good file cut anywhere, lengthened, or with any byte of its head changed",
          "[npy]") {
    const Scratch scratch;
    const std::string whole = npy(dict("<i2", "(2, 3)"), "abcdefghijkl", 2);
    for (std::size_t n = 0; n < whole.size(); ++n) {
        CAPTURE(n);
        CHECK(int_message(scratch, whole.substr(0, n)) != "no error");
    }
    CHECK_THAT(int_message(scratch, whole + "x"), Contains("over-long: found 13 bytes"));
    std::size_t read = 0;
    for (std::size_t n = 0; n < whole.size() - 12; ++n) {
        for (int value = 0; value < 256; ++value) {
            std::string bytes = whole;
            bytes[n] = static_cast<char>(value);
            put(scratch / "t.npy", bytes);
            try {
                const Integers t = read_npy_int(scratch / "t.npy");
                std::size_t size = 1;
                for (const std::size_t d : t.shape) size *= d;
                if (t.data.size() != size || size * 2 != 12) FAIL(n << " " << value);
                ++read;
            } catch (const base::Error&) {
            }
        }
    }
    // At least the unchanged file for each byte, white space for white space, '<' for '>'.
    CHECK(read > whole.size() - 12);
}

// SPDX-License-Identifier: Apache-2.0
#include "operands/npy_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <optional>

#include "base/error.hpp"

namespace operands {

namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t dict_max = std::size_t{1} << 16;

/// Bytes of a hostile file as they may be printed: short, and nothing but visible ASCII.
std::string printable(std::string_view text) {
    constexpr std::size_t shown = 40;
    std::string out;
    for (const char c : text.substr(0, shown)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f) {
            out += c;
        } else {
            out += fmt::format("\\x{:02x}", byte);
        }
    }
    return text.size() > shown ? out + "..." : out;
}

std::size_t little_endian(std::string_view bytes) {
    std::size_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    }
    return value;
}

/// Recursive-descent parser of the one dictionary that may stand here.
class DictParser {
  public:
    DictParser(const std::string& path, std::string_view text) : path_(path), text_(text) {}

    NpyHeader parse() {
        expect('{', "a dictionary");
        while (!take('}')) {
            entry();
            if (take('}')) break;
            expect(',', "',' or '}' after an entry");
        }
        skip_space();
        if (at_ < text_.size()) fail("nothing after the dictionary");
        require(header_.descr.empty(), "descr");
        require(!order_, "fortran_order");
        require(!shape_, "shape");
        header_.fortran = *order_;
        header_.shape = *shape_;
        return header_;
    }

  private:
    [[noreturn]] void fail(std::string_view expected) const {
        const std::string found =
            at_ < text_.size() ? "'" + printable(text_.substr(at_)) + "'" : "the end";
        throw base::Error(fmt::format("{}: error: header: found {} at its byte {}; expected {}",
                                      path_, found, at_, expected));
    }
    void require(bool missing, std::string_view key) const {
        if (!missing) return;
        throw base::Error(fmt::format(
            "{}: error: header: found no key '{}'; expected 'descr', 'fortran_order' and 'shape'",
            path_, key));
    }
    void skip_space() {
        while (at_ < text_.size() &&
               std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }
    bool take(char c) {
        skip_space();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    void expect(char c, std::string_view what) {
        if (!take(c)) fail(what);
    }
    bool take_word(std::string_view word) {
        skip_space();
        if (text_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }

    std::string_view quoted(std::string_view what) {
        skip_space();
        if (at_ == text_.size() || (text_[at_] != '\'' && text_[at_] != '"')) fail(what);
        const std::size_t end = text_.find(text_[at_], at_ + 1);
        if (end == std::string_view::npos) fail(fmt::format("{} with a closing quote", what));
        const std::string_view content = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return content;
    }

    void entry() {
        const std::size_t start = at_;
        const std::string_view key = quoted("a key in quotes");
        expect(':', "':' after a key");
        if (key == "descr" && header_.descr.empty()) {
            descr();
        } else if (key == "fortran_order" && !order_) {
            order();
        } else if (key == "shape" && !shape_) {
            shape();
        } else {
            at_ = start;
            fail("each of 'descr', 'fortran_order' and 'shape' once, and no other key");
        }
    }
    void descr() {
        skip_space();
        if (at_ < text_.size() && text_[at_] == '[') {
            fail("a plain dtype such as '<i4' (this one is structured)");
        }
        const std::string_view text = quoted("a dtype in quotes");
        if (text.empty()) fail("a dtype such as '<i4' before it");
        header_.descr = printable(text);
        dtype(text);
    }
    void dtype(std::string_view text);
    void order() {
        if (take_word("True")) {
            order_ = true;
        } else if (take_word("False")) {
            order_ = false;
        } else {
            fail("True or False");
        }
    }
    void shape() {
        expect('(', "a shape in parentheses");
        shape_.emplace();
        while (!take(')')) {
            shape_->push_back(dimension());
            take('L');  // written by NumPy under Python 2
            if (take(',')) continue;
            if (shape_->size() == 1) fail("',' after the only dimension");
            expect(')', "',' or ')' after a dimension");
            break;
        }
    }
    std::size_t dimension() {
        skip_space();
        const std::size_t start = at_;
        std::uint64_t value = 0;
        bool fits = true;
        for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
            const auto digit = static_cast<std::uint64_t>(text_[at_] - '0');
            fits = fits && !__builtin_mul_overflow(value, std::uint64_t{10}, &value) &&
                   !__builtin_add_overflow(value, digit, &value);
        }
        if (at_ == start) fail("a dimension: an integer of 0 or more");
        if (!fits || value > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
            at_ = start;
            fail("a dimension below 2^63");
        }
        return value;
    }

    const std::string& path_;
    std::string_view text_;
    std::size_t at_ = 0;
    NpyHeader header_;
    std::optional<bool> order_;
    std::optional<std::vector<std::size_t>> shape_;
};

/// Byte order, letter and digits. What these are good for the reader of the data decides.
void DictParser::dtype(std::string_view text) {
    const char order = text[0];
    const bool has_order = order == '<' || order == '>' || order == '|' || order == '=';
    const std::string_view rest = text.substr(has_order ? 1 : 0);
    header_.kind = rest.empty() ? '?' : rest[0];
    for (const char c : rest.substr(rest.empty() ? 0 : 1)) {
        if (c < '0' || c > '9' || header_.item > 100000) {
            header_.kind = '?';  // 'M8[us]' and such
            break;
        }
        header_.item = header_.item * 10 + static_cast<std::size_t>(c - '0');
    }
    header_.big_endian = order == '>' || (order == '=' && std::endian::native == std::endian::big);
    const bool number = header_.kind == 'i' || header_.kind == 'u' || header_.kind == 'f';
    if (number && header_.item != 1 && (!has_order || order == '|')) {
        throw base::Error(fmt::format(
            "{}: error: header: found dtype '{}' without a byte order; expected '<' or '>' first",
            path_, header_.descr));
    }
}

/// Product of the dimensions; the bytes must fit the address space. A zero does not excuse others.
std::size_t count(const std::string& path, const NpyHeader& h) {
    std::uint64_t product = std::max<std::size_t>(h.item, sizeof(std::int64_t));
    bool empty = false;
    for (const std::size_t d : h.shape) {
        empty = empty || d == 0;
        if (d != 0 && __builtin_mul_overflow(product, std::uint64_t{d}, &product)) product = 0;
        if (product == 0 || product > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
            throw base::Error(fmt::format(
                "{}: error: header: found shape {}, whose size overflows; expected less than 2^63 "
                "bytes",
                path, shape_text(h.shape)));
        }
    }
    return empty ? 0 : product / std::max<std::size_t>(h.item, sizeof(std::int64_t));
}

}  // namespace

NpyPreamble parse_npy_preamble(const std::string& path, std::string_view start,
                               std::size_t file_size) {
    if (start.substr(0, magic.size()) != magic) {
        throw base::Error(
            fmt::format("{}: error: found {}; expected an .npy file (numpy.save writes one)", path,
                        start.empty() ? "an empty file"
                                      : "'" + printable(start.substr(0, 8)) + "' at its start"));
    }
    const auto truncated = [&](std::string_view where) {
        return base::Error(
            fmt::format("{}: error: truncated: found {} bytes, which end in {}; expected a whole "
                        ".npy file",
                        path, file_size, where));
    };
    if (start.size() < 8) throw truncated("the version");
    const int major = static_cast<unsigned char>(start[6]);
    const int minor = static_cast<unsigned char>(start[7]);
    if ((major != 1 && major != 2) || minor != 0) {
        throw base::Error(fmt::format("{}: error: found .npy version {}.{}; expected 1.0 or 2.0",
                                      path, major, minor));
    }
    const std::size_t width = major == 1 ? 2 : 4;
    if (start.size() < 8 + width) throw truncated("the header's length");
    const NpyPreamble p{8 + width, little_endian(start.substr(8, width))};
    if (p.dict_length > file_size - p.dict_offset) {
        throw base::Error(fmt::format(
            "{}: error: truncated: found a header of {} bytes in a file of {}; expected it to end "
            "within",
            path, p.dict_length, file_size));
    }
    if (p.dict_length > dict_max) {
        throw base::Error(fmt::format("{}: error: found a header of {} bytes; expected at most {}",
                                      path, p.dict_length, dict_max));
    }
    return p;
}

NpyHeader parse_npy_dict(const std::string& path, std::string_view dict) {
    NpyHeader header = DictParser(path, dict).parse();
    header.elements = count(path, header);
    return header;
}

std::string shape_text(const std::vector<std::size_t>& shape) {
    return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

std::string index_text(const std::vector<std::size_t>& shape, std::size_t n) {
    std::vector<std::size_t> index(shape.size());
    for (std::size_t i = shape.size(); i-- > 0; n /= shape[i]) index[i] = n % shape[i];
    return fmt::format("[{}]", fmt::join(index, ", "));
}

}  // namespace operands

// SPDX-License-Identifier: Apache-2.0
#include "liberty_file.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string_view>

#include "base/error.hpp"

namespace synth {
namespace {

using base::Error;

constexpr std::string_view gzip = "\x1f\x8b";
constexpr std::string_view utf8_mark = "\xef\xbb\xbf";

/// What other programs compress to, by the first bytes.
constexpr std::pair<std::string_view, const char*> compressed[] = {{"\xfd"
                                                                    "7zXZ",
                                                                    "xz"},
                                                                   {"BZh", "bzip2"},
                                                                   {"PK\x03\x04", "zip"},
                                                                   {"\x28\xb5\x2f\xfd", "zstd"}};

std::string read_bytes(const std::string& file) {
    std::error_code ec;
    const auto status = std::filesystem::status(file, ec);
    if (std::filesystem::is_directory(status)) throw Error(fmt::format("{}: is a folder", file));
    if (status.type() == std::filesystem::file_type::not_found)
        throw Error(fmt::format("{}: there is no such file", file));
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in || in.bad()) {
        const int reason = errno;
        throw Error(fmt::format("{}: cannot be read{}{}", file, reason != 0 ? ": " : "",
                                reason != 0 ? std::strerror(reason) : ""));
    }
    return bytes;
}

/// All members of a gzip file.
std::string inflated(const std::string& bytes, const std::string& file) {
    constexpr int gzip_window = 15 + 16;  // the largest window, in gzip's wrapping
    z_stream stream{};
    if (inflateInit2(&stream, gzip_window) != Z_OK) throw Error(file + ": zlib does not start");
    const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, inflateEnd);
    std::string text, part(1 << 18, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    for (int state = Z_OK; state != Z_STREAM_END || stream.avail_in > 0;) {
        if (state == Z_STREAM_END) inflateReset(&stream);
        stream.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.avail_out = static_cast<uInt>(part.size());
        state = inflate(&stream, Z_NO_FLUSH);
        text.append(part, 0, part.size() - stream.avail_out);
        if (state == Z_BUF_ERROR || (state == Z_OK && stream.avail_in == 0 && stream.avail_out > 0))
            throw Error(fmt::format("{}: the gzip file is cut off after {} bytes of text", file,
                                    text.size()));
        if (state != Z_OK && state != Z_STREAM_END)
            throw Error(fmt::format("{}: damaged gzip file ({})", file,
                                    stream.msg != nullptr ? stream.msg : "no gzip data"));
    }
    return text;
}

}  // namespace

std::string read_liberty_text(const std::string& file) {
    std::string text = read_bytes(file);
    if (text.starts_with(gzip)) text = inflated(text, file);
    for (const auto& [mark, name] : compressed)
        if (text.starts_with(mark))
            throw Error(fmt::format(
                "{}: compressed with {}; expected Liberty text or gzip: unpack it first", file,
                name));
    if (text.starts_with(utf8_mark)) text.erase(0, utf8_mark.size());
    return text;
}

}  // namespace synth

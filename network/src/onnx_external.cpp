// SPDX-License-Identifier: Apache-2.0
/// Data of tensors in files of their own.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "onnx.hpp"

namespace network {

namespace fs = std::filesystem;

namespace {

std::uint64_t number(const std::string& text, const std::string& what, const std::string& key) {
    const bool digits =
        !text.empty() && text.size() < 19 &&
        std::ranges::all_of(text, [](unsigned char c) { return c >= '0' && c <= '9'; });
    if (!digits) {
        fail_at(what, fmt::format("found {} `{}` of its external data; expected a number", key,
                                  printable(text)));
    }
    return std::stoull(text);
}

/// The file that holds a tensor's data: inside the model's folder, links followed.
fs::path external_path(const std::string& location, const fs::path& folder,
                       const std::string& what) {
    std::error_code failed;
    const fs::path base = fs::canonical(folder.empty() ? fs::path(".") : folder, failed);
    fs::path path = fs::weakly_canonical(base / location, failed);
    const auto [end, inside] = std::mismatch(base.begin(), base.end(), path.begin(), path.end());
    if (failed || location.empty() || location.find('\0') != location.npos ||
        fs::path(location).is_absolute() || end != base.end()) {
        fail_at(what, fmt::format(
                          "found external data in `{}`; expected a file inside the model's folder",
                          printable(location)));
    }
    if (!fs::is_regular_file(path, failed)) {
        fail_at(what, fmt::format("external data `{}` is missing; expected a file beside the model",
                                  printable(location)));
    }
    return path;
}

}  // namespace

std::string read_external(const onnx::TensorProto& proto, std::size_t bytes, const fs::path& folder,
                          const std::string& what) {
    std::string location;
    std::uint64_t offset = 0, length = bytes;
    for (const auto& entry : proto.external_data()) {
        if (entry.key() == "location") location = entry.value();
        if (entry.key() == "offset") offset = number(entry.value(), what, "offset");
        if (entry.key() == "length") length = number(entry.value(), what, "length");
    }
    const fs::path path = external_path(location, folder, what);
    if (length != bytes) {
        fail_at(what, fmt::format("found {} bytes of external data; expected {}", length, bytes));
    }
    std::error_code failed;
    const std::uint64_t there = fs::file_size(path, failed);
    if (failed || offset > there || there - offset < bytes) {
        fail_at(
            what,
            fmt::format("external data `{}` is short: found {} bytes; expected {} from byte {} on",
                        printable(location), failed ? 0 : there, bytes, offset));
    }
    std::ifstream file(path, std::ios::binary);
    std::string data(bytes, '\0');
    file.seekg(static_cast<std::streamoff>(offset));
    if (!file.read(data.data(), static_cast<std::streamsize>(bytes))) {
        fail_at(what, fmt::format("external data `{}` cannot be read", printable(location)));
    }
    return data;
}

}  // namespace network

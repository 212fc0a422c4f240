// SPDX-License-Identifier: Apache-2.0
/// What several tests of the generator share.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "generator/load.hpp"
#include "generator/scheme.hpp"

namespace support {

namespace fs = std::filesystem;

inline std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Files of a folder with this extension, sorted.
inline std::vector<fs::path> files_of(const fs::path& folder, const std::string& extension) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == extension) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// The error's text, or "no error".
template <class Work>
std::string error_of(Work&& work) {
    try {
        work();
    } catch (const base::Error& e) {
        return e.what();
    }
    return "no error";
}

/// Smallest valid configs, one per scheme.
inline const std::string conventional_text =
    "name: t\nscheme: conventional\narray:\n  rows: 8\n  outputs: 4\n"
    "input:\n  bits: 4\nweight:\n  bits: 4\n";
inline const std::string bfp_text =
    "name: t\nscheme: bfp\narray:\n  rows: 8\n  outputs: 4\n"
    "input:\n  bits: 4\nweight:\n  bits: 4\n";
inline const std::string binsparx_text =
    "name: t\nscheme: binsparx\narray:\n  rows: 8\n  outputs: 4\n";
inline const std::string zebra_text = "name: t\nscheme: zebra\narray:\n  rows: 8\n  outputs: 4\n";

/// The smallest valid config of a scheme: its required keys and no others.
inline std::string smallest_text(const generator::Scheme& scheme) {
    std::string text, section;
    for (const generator::KeySpec* key : generator::keys_of(scheme)) {
        if (key->fallback || !key->derived.empty()) continue;
        const std::string path(key->path);
        const auto dot = path.find('.');
        if (dot != std::string::npos && path.substr(0, dot) != section) {
            section = path.substr(0, dot);
            text += section + ":\n";
        }
        const std::string value = path == "name"         ? "t"
                                  : path == "scheme"     ? std::string(scheme.name())
                                  : path == "array.rows" ? "8"
                                                         : "4";
        text += dot == std::string::npos ? path : "  " + path.substr(dot + 1);
        text += ": " + value + "\n";
    }
    return text;
}

/// A folder that goes away with the object.
class Scratch {
  public:
    Scratch() {
        std::string name = (fs::temp_directory_path() / "cimrtl_test_XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    fs::path path;
};

}  // namespace support

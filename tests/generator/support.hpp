/// What several tests of the generator share.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "cimrtl/diagnostic.hpp"
#include "cimrtl/load.hpp"

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
    } catch (const cimrtl::Error& e) {
        return e.what();
    }
    return "no error";
}

/// Smallest valid configs, one per scheme.
inline const std::string conventional_text =
    "name: t\nscheme: conventional\narray:\n  rows: 8\n  outputs: 4\n"
    "input:\n  bits: 4\nweight:\n  bits: 4\n";
inline const std::string zebra_text = "name: t\nscheme: zebra\narray:\n  rows: 8\n  outputs: 4\n";

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

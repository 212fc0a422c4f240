// SPDX-License-Identifier: Apache-2.0
#include "base/made_folders.hpp"

namespace base {

namespace fs = std::filesystem;

std::list<fs::path> absent_folders(const fs::path& folder) {
    std::list<fs::path> absent;
    fs::path missing = folder.lexically_normal();
    if (!missing.has_filename()) missing = missing.parent_path();
    while (!missing.empty() && !fs::exists(fs::symlink_status(missing))) {
        absent.push_back(missing);
        if (missing == missing.parent_path()) break;
        missing = missing.parent_path();
    }
    return absent;
}

MadeFolders::MadeFolders(const fs::path& folder) : made_(absent_folders(folder)) {
    for (auto folder_made = made_.rbegin(); folder_made != made_.rend(); ++folder_made) {
        leftovers_.emplace_back(*folder_made, Leftover::Kind::empty_folder);  // removed last first
    }
    try {
        fs::create_directories(folder);
    } catch (...) {
        undo();
        throw;
    }
}

MadeFolders::~MadeFolders() { undo(); }

void MadeFolders::undo() {
    std::error_code ignored;  // not empty: the work succeeded
    for (const fs::path& folder : made_) fs::remove(folder, ignored);
}

}  // namespace base

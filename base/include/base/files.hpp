// SPDX-License-Identifier: Apache-2.0
/// Files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace base {

/// The path that a write to `path` reaches: links in its last part followed, to a file that exists
/// or not. More links than a system follows (a loop) are left as they are.
std::filesystem::path through_links(const std::filesystem::path& path);

/// Written to a temporary name beside `path`, then renamed; a path that exists and is not a regular
/// file (a device, a pipe) is written in place and never replaced. A failed write throws Error that
/// names `path`, leaves an older file as it was and no temporary.
void write_file(const std::string& path, const std::string& bytes);

/// All bytes of a file; empty if it cannot be read.
std::string bytes_of(const std::filesystem::path& path);

/// All bytes of a file. Throws base::Error, which names it, if it cannot be read.
std::string readable_bytes_of(const std::filesystem::path& path);

struct FileBytes {
    std::string path;
    std::string bytes;
};
/// The same care for several files, which appear after all of them have been written; devices and
/// pipes first, since those may still fail.
void write_together(std::vector<FileBytes> files);

}  // namespace base

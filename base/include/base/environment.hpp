// SPDX-License-Identifier: Apache-2.0
/// The caller's environment, made fit for programs that are started in other folders.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace base {

/// Absolute, without looking at links. Error if the path is relative and the current folder is
/// gone.
std::filesystem::path absolute_path(const std::filesystem::path& path);

/// The folder that an environment variable names, absolute; nothing if it is unset or empty.
std::optional<std::filesystem::path> folder_of(const char* variable);

/// The folders of PATH, absolute and in order; without PATH the usual ones. An empty entry is the
/// current folder.
std::vector<std::filesystem::path> search_path();

/// The folder for temporary files: TMPDIR, TMP, TEMP or TEMPDIR, the first that is set, else /tmp;
/// absolute. Error that names the variable if no file can be made there.
std::filesystem::path temporary_folder();

/// The same for tools that take no blanks and no characters with a meaning in paths (make, abc):
/// /tmp or /var/tmp if TMPDIR holds such.
std::filesystem::path plain_temporary_folder();

/// The environment of a program that we start, entries `NAME=value`: ours without what a make
/// around us, or habits about one, would tell a make that is no part of it (MAKEFLAGS, CPPFLAGS,
/// VPATH ...); PATH, VERILATOR_ROOT and TMPDIR absolute. `temporary`: its TMPDIR; empty: ours.
std::vector<std::string> child_environment(const std::filesystem::path& temporary);

}  // namespace base

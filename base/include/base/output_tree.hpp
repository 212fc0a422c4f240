// SPDX-License-Identifier: Apache-2.0
/// Writes a folder of generated files so that it is always whole: the old one or the new one.
///
/// What happens to a folder that exists already:
///  - empty, or with nothing but sub-folders named in `keep`: it is taken;
///  - with a `manifest.json` of ours: files that this manifest lists are replaced or removed, so
///  that
///    no stale one survives; every other file (and all of `keep`) is the user's and stays;
///  - anything else: Error, nothing is touched. Also when a user's file has the name of a new one.
///
/// The new folder is written beside the old one under a temporary name and exchanged with it by one
/// rename; what a killed run left under such a name is removed by the next run.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace base {

struct OutFile {
    std::string path;  ///< relative, with `/`, without `..`
    std::string contents;
};

/// The file `manifest.json`: the members of `head`, then `generator` (the mark by which
/// write_tree() knows the folder as ours) and `files`: path, bytes and sha256 of each of `files`.
OutFile make_manifest(const nlohmann::ordered_json& head, const std::vector<OutFile>& files);

/// `files` holds a manifest of make_manifest(). Throws Error with path and reason when anything
/// fails (a file in the way, no permission, disk full, a name too long, `dir` around the current
/// folder); then the old folder stands as it was and nothing half-written is left.
void write_tree(const std::filesystem::path& dir, const std::vector<OutFile>& files,
                const std::vector<std::string>& keep = {});

}  // namespace base

// SPDX-License-Identifier: Apache-2.0
/// Where a command writes, checked before its work.
#pragma once

#include <string>
#include <vector>

namespace base {

/// A path of the command line, and the option (or argument) that names it: `--output`.
struct NamedPath {
    std::string option;
    std::string path;
};

/// Error if an output cannot be written (no such folder, a folder, no permission, a name too long),
/// or names the file of an input or of another output; devices and pipes may stand in several
/// places. Empty paths are none. Leaves every file as it is and nothing new.
void check_outputs(const std::vector<NamedPath>& outputs, const std::vector<NamedPath>& inputs);

/// The same file: through links too, and for a file that does not exist yet. False for what is
/// neither absent nor a regular file.
bool same_file(const std::string& a, const std::string& b);

}  // namespace base

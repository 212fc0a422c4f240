// SPDX-License-Identifier: Apache-2.0
/// External programs (Verilator, Yosys, make), started without a shell.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace base {

struct Command {
    std::vector<std::string> argv;  ///< argv[0]: a path, or a name that is looked up in PATH
    std::filesystem::path cwd;      ///< empty: the current folder
    std::filesystem::path log;      ///< takes stdout and stderr; empty: they go to `output`
    bool keep_stderr = false;       ///< the program's stderr is ours (a progress line)
    /// Its TMPDIR; empty: ours.
    std::filesystem::path temporary = {};
};

struct ProcessResult {
    int exit_code = 0;   ///< 128 + signal if a signal ended the program
    std::string output;  ///< stdout and stderr together, in the order written
};

/// The program's absolute path if PATH (or `name` itself, when it holds a slash) leads to an
/// executable file.
std::optional<std::filesystem::path> find_program(const std::string& name);
/// The same, or base::Error that names the Debian package which provides it.
std::filesystem::path require_program(const std::string& name);
/// First line that `name flag` prints, for example "Yosys 0.23 (git sha1 7ce5011c24b)"; a program
/// is asked once.
std::string tool_version(const std::string& name, const std::string& flag);

/// Runs the program to its end with an empty stdin, in a process group of its own, with
/// child_environment(). A signal that ends us (interrupt.hpp) ends that group; if we are killed the
/// program dies too. A program that cannot be started is an Error; a nonzero exit code is not.
ProcessResult run_process(const Command& command);

/// The last `lines` lines of a text.
std::string last_lines(const std::string& text, int lines);
/// The same of a file; empty if it cannot be read.
std::string tail_of(const std::filesystem::path& file, int lines);

}  // namespace base

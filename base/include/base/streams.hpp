// SPDX-License-Identifier: Apache-2.0
/// Standard output and standard error of a program. What standard error does not take is lost,
/// never the work; what standard output does not take is an Error, since it may be the result.
#pragma once

#include <string_view>

namespace base {

/// To be called first in main(): the descriptors 0, 1 and 2 are open from now on (else the next
/// file to be opened would get their place), and a pipe without a reader or a file beyond its limit
/// is a write that fails instead of a signal.
void open_streams();

/// To standard error, at once. Never throws.
void print_error(std::string_view text) noexcept;

/// To standard output.
void print(std::string_view text);

/// Flushes standard output; Error if anything of it, by whomever, could not be written. A pipe
/// whose reader is gone ends the program as it ends others: by SIGPIPE.
void finish_output();

}  // namespace base

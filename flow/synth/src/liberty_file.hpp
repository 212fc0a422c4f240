// SPDX-License-Identifier: Apache-2.0
/// The bytes of a Liberty file as text.
#pragma once

#include <string>

namespace synth {

/// Uncompressed if the file is gzipped (by its first bytes, whatever its name), without the mark
/// that some editors put before UTF-8. Throws base::Error that names the file: one that is not
/// there, a folder, one that cannot be read, damaged or cut-off gzip, another compression.
std::string read_liberty_text(const std::string& file);

}  // namespace synth

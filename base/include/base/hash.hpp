// SPDX-License-Identifier: Apache-2.0
/// SHA-256 (FIPS 180-4), for the manifest and for cache keys.
#pragma once

#include <string>
#include <string_view>

namespace base {

/// 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace base

// SPDX-License-Identifier: Apache-2.0
#include "base/version.hpp"

#include "base/files.hpp"
#include "base/hash.hpp"

namespace base {

std::string_view version() { return CIMRTL_VERSION; }

const std::string& program_hash() {
    static const std::string hash = sha256(bytes_of("/proc/self/exe"));
    return hash;
}

}  // namespace base

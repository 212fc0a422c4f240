// SPDX-License-Identifier: Apache-2.0
#include "base/version.hpp"

namespace base {

std::string_view version() { return CIMRTL_VERSION; }

}  // namespace base

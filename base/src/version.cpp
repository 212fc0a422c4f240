#include "base/version.hpp"

namespace base {

std::string_view version() { return CIMRTL_VERSION; }

}  // namespace base

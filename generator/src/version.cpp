#include "cimrtl/version.hpp"

namespace cimrtl {

std::string_view version() { return CIMRTL_VERSION; }

}  // namespace cimrtl

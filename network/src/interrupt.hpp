/// Ctrl-C asks for an end; a second one ends at once.
#pragma once

#include "base/interrupt_mark.hpp"

namespace network {

using base::InterruptMark;

}  // namespace network

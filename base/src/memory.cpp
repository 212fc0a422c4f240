// SPDX-License-Identifier: Apache-2.0
#include "base/memory.hpp"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace base {

void keep_freed_memory() {
#if defined(__GLIBC__)
    constexpr int most = 1 << 30;  // bytes; larger buffers are rare
    mallopt(M_MMAP_THRESHOLD, most);
    mallopt(M_TRIM_THRESHOLD, most);
#endif
}

}  // namespace base

// SPDX-License-Identifier: Apache-2.0
/// Work shared out over threads; the first exception comes back.
#pragma once

#include <cstddef>
#include <functional>

namespace base {

/// Calls work(n) for n = 0 … count − 1, each once, on up to `threads` threads (0: all cores).
void parallel_for(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& work);

}  // namespace base

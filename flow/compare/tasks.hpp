/// Work on a few threads.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace comparing {

/// Runs tasks 0..count-1 on a few threads; a count on the terminal, the first exception rethrown.
void for_each_task(std::size_t count, unsigned threads, std::string_view what,
                   const std::function<void(std::size_t)>& task);

}  // namespace comparing

#include "tasks.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace comparing {

void for_each_task(std::size_t count, unsigned threads, std::string_view what,
                   const std::function<void(std::size_t)>& task) {
    const bool progress = isatty(STDERR_FILENO);
    std::atomic<std::size_t> next = 0, done = 0;
    std::exception_ptr failure;
    std::mutex mutex;
    const auto worker = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                task(i);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!failure) failure = std::current_exception();
                next = count;
            }
            ++done;
            if (progress) fmt::print(stderr, "\r\033[K{}: {} of {}", what, done.load(), count);
        }
    };
    if (progress) fmt::print(stderr, "\r\033[K{}: 0 of {}", what, count);
    std::vector<std::jthread> pool;
    for (unsigned t = 0; t < threads; ++t) pool.emplace_back(worker);
    pool.clear();
    if (progress) fmt::print(stderr, "\r\033[K");
    if (failure) std::rethrow_exception(failure);
}

}  // namespace comparing

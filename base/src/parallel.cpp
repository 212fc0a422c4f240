// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace base {

namespace {

/// Threads that wait for work: starting one costs as much as a short piece of it.
class Pool {
  public:
    /// Runs `loop` on the caller's thread and on `helpers` others, and returns when all are done.
    /// `loop` throws nothing. False, with nothing run, if the pool is at work.
    bool run(std::size_t helpers, const std::function<void()>& loop) {
        if (busy_.test_and_set()) return false;
        {
            const std::lock_guard lock(state_);
            while (threads_.size() < helpers)
                threads_.emplace_back([this](const std::stop_token& stop) { wait_for_work(stop); });
            loop_ = &loop;
            wanted_ = running_ = helpers;
        }
        begin_.notify_all();
        loop();
        std::unique_lock lock(state_);
        running_ -= std::exchange(wanted_, 0);  // who has not come has nothing left to do
        end_.wait(lock, [&] { return running_ == 0; });
        busy_.clear();
        return true;
    }

  private:
    void wait_for_work(const std::stop_token& stop) {
        std::unique_lock lock(state_);
        while (begin_.wait(lock, stop, [&] { return wanted_ > 0; })) {
            --wanted_;
            const std::function<void()>& loop = *loop_;
            lock.unlock();
            loop();
            lock.lock();
            if (--running_ == 0) end_.notify_one();
        }
    }

    std::atomic_flag busy_;
    std::mutex state_;
    std::condition_variable_any begin_, end_;
    const std::function<void()>* loop_ = nullptr;
    std::size_t wanted_ = 0;   ///< threads that have yet to take the loop
    std::size_t running_ = 0;  ///< those and the ones inside it
    std::vector<std::jthread> threads_;
};

}  // namespace

void parallel_for(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& work) {
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t helpers = std::min<std::size_t>(threads, count);
    if (helpers <= 1) {
        for (std::size_t n = 0; n < count; ++n) work(n);
        return;
    }
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::mutex mutex;
    const std::function<void()> loop = [&] {
        for (std::size_t n = next++; n < count; n = next++) {
            try {
                work(n);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!failure) failure = std::current_exception();
                next = count;
            }
        }
    };
    static Pool pool;
    if (!pool.run(helpers - 1, loop)) {  // within another loop's work
        std::vector<std::jthread> own;
        for (std::size_t n = 1; n < helpers; ++n) own.emplace_back(loop);
        loop();
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace base

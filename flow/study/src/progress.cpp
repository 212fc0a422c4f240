// SPDX-License-Identifier: Apache-2.0
#include "study/progress.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/streams.hpp"

namespace study {

Progress::~Progress() {
    if (shown_) base::print_error("\r\033[K");
}

void Progress::advance(int parts, const std::string& now) {
    const std::lock_guard lock(mutex_);
    done_ += parts;
    now_ = now;
    show();
}

void Progress::finish_row() {
    const std::lock_guard lock(mutex_);
    ++rows_done_;
    show();
}

std::string Progress::time_left(double seconds, int done, int all) {
    if (done <= 0 || done >= all) return {};
    const double left = seconds / done * (all - done);
    if (left < 90) return fmt::format(", about {:.0f} s left", std::ceil(left));
    return fmt::format(", about {:.0f} min left", std::ceil(left / 60));
}

void Progress::show() {
    if (!shown_) return;
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    base::print_error(fmt::format("\r\033[K{} of {} {}{}: {}", rows_done_, rows_, unit_,
                                  time_left(seconds, done_, parts_), now_));
}

}  // namespace study

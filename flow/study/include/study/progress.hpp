// SPDX-License-Identifier: Apache-2.0
/// One line on the terminal: what is done, what is at work, how long it will take.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace study {

/// Counts parts of the work; all parts are taken as equally long.
class Progress {
  public:
    /// `unit`: what the rows are.
    Progress(bool shown, std::size_t rows, int parts, std::string unit)
        : shown_(shown), rows_(rows), parts_(parts), unit_(std::move(unit)) {}
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `parts` of the work became done, and something else began.
    void advance(int parts, const std::string& now);
    void finish_row();

    /// "3 min", "40 s": what is left if `done` of `all` parts took that long.
    static std::string time_left(double seconds, int done, int all);

  private:
    void show();

    using Clock = std::chrono::steady_clock;
    bool shown_;
    std::size_t rows_, rows_done_ = 0;
    int parts_, done_ = 0;
    std::string unit_, now_;
    Clock::time_point start_ = Clock::now();
    std::mutex mutex_;
};

}  // namespace study

// SPDX-License-Identifier: Apache-2.0
#include "base/interrupt.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <mutex>
#include <set>
#include <string_view>
#include <system_error>
#include <thread>

#include "base/interrupt_mark.hpp"

namespace base {

namespace fs = std::filesystem;

namespace {

constexpr std::array ending_signals = {SIGINT, SIGTERM, SIGHUP};
constexpr auto patience = std::chrono::seconds(2);
constexpr auto pause_between = std::chrono::milliseconds(2);

/// Held by the thread that ends the program, for good. Never destroyed: that thread may outlive
/// main().
std::recursive_mutex& ending() {
    static auto& mutex = *new std::recursive_mutex;
    return mutex;
}

std::set<pid_t>& running_groups() {
    static auto& groups = *new std::set<pid_t>;
    return groups;
}

std::atomic<int> marks_alive = 0;
std::atomic<bool> mark_set = false;
std::atomic<int> marked_signal = 0;  ///< of the last mark; stands when it does no longer

/// The signal was taken as a mark, and running programs were told to end.
bool take_as_mark(int number) {
    if (marks_alive == 0 || mark_set.exchange(true)) return false;
    marked_signal = number;
    const std::lock_guard lock(ending());
    for (const pid_t group : running_groups()) ::kill(-group, SIGTERM);
    return true;
}

/// Takes the ended ones of a group away (its orphans are ours, see end_on_signals); is anyone left?
bool is_alive(pid_t group) {
    while (::waitpid(-group, nullptr, WNOHANG) > 0) {
    }
    return ::kill(-group, 0) == 0;
}

void end_groups(const std::set<pid_t>& groups) {
    for (const pid_t group : groups) ::kill(-group, SIGTERM);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (const pid_t group : groups) {
        while (is_alive(group) && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(pause_between);
        }
        ::kill(-group, SIGKILL);
    }
}

/// Another thread may be writing there still: until nothing is left.
void remove_whole(const fs::path& path) {
    std::error_code error;
    for (int attempt = 0; attempt < 50; ++attempt) {
        fs::remove_all(path, error);
        if (!fs::exists(fs::symlink_status(path, error))) return;
        std::this_thread::sleep_for(pause_between);
    }
}

}  // namespace

void end_on_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : ending_signals) {
        struct sigaction now = {};
        sigaction(number, nullptr, &now);
        if (now.sa_handler != SIG_IGN) sigaddset(&set, number);
    }
    ending();
    running_groups();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread([set] {
        int number = 0;
        while (sigwait(&set, &number) != 0 || take_as_mark(number)) {
        }
        die_of(number);
    }).detach();
}

void die_of(int signal_number) {
    ending().lock();
    end_groups(running_groups());
    auto& entries = Leftover::entries();
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        std::error_code ignored;
        if (entry->kind == Leftover::Kind::whole)
            remove_whole(entry->path);
        else
            fs::remove(entry->path, ignored);
    }
    constexpr std::string_view clear_line = "\r\033[K";  // what a progress line left
    if (::isatty(STDERR_FILENO))
        (void)!::write(STDERR_FILENO, clear_line.data(), clear_line.size());
    ::signal(signal_number, SIG_DFL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal_number);
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    ::raise(signal_number);
    ::_exit(128 + signal_number);  // the first process of a container does not die of it
}

InterruptMark::InterruptMark() {
    if (marks_alive++ == 0) mark_set = false;
}
InterruptMark::~InterruptMark() { --marks_alive; }
bool InterruptMark::set() const { return mark_set; }

void die_if_marked() {
    if (const int number = marked_signal) die_of(number);
}

Uninterrupted::Uninterrupted() { ending().lock(); }
Uninterrupted::~Uninterrupted() { ending().unlock(); }

std::list<Leftover::Entry>& Leftover::entries() {
    static auto& list = *new std::list<Entry>;
    return list;
}

Leftover::Leftover(fs::path path, Kind kind) {
    const Uninterrupted noted;
    entry_ = entries().insert(entries().end(), {std::move(path), kind});
}

Leftover::~Leftover() {
    const Uninterrupted noted;
    entries().erase(entry_);
}

ProcessGroup::ProcessGroup(pid_t leader) : leader_(leader) {
    const Uninterrupted noted;
    running_groups().insert(leader);
    if (marks_alive > 0 && mark_set) ::kill(-leader, SIGTERM);  // the mark came before it
}

ProcessGroup::~ProcessGroup() {
    const Uninterrupted noted;
    running_groups().erase(leader_);
}

}  // namespace base

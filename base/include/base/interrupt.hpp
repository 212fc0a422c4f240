// SPDX-License-Identifier: Apache-2.0
/// Ctrl-C and the like: clean up, then die of the signal itself, so that a shell's loop ends too.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <list>

namespace base {

/// From now on SIGINT, SIGTERM and SIGHUP (but those that the caller ignores) end the program so:
/// programs that run_process() started get SIGTERM and are waited for, all that stands in a
/// Leftover is removed, and the program dies of the signal. To be called once, before the first
/// thread.
void end_on_signals();

/// The same end, by this signal and now.
[[noreturn]] void die_of(int signal_number);

/// While this lives, an end by a signal waits: for files that have to appear together, and for what
/// is to be made and noted in one. Once an end has begun the constructor does not return.
class Uninterrupted {
  public:
    Uninterrupted();
    ~Uninterrupted();
    Uninterrupted(const Uninterrupted&) = delete;
    Uninterrupted& operator=(const Uninterrupted&) = delete;
};

/// A path that is removed if a signal ends the program while this lives; nothing happens else.
class Leftover {
  public:
    enum class Kind {
        whole,        ///< with all that it holds
        empty_folder  ///< only if nothing is in it then
    };
    Leftover(std::filesystem::path path, Kind kind);
    ~Leftover();
    Leftover(const Leftover&) = delete;
    Leftover& operator=(const Leftover&) = delete;

  private:
    struct Entry {
        std::filesystem::path path;
        Kind kind;
    };
    friend void die_of(int);
    static std::list<Entry>& entries();
    std::list<Entry>::iterator entry_;
};

/// A running program and all that it starts, a process group: it is ended when we are.
class ProcessGroup {
  public:
    explicit ProcessGroup(pid_t leader);
    ~ProcessGroup();
    ProcessGroup(const ProcessGroup&) = delete;
    ProcessGroup& operator=(const ProcessGroup&) = delete;

  private:
    pid_t leader_;
};

}  // namespace base

// SPDX-License-Identifier: Apache-2.0
#include "base/streams.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <iostream>

#include "base/error.hpp"
#include "base/interrupt.hpp"

namespace base {

namespace {

bool pipe_signal_was_ignored = true;

[[noreturn]] void fail_output(int reason) {
    if (reason == EPIPE && !pipe_signal_was_ignored) die_of(SIGPIPE);
    throw Error(fmt::format("error: standard output cannot be written: {}", std::strerror(reason)));
}

}  // namespace

void open_streams() {
    // A write to what is open for reading alone fails, as one to a closed descriptor would.
    int descriptor = 0;
    for (const int mode : {O_RDONLY, O_RDONLY, O_WRONLY}) {
        if (::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF) {
            (void)!::open("/dev/null", mode);  // the lowest free one: this
        }
        ++descriptor;
    }
    pipe_signal_was_ignored = ::signal(SIGPIPE, SIG_IGN) == SIG_IGN;
    ::signal(SIGXFSZ, SIG_IGN);
}

void print_error(std::string_view text) noexcept {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

void print(std::string_view text) {
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) fail_output(errno);
}

void finish_output() {
    errno = 0;
    const bool written = std::cout.flush().good();
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0 || !written) {
        fail_output(errno != 0 ? errno : EIO);
    }
}

}  // namespace base

// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <mutex>

#include "base/environment.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/interrupt.hpp"

namespace fs = std::filesystem;

namespace base {
namespace {

/// In the child, between fork and exec: async-signal-safe calls only. Never returns.
[[noreturn]] void become(const char* program, char* const* argv, char* const* environment,
                         const char* cwd, int out, int err, int status) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    struct sigaction standard = {};
    standard.sa_handler = SIG_DFL;
    for (const int number : {SIGPIPE, SIGXFSZ}) sigaction(number, &standard, nullptr);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    const int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (in >= 0 && dup2(in, 0) >= 0 && dup2(out, 1) >= 0 && (err == 2 || dup2(err, 2) >= 0) &&
        (*cwd == '\0' || chdir(cwd) == 0))
        execve(program, argv, environment);
    const int error = errno;
    if (write(status, &error, sizeof error) < 0) _exit(126);
    _exit(127);
}

std::string read_all(int fd) {
    std::string text;
    std::array<char, 65536> chunk;
    while (true) {
        const ssize_t n = read(fd, chunk.data(), chunk.size());
        if (n > 0) text.append(chunk.data(), static_cast<std::size_t>(n));
        if (n == 0 || (n < 0 && errno != EINTR)) return text;
    }
}

int wait_for(pid_t pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno == EINTR) continue;
        const int reason = errno;
        const Uninterrupted unless_ended;  // by a signal: then the end has waited for it
        throw Error(fmt::format("waitpid: {}", std::strerror(reason)));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// A file descriptor that closes itself.
struct Fd {
    int value = -1;
    explicit Fd(int fd) : value(fd) {}
    ~Fd() { reset(); }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    void reset() {
        if (value >= 0) close(value);
        value = -1;
    }
};

struct Pipe {
    Fd in{-1}, out{-1};
    Pipe() {
        std::array<int, 2> ends = {-1, -1};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            throw Error(fmt::format("pipe: {}", std::strerror(errno)));
        in.value = ends[0];
        out.value = ends[1];
    }
};

}  // namespace

std::optional<fs::path> find_program(const std::string& name) {
    const auto usable = [](const fs::path& p) {
        std::error_code ec;
        return fs::is_regular_file(p, ec) && access(p.c_str(), X_OK) == 0;
    };
    if (name.find('/') != std::string::npos) {
        return usable(name) ? std::optional(absolute_path(name)) : std::nullopt;
    }
    for (const fs::path& folder : search_path()) {
        if (const fs::path candidate = folder / name; usable(candidate)) return candidate;
    }
    return std::nullopt;
}

fs::path require_program(const std::string& name) {
    if (auto path = find_program(name)) return *path;
    if (name.find('/') != std::string::npos)
        throw Error(fmt::format("{}: no executable file", name));
    const std::map<std::string, std::string> packages = {
        {"sta", "opensta"}, {"g++", "g++"}, {"c++", "g++"}, {"yosys-abc", "yosys"}};
    const auto known = packages.find(name);
    throw Error(fmt::format("{} not found in PATH; install the Debian package `{}`", name,
                            known != packages.end() ? known->second : name));
}

std::string tool_version(const std::string& name, const std::string& flag) {
    static std::mutex mutex;
    static std::map<std::pair<std::string, std::string>, std::string> known;
    const std::pair key{require_program(name).string(), flag};
    const std::lock_guard lock(mutex);
    if (const auto entry = known.find(key); entry != known.end()) return entry->second;
    const std::string text = run_process({{key.first, flag}, {}, {}}).output;
    return known.emplace(key, text.substr(0, text.find('\n'))).first->second;
}

ProcessResult run_process(const Command& command) {
    const std::string program = require_program(command.argv.at(0)).string();
    std::vector<char*> argv;
    for (const std::string& word : command.argv) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const std::vector<std::string> entries = child_environment(command.temporary);
    std::vector<char*> environment;
    for (const std::string& entry : entries)
        environment.push_back(const_cast<char*>(entry.c_str()));
    environment.push_back(nullptr);
    const std::string cwd = command.cwd.string();

    Pipe output, status;
    Fd log(command.log.empty()
               ? -1
               : open(command.log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!command.log.empty() && log.value < 0)
        throw Error(fmt::format("{}: error: {}", command.log.string(), std::strerror(errno)));
    const int sink = log.value >= 0 ? log.value : output.out.value;
    std::optional<ProcessGroup> group;
    pid_t pid = -1;
    {
        const Uninterrupted started_and_noted;
        pid = fork();
        if (pid == 0)
            become(program.c_str(), argv.data(), environment.data(), cwd.c_str(), sink,
                   command.keep_stderr ? 2 : sink, status.out.value);
        if (pid < 0) throw Error(fmt::format("fork: {}", std::strerror(errno)));
        setpgid(pid, pid);
        group.emplace(pid);
    }
    output.out.reset();
    status.out.reset();

    const std::string failure = read_all(status.in.value);
    ProcessResult result;
    result.output = read_all(output.in.value);
    result.exit_code = wait_for(pid);
    { const Uninterrupted unless_ended; }  // whoever ends us ended the program: no result of ours
    if (!failure.empty()) {
        int error = 0;
        std::memcpy(&error, failure.data(), std::min(sizeof error, failure.size()));
        throw Error(fmt::format("cannot start {}: {}{}", program, std::strerror(error),
                                error == ENOEXEC ? "; it may be damaged: remove it, and what made "
                                                   "it makes it anew"
                                                 : ""));
    }
    return result;
}

std::string last_lines(const std::string& text, int lines) {
    std::size_t begin = text.size();
    if (text.ends_with('\n')) --begin;
    while (lines-- > 0 && begin != std::string::npos && begin != 0) {
        begin = text.rfind('\n', begin - 1);
    }
    const std::string last = text.substr(begin == std::string::npos || begin == 0 ? 0 : begin + 1);
    return last.empty() || last.ends_with('\n') ? last : last + '\n';
}

std::string tail_of(const fs::path& file, int lines) { return last_lines(bytes_of(file), lines); }

}  // namespace base

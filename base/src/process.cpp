#include "base/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <map>
#include <mutex>

#include "base/error.hpp"

namespace fs = std::filesystem;

namespace base {
namespace {

using base::Error;

constexpr std::size_t kMaxChildren = 32;
constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};
std::array<std::atomic<pid_t>, kMaxChildren> running_groups;
std::atomic<int> caught_signal = 0;

extern "C" void forward_signal(int number) {
    const int saved = errno;
    caught_signal = number;
    for (auto& group : running_groups) {
        if (const pid_t pid = group.load(); pid > 0) kill(-pid, SIGTERM);
    }
    errno = saved;
}

/// Our handlers stand while at least one program runs; the last one out restores the former ones.
class SignalScope {
  public:
    SignalScope() {
        const std::lock_guard lock(mutex_);
        if (users_++ > 0) return;
        caught_signal = 0;
        struct sigaction action = {};
        action.sa_handler = forward_signal;
        sigemptyset(&action.sa_mask);
        for (std::size_t i = 0; i < kSignals.size(); ++i) {
            sigaction(kSignals[i], nullptr, &former_[i]);
            if (former_[i].sa_handler != SIG_IGN) sigaction(kSignals[i], &action, nullptr);
        }
    }
    ~SignalScope() {
        const std::lock_guard lock(mutex_);
        if (--users_ > 0) return;
        for (std::size_t i = 0; i < kSignals.size(); ++i)
            sigaction(kSignals[i], &former_[i], nullptr);
    }
    SignalScope(const SignalScope&) = delete;
    SignalScope& operator=(const SignalScope&) = delete;

  private:
    static inline std::mutex mutex_;
    static inline int users_ = 0;
    static inline std::array<struct sigaction, kSignals.size()> former_;
};

/// The slot in which the handler finds a running child; free again when the child has been waited
/// for.
class GroupSlot {
  public:
    explicit GroupSlot(pid_t pid) {
        for (auto& slot : running_groups) {
            pid_t free = 0;
            if (slot.compare_exchange_strong(free, pid)) {
                slot_ = &slot;
                return;
            }
        }
    }
    ~GroupSlot() {
        if (slot_ != nullptr) *slot_ = 0;
    }
    GroupSlot(const GroupSlot&) = delete;
    GroupSlot& operator=(const GroupSlot&) = delete;

  private:
    std::atomic<pid_t>* slot_ = nullptr;
};

/// In the child, between fork and exec: async-signal-safe calls only. Never returns.
[[noreturn]] void become(const char* program, char* const* argv, const char* cwd, int out, int err,
                         int status) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    struct sigaction standard = {};
    standard.sa_handler = SIG_DFL;
    for (const int number : kSignals) sigaction(number, &standard, nullptr);
    const int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (in >= 0 && dup2(in, 0) >= 0 && dup2(out, 1) >= 0 && (err == 2 || dup2(err, 2) >= 0) &&
        (*cwd == '\0' || chdir(cwd) == 0))
        execv(program, argv);
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
        if (errno != EINTR) throw Error(fmt::format("waitpid: {}", std::strerror(errno)));
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
    if (name.find('/') != std::string::npos)
        return usable(name) ? std::optional(name) : std::nullopt;
    const char* variable = std::getenv("PATH");
    const std::string path = variable != nullptr ? variable : "";
    for (std::size_t begin = 0; begin < path.size();) {
        const std::size_t end = std::min(path.find(':', begin), path.size());
        if (const fs::path candidate = fs::path(path.substr(begin, end - begin)) / name;
            end > begin && usable(candidate))
            return candidate;
        begin = end + 1;
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
    const std::string cwd = command.cwd.string();

    const SignalScope signals;
    Pipe output, status;
    Fd log(command.log.empty()
               ? -1
               : open(command.log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!command.log.empty() && log.value < 0)
        throw Error(fmt::format("{}: {}", command.log.string(), std::strerror(errno)));
    const int sink = log.value >= 0 ? log.value : output.out.value;
    const pid_t pid = fork();
    if (pid < 0) throw Error(fmt::format("fork: {}", std::strerror(errno)));
    if (pid == 0)
        become(program.c_str(), argv.data(), cwd.c_str(), sink, command.keep_stderr ? 2 : sink,
               status.out.value);
    setpgid(pid, pid);
    const GroupSlot slot(pid);
    if (caught_signal != 0) kill(-pid, SIGTERM);
    output.out.reset();
    status.out.reset();

    const std::string failure = read_all(status.in.value);
    ProcessResult result;
    result.output = read_all(output.in.value);
    result.exit_code = wait_for(pid);
    if (const int number = caught_signal; number != 0)
        throw Error(
            fmt::format("{} was interrupted by a signal ({})", command.argv[0], strsignal(number)));
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

std::string tail_of(const fs::path& file, int lines) {
    std::ifstream in(file);
    std::deque<std::string> last;
    for (std::string line; std::getline(in, line);) {
        last.push_back(line);
        if (last.size() > static_cast<std::size_t>(lines)) last.pop_front();
    }
    std::string text;
    for (const std::string& line : last) text += line + "\n";
    return text;
}

}  // namespace base

#include "interrupt.hpp"

#include <array>
#include <csignal>

namespace network {

namespace {

constexpr std::array<int, 2> signals = {SIGINT, SIGTERM};
volatile std::sig_atomic_t marked = 0;
std::array<struct sigaction, signals.size()> former;

}  // namespace

InterruptMark::InterruptMark() {
    marked = 0;
    struct sigaction action = {};
    action.sa_handler = [](int) { marked = 1; };
    action.sa_flags = SA_RESETHAND | SA_RESTART;
    for (std::size_t n = 0; n < signals.size(); ++n) {
        sigaction(signals[n], nullptr, &former[n]);
        if (former[n].sa_handler != SIG_IGN) sigaction(signals[n], &action, nullptr);
    }
}

InterruptMark::~InterruptMark() {
    for (std::size_t n = 0; n < signals.size(); ++n) sigaction(signals[n], &former[n], nullptr);
}

bool InterruptMark::set() const { return marked != 0; }

}  // namespace network

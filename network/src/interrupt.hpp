/// Ctrl-C asks for an end; a second one ends at once.
#pragma once

namespace network {

/// While it lives, SIGINT and SIGTERM set a mark instead of ending the program.
class InterruptMark {
  public:
    InterruptMark();
    ~InterruptMark();
    InterruptMark(const InterruptMark&) = delete;
    InterruptMark& operator=(const InterruptMark&) = delete;
    bool set() const;
};

}  // namespace network

// SPDX-License-Identifier: Apache-2.0
/// Ctrl-C as a question instead of an end.
#pragma once

namespace base {

/// While it lives, the first of the signals of end_on_signals() sets a mark and ends the programs
/// that run_process() started or starts, instead of ending this one; a second one ends it as
/// always. Those that live at the same time share the mark.
class InterruptMark {
  public:
    InterruptMark();
    ~InterruptMark();
    InterruptMark(const InterruptMark&) = delete;
    InterruptMark& operator=(const InterruptMark&) = delete;
    bool set() const;
};

/// If a signal was taken as a mark, once all is said and kept: the end by this signal.
void die_if_marked();

}  // namespace base

// SPDX-License-Identifier: Apache-2.0
// Operations on the configuration port, one access after another, and the words that the job wants
// to know. Most are one access; single steps are many.
#pragma once

#include <cstdint>
#include <vector>

#include "ports.h"
#include "program.h"

class Readings {
  public:
    const std::vector<std::uint64_t>& words() const { return words_; }
    void clear() {
        words_.clear();
        phase_ = Phase::idle;
        column_ = steps_ = 0;
    }

    // The operation's next access.
    ConfigAccess access(const Op& op) const {
        if (op.kind != job::single_steps) {
            const bool compare = op.kind == job::config_expect;
            return {op.kind == job::config_write, op.address, op.data, compare};
        }
        if (phase_ == Phase::start) return {true, op.steps.start, op.steps.bank, false};
        const bool codes = phase_ == Phase::codes;
        return {false, codes ? op.steps.code + column_ : op.steps.status, 0, false};
    }

    // It is done, and read `word` if it was a read: was it the operation's last one?
    bool done(const Op& op, std::uint64_t word) {
        if (op.kind == job::config_read) words_.push_back(word);
        return op.kind != job::single_steps || step_done(op.steps, word);
    }

  private:
    enum class Phase { idle, start, wait, codes };          // idle: of the first step
    static constexpr std::uint64_t busy = 1, stepping = 2;  // of `status`

    bool step_done(const job::SingleSteps& steps, std::uint64_t word) {
        if (phase_ == Phase::idle) {
            if ((word & busy) == 0) phase_ = Phase::start;
        } else if (phase_ == Phase::start) {
            phase_ = Phase::wait;
        } else if (phase_ == Phase::wait) {
            if ((word & stepping) == 0) phase_ = Phase::codes;
        } else {
            words_.push_back(word);
            if (++column_ == TB_COLUMNS) {
                column_ = 0;
                phase_ = Phase::start;
                if (++steps_ == steps.count) {
                    steps_ = 0;
                    phase_ = Phase::idle;
                    return true;
                }
            }
        }
        return false;
    }

    std::vector<std::uint64_t> words_;
    Phase phase_ = Phase::idle;
    unsigned column_ = 0, steps_ = 0;
};

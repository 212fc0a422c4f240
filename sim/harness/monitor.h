// What the array model reports: conversions and broken rules.
#pragma once

#include <cstdio>
#include <string>

#include "job_format.h"

struct Monitor {
    std::uint64_t conversions = 0, clipped = 0, violations = 0;
    std::uint64_t log_from = 0, log_to = 0;
    std::FILE* log = nullptr;

    void conversion(int column, long long value, long long code, bool was_clipped) {
        if (log && conversions >= log_from && conversions < log_to) {
            const job::Conversion record{conversions, value, code,
                                         static_cast<std::uint32_t>(column), 0};
            std::fwrite(&record, sizeof record, 1, log);
        }
        ++conversions;
        clipped += was_clipped;
    }
    void clear() { conversions = clipped = 0; }
};

inline Monitor& monitor() {
    static Monitor m;
    return m;
}

// What the array model reports: conversions and broken rules; and what it asks: its columns.
#pragma once

#include <cstdio>
#include <cstring>
#include <map>
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

/// Parameters of the array's columns, bank by bank: those of the job's last `columns` operation.
class Columns {
  public:
    void set(std::uint32_t bank, const unsigned char* words) { words_[bank] = words; }
    std::uint32_t get(std::uint32_t bank, std::uint32_t column) const {
        const auto found = words_.find(bank);
        if (found == words_.end()) return 0;
        std::uint32_t word;
        std::memcpy(&word, found->second + 4 * std::size_t{column}, 4);
        return word;
    }

  private:
    std::map<std::uint32_t, const unsigned char*> words_;
};

inline Columns& columns() {
    static Columns c;
    return c;
}

inline Monitor& monitor() {
    static Monitor m;
    return m;
}

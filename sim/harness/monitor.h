// What the array model reports: conversions and broken rules; and what it asks: its columns.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

#include "job_format.h"

// Conversions from..to-1, counted from 0.
struct ConversionRange {
    std::uint64_t from = 0, to = 0;
};

struct Monitor {
    std::uint64_t conversions = 0, clipped = 0, violations = 0;
    std::vector<ConversionRange> ranges;  // ascending: what is logged
    std::vector<job::Conversion> log;

    void conversion(int column, long long value, long long code, bool was_clipped) {
        while (next_ < ranges.size() && conversions >= ranges[next_].to) ++next_;
        if (next_ < ranges.size() && conversions >= ranges[next_].from) {
            log.push_back({conversions, value, code, static_cast<std::uint32_t>(column), 0});
        }
        ++conversions;
        clipped += was_clipped;
    }
    // Is the next conversion at most `margin` away from one that is logged?
    bool near(std::uint64_t margin) const {
        for (const ConversionRange& r : ranges) {
            if (conversions + margin >= r.from && conversions <= r.to + margin) return true;
        }
        return false;
    }
    // Everything begins again.
    void clear() {
        conversions = clipped = 0;
        next_ = 0;
        log.clear();
    }

  private:
    std::size_t next_ = 0;
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

// SPDX-License-Identifier: Apache-2.0
// What the array model reports: conversions and broken rules; and what it asks: its columns, the
// chip's numbers, the number of a step.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

#include "job_format.h"

// Conversions from..to-1, counted from 0.
struct ConversionRange {
    std::uint64_t from = 0, to = 0;
};

// The job's `steps` operations.
class Steps {
  public:
    void add(const job::Steps& s) { all_.push_back(s); }
    // For the count-th step since reset; without any operation, n is the count.
    job::Steps of(std::uint64_t count) const {
        job::Steps found{0, 0, ~std::uint64_t{0}};
        auto next =
            std::upper_bound(all_.begin(), all_.end(), count,
                             [](std::uint64_t c, const job::Steps& s) { return c < s.count; });
        if (next != all_.begin()) found = *--next;
        found.n += count - found.count;
        return found;
    }

  private:
    std::vector<job::Steps> all_;  // ascending
};

struct Monitor {
    std::uint64_t conversions = 0, clipped = 0, violations = 0;
    std::vector<ConversionRange> ranges;  // ascending: what is logged
    std::vector<job::Conversion> log;

    Steps steps;

    void conversion(int column, long long value, long long code, bool was_clipped) {
        while (next_ < ranges.size() && conversions >= ranges[next_].to) ++next_;
        if (next_ < ranges.size() && conversions >= ranges[next_].from) {
            log.push_back({conversions, value, code, static_cast<std::uint32_t>(column), 0});
        }
        ++conversions;
        // Each step converts each column once.
        const auto c = static_cast<std::size_t>(column);
        if (c >= seen_.size()) seen_.resize(c + 1);
        clipped += was_clipped && c < steps.of(seen_[c]).used;
        ++seen_[c];
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
        seen_.clear();
        log.clear();
    }

  private:
    std::size_t next_ = 0;
    std::vector<std::uint64_t> seen_;  // conversions by column
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

/// The numbers of the job's `chip` operation; an ideal array without one.
class Chip {
  public:
    void set(const job::Chip& numbers, const unsigned char* file, unsigned columns) {
        numbers_ = numbers;
        file_ = file;
        columns_ = columns;
    }
    std::int64_t analog(int what) const { return numbers_.analog[what]; }
    std::int32_t cell_gain(std::uint64_t bank, std::uint64_t row, std::uint64_t column) const {
        if (numbers_.cell_gain == 0) return 1 << 16;
        const std::uint64_t own = numbers_.banks == 1 ? 0 : bank;
        return at(numbers_.cell_gain, (own * numbers_.rows + row) * columns_ + column);
    }
    std::int32_t adc_gain(std::uint64_t adc) const { return at(numbers_.adc_gain, adc); }
    std::int32_t adc_offset(std::uint64_t adc) const { return at(numbers_.adc_offset, adc); }
    std::int32_t adc_inl(std::uint64_t adc, std::uint64_t entry) const {
        return at(numbers_.adc_inl, adc * numbers_.codes + entry);
    }

  private:
    std::int32_t at(std::uint64_t table, std::uint64_t index) const {
        std::int32_t value = 0;
        if (table != 0) std::memcpy(&value, file_ + table + 4 * index, 4);
        return value;
    }

    job::Chip numbers_ = {};
    const unsigned char* file_ = nullptr;
    unsigned columns_ = 0;
};

inline Chip& chip() {
    static Chip c;
    return c;
}

inline Columns& columns() {
    static Columns c;
    return c;
}

inline Monitor& monitor() {
    static Monitor m;
    return m;
}

// SPDX-License-Identifier: Apache-2.0
/// A job's operations as the bytes that the harness reads.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "../harness/job_format.h"
#include "generator/design.hpp"

namespace sim {

/// Appends operations of job_format.h.
class JobWriter {
  public:
    JobWriter() { put(job::magic); }
    void config(job::Kind kind, std::int64_t address, std::int64_t data) {
        put(kind);
        put(static_cast<std::uint32_t>(address));
        put(static_cast<std::uint64_t>(data));
    }
    /// A read, and that it answers `value` as the port's word.
    void expect(const generator::Design& d, std::int64_t address, std::int64_t value) {
        const std::int64_t mask =
            d.port.data_bits == 64 ? -1 : (std::int64_t{1} << d.port.data_bits) - 1;
        config(job::config_expect, address, value & mask);
    }
    /// Keeps cells in the file; returns where, for weights().
    std::uint64_t cells(const std::string& cells) {
        put(job::cells);
        put(static_cast<std::uint64_t>(cells.size()));
        bytes_ += cells;
        return bytes_.size() - cells.size();
    }
    void columns(std::size_t bank, std::uint64_t offset) {
        put(job::columns);
        put(static_cast<std::uint32_t>(bank));
        put(offset);
    }
    void weights(job::Kind kind, std::size_t bank, std::size_t rows, std::uint64_t offset) {
        put(kind);
        put(static_cast<std::uint32_t>(bank));
        put(static_cast<std::uint32_t>(rows));
        put(offset);
    }
    /// `element`: input to stream element.
    template <class Element>
    void tile(std::size_t bank, bool first, bool last, std::size_t rows, const std::int64_t* x,
              Element element) {
        put(job::tile);
        put(static_cast<std::uint32_t>(bank));
        put(static_cast<std::uint8_t>(first));
        put(static_cast<std::uint8_t>(last));
        put(static_cast<std::uint32_t>(rows));
        for (std::size_t r = 0; r < rows; ++r) put(static_cast<std::int32_t>(element(x[r])));
    }
    void chain(std::int32_t source) {
        put(job::chain);
        put(source);
    }
    void chip(const job::Chip& numbers) {
        put(job::chip);
        put(numbers);
    }
    void steps(const job::Steps& numbers) {
        put(job::steps);
        put(numbers);
    }
    /// A word of the configuration port into the answer.
    void read(std::int64_t address) {
        put(job::config_read);
        put(static_cast<std::uint32_t>(address));
    }
    void single_steps(const job::SingleSteps& numbers) {
        put(job::single_steps);
        put(numbers);
    }
    std::string take() { return std::move(bytes_); }

  private:
    template <class T>
    void put(T value) {
        std::array<char, sizeof(T)> raw;
        std::memcpy(raw.data(), &value, sizeof(T));
        bytes_.append(raw.data(), raw.size());
    }
    std::string bytes_;
};

}  // namespace sim

// SPDX-License-Identifier: Apache-2.0
// The job in memory.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "job_format.h"
#include "monitor.h"

struct Op {
    std::uint8_t kind = 0;
    std::uint32_t bank = 0, rows = 0;
    bool first = false, last = false;
    std::uint32_t address = 0;
    std::uint64_t data = 0;
    std::int32_t source = -1;
    const unsigned char* payload = nullptr;  // cells, elements (i32) or columns (u32), unaligned
    job::SingleSteps steps = {};
};

inline bool on_config_port(const Op& op) {
    return op.kind == job::config_write || op.kind == job::config_expect ||
           op.kind == job::config_read || op.kind == job::single_steps;
}

class Program {
  public:
    Program(const std::string& path, unsigned columns) : bytes_(read(path)) {
        if (take<std::uint32_t>() != job::magic) throw std::runtime_error("not a job file");
        while (at_ < bytes_.size()) {
            const Op op = next(columns);
            if (op.kind == job::chip) chip().set(take<job::Chip>(), bytes_.data(), columns);
            if (op.kind == job::steps) monitor().steps.add(take<job::Steps>());
            const bool done =
                op.kind == job::cells || op.kind == job::chip || op.kind == job::steps;
            if (!done) ops_.push_back(op);
        }
        for (const Op& op : ops_) vectors_ += op.kind == job::tile && op.last;
    }
    const std::vector<Op>& ops() const { return ops_; }
    std::uint32_t vectors() const { return vectors_; }

  private:
    static std::vector<unsigned char> read(const std::string& path) {
        std::vector<unsigned char> bytes;
        std::FILE* f = std::fopen(path.c_str(), "rb");
        if (!f) throw std::runtime_error("cannot open " + path);
        std::fseek(f, 0, SEEK_END);
        bytes.resize(static_cast<std::size_t>(std::ftell(f)));
        std::rewind(f);
        const bool ok = std::fread(bytes.data(), 1, bytes.size(), f) == bytes.size();
        std::fclose(f);
        if (!ok) throw std::runtime_error("cannot read " + path);
        return bytes;
    }
    template <class T>
    T take() {
        T value;
        std::memcpy(&value, skip(sizeof(T)), sizeof(T));
        return value;
    }
    const unsigned char* at(std::size_t offset, std::size_t n) const {
        if (offset > bytes_.size() || n > bytes_.size() - offset) {
            throw std::runtime_error("truncated job file");
        }
        return bytes_.data() + offset;
    }
    const unsigned char* skip(std::size_t n) {
        const unsigned char* here = at(at_, n);
        at_ += n;
        return here;
    }
    Op next(unsigned columns) {
        Op op;
        op.kind = take<std::uint8_t>();
        switch (op.kind) {
            case job::config_write:
            case job::config_expect:
                op.address = take<std::uint32_t>();
                op.data = take<std::uint64_t>();
                break;
            case job::config_read:
                op.address = take<std::uint32_t>();
                break;
            case job::single_steps:
                op.steps = take<job::SingleSteps>();
                break;
            case job::weights_write:
            case job::weights_expect:
                op.bank = take<std::uint32_t>();
                op.rows = take<std::uint32_t>();
                op.payload = at(take<std::uint64_t>(), std::size_t{op.rows} * columns);
                break;
            case job::columns:
                op.bank = take<std::uint32_t>();
                op.payload = at(take<std::uint64_t>(), std::size_t{4} * columns);
                break;
            case job::cells:
                skip(take<std::uint64_t>());
                break;
            case job::tile:
                op.bank = take<std::uint32_t>();
                op.first = take<std::uint8_t>() != 0;
                op.last = take<std::uint8_t>() != 0;
                op.rows = take<std::uint32_t>();
                op.payload = skip(std::size_t{op.rows} * 4);
                break;
            case job::chip:
            case job::steps:
                break;
            case job::chain:
                op.source = take<std::int32_t>();
                break;
            default:
                throw std::runtime_error("unknown operation in job file");
        }
        return op;
    }

    std::vector<unsigned char> bytes_;
    std::size_t at_ = 0;
    std::vector<Op> ops_;
    std::uint32_t vectors_ = 0;
};

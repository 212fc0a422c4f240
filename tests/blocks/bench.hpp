// SPDX-License-Identifier: Apache-2.0
/// Drives a Verilated bench tb_<block>: variants of one block side by side, each with a slice of
/// in_i and of out_o (bench::slice_bits each). A slice holds the block's ports one after the other,
/// least significant bit first; Put and Get go through them in that order.
#pragma once

#include <fmt/format.h>
#include <verilated.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string_view>
#include <vector>

namespace bench {

constexpr unsigned slice_bits = 1024;
constexpr unsigned word_bits = 32;

/// CIMRTL_TEST_SEED, or 1.
inline std::uint64_t seed() {
    const char* text = std::getenv("CIMRTL_TEST_SEED");
    return text ? std::strtoull(text, nullptr, 10) : 1;
}

class Random {
  public:
    explicit Random(std::uint64_t salt) : engine_(seed() * 1000003 + salt) {}
    std::uint64_t bits(unsigned width) { return width == 0 ? 0 : engine_() >> (64 - width); }
    /// lo..hi
    std::int64_t in(std::int64_t lo, std::int64_t hi) {
        return lo + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(hi - lo + 1));
    }
    /// True in `percent` of all calls.
    bool chance(unsigned percent) { return engine_() % 100 < percent; }

  private:
    std::mt19937_64 engine_;
};

/// The low `width` bits of a two's-complement number; and back.
inline std::uint64_t wrap(std::int64_t value, unsigned width) {
    const auto bits = static_cast<std::uint64_t>(value);
    return width >= 64 ? bits : bits & ((std::uint64_t{1} << width) - 1);
}
inline std::int64_t to_signed(std::uint64_t bits, unsigned width) {
    const unsigned up = 64 - width;
    return static_cast<std::int64_t>(bits << up) >> up;
}
/// Bits that hold 0..n-1, at least 1.
inline unsigned index_bits(unsigned n) {
    unsigned bits = 1;
    while ((std::uint64_t{1} << bits) < n) ++bits;
    return bits;
}
/// Bits that hold 0..n.
inline unsigned count_bits(unsigned n) { return index_bits(n + 1); }

class Put {
  public:
    Put(std::uint32_t* words, unsigned at) : words_(words), at_(at) {}
    Put& operator()(std::uint64_t value, unsigned width) {
        for (unsigned i = 0; i < width; ++i, ++at_) {
            const std::uint32_t mask = std::uint32_t{1} << (at_ % word_bits);
            std::uint32_t& word = words_[at_ / word_bits];
            word = (value >> i & 1) ? word | mask : word & ~mask;
        }
        return *this;
    }

  private:
    std::uint32_t* words_;
    unsigned at_;
};

class Get {
  public:
    Get(const std::uint32_t* words, unsigned at) : words_(words), at_(at) {}
    std::uint64_t operator()(unsigned width) {
        std::uint64_t value = 0;
        for (unsigned i = 0; i < width; ++i, ++at_) {
            value |= std::uint64_t{words_[at_ / word_bits] >> (at_ % word_bits) & 1} << i;
        }
        return value;
    }
    bool flag() { return (*this)(1) != 0; }

  private:
    const std::uint32_t* words_;
    unsigned at_;
};

template <class Model>
class Bench {
  public:
    Bench() {
        const char* no_arguments[] = {"test_blocks"};
        context_.commandArgs(1, no_arguments);
        context_.randReset(2);
        context_.randSeed(static_cast<int>(seed() % 1000000 + 1));
        dut_ = std::make_unique<Model>(&context_);
        for (auto& word : dut_->in_i.m_storage) word = 0;
        dut_->rst_ni = 1;
        dut_->clk_i = 1;
        dut_->eval();
    }
    ~Bench() { dut_->final(); }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    /// The block's assertions: on, and a failed one ends the program, unless told otherwise here.
    VerilatedContext& context() { return context_; }
    Put in(unsigned variant) { return Put(dut_->in_i.m_storage, variant * slice_bits); }
    Get out(unsigned variant) const { return Get(dut_->out_o.m_storage, variant * slice_bits); }
    /// Lets the outputs follow the inputs (and the falling clock edge pass).
    void settle() {
        dut_->clk_i = 0;
        dut_->eval();
    }
    /// The rising clock edge.
    void clock() {
        dut_->clk_i = 1;
        dut_->eval();
    }
    /// Reset for two cycles; inputs stay as they are.
    void reset() {
        dut_->rst_ni = 0;
        for (int i = 0; i < 2; ++i) {
            settle();
            clock();
        }
        dut_->rst_ni = 1;
    }

  private:
    VerilatedContext context_;
    std::unique_ptr<Model> dut_;
};

/// Compares one value; formats only when it differs.
template <class A, class B, class... Where>
void same(const A& found, const B& expected, std::string_view what, const Where&... where) {
    const A wanted =
        static_cast<A>(expected);  // also of a bit of a vector<bool>, which is no bool to fmt
    if (found == wanted) return;
    std::string place;
    ((place += fmt::format(" {}", where)), ...);
    FAIL(fmt::format("{}: found {}, expected {} (at{})", what, found, wanted, place));
}

}  // namespace bench

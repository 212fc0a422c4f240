// SPDX-License-Identifier: Apache-2.0
/// The array port of cim_array_model as a timeline: the levels of all pins, cycle by cycle, written
/// before anything runs. A legal timeline can then be spoilt in one place.
#pragma once

#include <string>

#include "Vtb_array_model.h"
#include "bench.hpp"

namespace array {

struct Variant {
    unsigned rows, columns, planes, banks, drive_bits, cell_bits;
    bool sign_level;
    int ratio;
    unsigned signed_planes;
    int step_num, step_den;
    unsigned code_bits;
    bool code_signed;
    unsigned share, latency, precharge, settle;
    bool hold_column;
    unsigned word_cells;
    bool overlap = false;
    bool scaled = false;  ///< columns with alpha and c0 of their own
    unsigned alpha_frac = 0, trim_bits = 0, trims = 0;
    bool trim_by_adc = false;
    unsigned sample_gap = 0;
    unsigned max_drive = 0;

    unsigned adcs() const { return columns / share; }
    unsigned words() const { return (columns + word_cells - 1) / word_cells; }
};
constexpr Variant variants[] = {
    {20, 6, 3, 2, 1, 1, false, 1, 0, 5, 2, 2, false, 3, 3, 2, 2, true, 4},
    {4, 8, 4, 3, 3, 3, true, 4, 0, 3, 1, 4, true, 4, 3, 2, 0, true, 1, true},
    {6, 4, 2, 1, 2, 2, false, 1, 2, 2, 1, 4, true, 2, 3, 1, 2, false, 3},
    {1, 2, 1, 1, 1, 1, false, 1, 0, 1, 1, 1, false, 1, 1, 0, 0, false, 2},
    {12, 3, 1, 2, 1, 1, false, 1, 0, 1, 1, 4, false, 3, 1, 0, 0, true, 1},
    {7, 4, 2, 2, 1, 1, false, 1, 0, 1, 1, 3, false, 2, 1, 2, 0, true, 2},
    {9, 6, 3, 2, 2, 2, false, 1, 4, 1, 1, 4, true, 3, 2, 1, 1, true, 2, false, true, 4, 3, 2, true},
    {5, 4, 2, 3, 1,     1, false, 1,    0, 1, 1, 1,    true,
     1, 3, 0, 1, false, 1, false, true, 0, 8, 2, false},
    {16, 4, 4, 2, 4, 4, false, 1, 0, 1, 1, 8, true, 4, 1, 0, 0, true, 4, false, true, 12},
    {20, 6, 3, 2, 1,    1, false, 1,     0, 5, 2, 2,     false,
     3,  3, 2, 2, true, 4, false, false, 0, 0, 0, false, 2},
    {6, 4, 2, 1, 2,     2, false, 1,     2, 2, 1, 4,     true,
     2, 3, 1, 2, false, 3, false, false, 0, 0, 0, false, 3},
    {12, 3, 1, 2, 1,    1, false, 1,     0, 1, 1, 4,     false,
     3,  1, 0, 0, true, 1, false, false, 0, 0, 0, false, 1},
    {20, 6, 3, 2,    1, 1,     false, 1, 0, 5, 2,     2, false, 3,
     3,  2, 2, true, 4, false, false, 0, 0, 0, false, 2, 5}};

/// Levels of one cycle; all ADCs are asked for the same column of theirs.
struct Pins {
    bool precharge = false, sample = false, hold = false, request = false, weight = false;
    unsigned bank = 0, column = 0;
    std::uint64_t enabled = 0;
    std::vector<unsigned> drive;  ///< by row
    unsigned spoilt_trim = 0;     ///< bits of the first trim that are inverted
};

struct Step {
    unsigned bank;
    std::uint64_t enabled;
    std::vector<unsigned> drive;
};

/// Cycles at which the parts of a step begin; `end`: one past the last.
struct Marks {
    unsigned precharge, drive, convert, end;
};

/// How one step's timing departs from the law.
struct Deviation {
    int precharge = 0, settle = 0, gap = 0;
};

struct Timeline {
    std::vector<Pins> cycles;
    std::vector<Marks> steps;

    explicit Timeline(const Variant& variant) : v(variant) { idle(2); }
    void idle(unsigned count) { cycles.insert(cycles.end(), count, Pins{.drive = still()}); }
    void add(const Step& step, Deviation deviation = {});
    /// Before the first step: its drive, sampled, that ends after the gap without being taken.
    /// `late`: with requests after it nevertheless.
    void precede_untaken(bool late);

  private:
    std::vector<unsigned> still() const { return std::vector<unsigned>(v.rows); }
    /// Idle while the conversions run, but for the drive that stands `gap` cycles.
    void convert(const Pins& standing, unsigned gap);
    const Variant& v;
};

struct Conversion {
    int column, value, code;
    bool clipped;
    bool operator==(const Conversion&) const = default;
};

/// What the model told through DPI.
struct Told {
    std::vector<std::string> rules;
    std::vector<Conversion> conversions;
};
Told& told();

/// {trim (8), c0 (8), alpha (16)} of the columns of the variant in hand: [bank · columns + column].
struct Parameters {
    unsigned columns = 1;
    std::vector<std::uint32_t> words;
    std::uint32_t at(unsigned bank, unsigned column) const {
        const std::size_t i = std::size_t{bank} * columns + column;
        return i < words.size() ? words[i] : 0;
    }
};
Parameters& parameters();

using Cells = std::vector<unsigned>;  ///< [(bank · rows + row) · columns + column]

class Port {
  public:
    Port(bench::Bench<Vtb_array_model>& dut, unsigned n) : dut_(dut), n_(n), v_(variants[n]) {}
    /// Resets, forgets what was told.
    void reset();
    /// Writes all cells; reads and compares all of them.
    void write(const Cells& cells);
    void read_back(const Cells& cells);
    /// Runs a timeline; the codes on the response ports in order of arrival, ADC 0 first.
    std::vector<int> play(const Timeline& timeline);
    /// Of each code of the last play(): what its port showed one cycle earlier.
    const std::vector<int>& early() const { return early_; }

  private:
    struct Word {
        bool valid = false, write = false;
        unsigned bank = 0, row = 0, word = 0;
        std::uint64_t data = 0;
    };
    void set(const Pins& pins, const Word& word);
    bench::Get ports();
    std::uint64_t word_of(const Cells& cells, const Word& at) const;

    bench::Bench<Vtb_array_model>& dut_;
    unsigned n_;
    Variant v_;
    std::vector<int> early_;
};

}  // namespace array

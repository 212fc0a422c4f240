// SPDX-License-Identifier: Apache-2.0
#include "array_timeline.hpp"

#include <algorithm>

extern "C" void cim_conversion(int column, int value, int code, int clipped) {
    array::told().conversions.push_back({column, value, code, clipped != 0});
}
extern "C" int cim_column(int bank, int column) {
    return static_cast<int>(
        array::parameters().at(static_cast<unsigned>(bank), static_cast<unsigned>(column)));
}
// Of an array that is not ideal: none here (tests/sim has it, against golden).
extern "C" long long cim_analog(int) { return 0; }
extern "C" unsigned long long cim_step(unsigned long long count) { return count; }
extern "C" int cim_cell_gain(int, int, int) { return 1 << 16; }
extern "C" int cim_adc_gain(int) { return 0; }
extern "C" int cim_adc_offset(int) { return 0; }
extern "C" int cim_adc_inl(int, int) { return 0; }
extern "C" void cim_violation(const char* rule) { array::told().rules.emplace_back(rule); }

namespace array {

Told& told() {
    static Told record;
    return record;
}

Parameters& parameters() {
    static Parameters table;
    return table;
}

void Timeline::add(const Step& step, Deviation deviation) {
    const int precharge = static_cast<int>(v.precharge) + deviation.precharge - (v.overlap ? 1 : 0);
    const int settle = static_cast<int>(v.settle) + deviation.settle;
    Marks marks{};
    marks.precharge = static_cast<unsigned>(cycles.size());
    for (int i = 0; i < precharge; ++i) {
        cycles.push_back({.precharge = true, .bank = step.bank, .drive = still()});
    }
    marks.drive = static_cast<unsigned>(cycles.size());
    Pins driven{.bank = step.bank, .enabled = step.enabled, .drive = step.drive};
    for (int i = 0; i < (v.hold_column ? std::max(settle, 1) : settle); ++i) {
        cycles.push_back(driven);
        cycles.back().precharge = v.overlap && i == 0;
        cycles.back().sample = v.hold_column && i + 1 >= settle;
    }
    if (v.hold_column) {  // one more cycle of sampling, as if an ADC were still busy
        cycles.push_back(driven);
        cycles.back().sample = true;
    }
    const int gap = static_cast<int>(v.sample_gap) + deviation.gap;
    marks.convert = static_cast<unsigned>(cycles.size());
    convert(driven, static_cast<unsigned>(gap));
    // Without holds the gap is after the last code.
    if (!v.hold_column) cycles.insert(cycles.end(), static_cast<unsigned>(gap), driven);
    marks.end = static_cast<unsigned>(cycles.size());
    steps.push_back(marks);
    idle(1);
}

void Timeline::precede_untaken(bool late) {
    const auto first = cycles.begin() + steps[0].precharge;
    std::vector<Pins> drive(first, cycles.begin() + steps[0].convert);
    for (unsigned i = 0; i < v.sample_gap; ++i) {
        drive.push_back(drive.back());
        drive.back().sample = false;
    }
    drive.push_back({.bank = drive.back().bank, .drive = still()});
    drive.back().request = drive.back().hold = late;
    cycles.insert(first, drive.begin(), drive.end());
}

/// share conversions of `latency` cycles; the next request stands from the cycle after the former.
void Timeline::convert(const Pins& standing, unsigned gap) {
    for (unsigned t = 0; t < v.share * v.latency; ++t) {
        Pins pins = standing;
        if (v.hold_column && t >= gap) pins = {.bank = standing.bank, .drive = still()};
        pins.hold = true;
        const unsigned next = (t + v.latency - 1) / v.latency;
        pins.request = next < v.share;
        pins.column = next % v.share;
        cycles.push_back(pins);
    }
}

void Port::reset() {
    set(Pins{.drive = std::vector<unsigned>(v_.rows)}, {});
    dut_.reset();
    told() = {};
}

void Port::set(const Pins& p, const Word& w) {
    bench::Put in = dut_.in(n_);
    in(p.precharge, 1)(p.sample, 1)(p.hold, 1)(p.bank, bench::index_bits(v_.banks))(p.enabled,
                                                                                    v_.rows);
    for (const unsigned d : p.drive) in(d, v_.drive_bits);
    for (unsigned a = 0; a < v_.adcs(); ++a) in(p.request, 1);
    for (unsigned a = 0; a < v_.adcs(); ++a) in(p.column, bench::index_bits(v_.share));
    in(w.valid || p.weight, 1)(w.write, 1)(w.bank, bench::index_bits(v_.banks));
    in(w.row, bench::index_bits(v_.rows))(w.word, bench::index_bits(v_.words()));
    in(w.data, v_.word_cells * v_.cell_bits);
    // Of the columns requested, or of an output's planes.
    for (unsigned e = 0; e < v_.trims; ++e) {
        const unsigned column = v_.trim_by_adc ? e * v_.share + p.column : e;
        const unsigned trim = parameters().at(p.bank, column) >> 24;
        in(trim ^ (e == 0 ? p.spoilt_trim : 0), v_.trim_bits);
    }
}

std::uint64_t Port::word_of(const Cells& cells, const Word& at) const {
    std::uint64_t data = 0;
    for (unsigned e = 0; e < v_.word_cells; ++e) {
        const unsigned column = at.word * v_.word_cells + e;
        if (column >= v_.columns) break;
        const std::uint64_t cell = cells[(at.bank * v_.rows + at.row) * v_.columns + column];
        data |= cell << (e * v_.cell_bits);
    }
    return data;
}

bench::Get Port::ports() {
    dut_.settle();
    return dut_.out(n_);
}

void Port::write(const Cells& cells) {
    const Pins still{.drive = std::vector<unsigned>(v_.rows)};
    for (unsigned i = 0; i < v_.banks * v_.rows * v_.words(); ++i) {
        Word w{true, true, i / v_.words() / v_.rows, i / v_.words() % v_.rows, i % v_.words(), 0};
        w.data = word_of(cells, w);
        set(still, w);
        dut_.settle();
        dut_.clock();
    }
}

void Port::read_back(const Cells& cells) {
    const Pins still{.drive = std::vector<unsigned>(v_.rows)};
    for (unsigned i = 0; i < v_.banks * v_.rows * v_.words(); ++i) {
        const Word w{true,           false, i / v_.words() / v_.rows, i / v_.words() % v_.rows,
                     i % v_.words(), 0};
        set(still, w);
        dut_.settle();
        dut_.clock();
        set(still, {});
        bench::Get out = ports();
        out(v_.adcs() * 2);
        out(v_.adcs() * v_.code_bits);
        bench::same(out.flag(), true, "weight ready", n_, i);
        bench::same(out.flag(), true, "read valid", n_, i);
        const unsigned cells_here = std::min(v_.word_cells, v_.columns - w.word * v_.word_cells);
        bench::same(out(cells_here * v_.cell_bits), word_of(cells, w), "cells", n_, w.bank, w.row,
                    w.word);
        dut_.clock();
    }
}

std::vector<int> Port::play(const Timeline& timeline) {
    std::vector<int> codes, shown(v_.adcs());
    early_.clear();
    for (const Pins& pins : timeline.cycles) {
        set(pins, {});
        bench::Get out = ports();
        out(v_.adcs());
        const std::uint64_t answers = out(v_.adcs());
        for (unsigned a = 0; a < v_.adcs(); ++a) {
            const auto code = static_cast<int>(out(v_.code_bits));
            if (answers >> a & 1) {
                codes.push_back(code);
                early_.push_back(shown[a]);
            }
            shown[a] = code;
        }
        dut_.clock();
    }
    return codes;
}

}  // namespace array

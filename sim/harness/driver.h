// SPDX-License-Identifier: Apache-2.0
// Plays a program on the macro's streams and collects its results. In each clock cycle: drive()
// before the clock edge, settle() reads the handshakes, then the edge. Operations come one after
// another; with `concurrent`, accesses that change nothing come on the configuration and the weight
// port while tiles stream in and results out. They are no progress: a stream must not wait for ever
// while they go on.
#pragma once

#include <deque>
#include <map>
#include <random>
#include <vector>

#include "Vdut.h"
#include "bits.h"
#include "known.h"
#include "monitor.h"
#include "ports.h"
#include "program.h"
#include "readings.h"
#include "tb_config.h"

class Driver {
  public:
    Driver(Vdut& dut, const Program& program, std::uint64_t seed, unsigned stall_percent,
           bool concurrent)
        : dut_(dut),
          program_(program),
          random_(seed),
          stall_(stall_percent),
          concurrent_(concurrent),
          known_(program),
          config_(dut),
          weights_(dut) {
        outputs_.reserve(std::size_t{program.vectors()} * TB_OUTPUTS);
    }

    bool finished() const {
        return op_ == program_.ops().size() && !config_.busy() && !weights_.busy() &&
               outputs_.size() == std::size_t{program_.vectors()} * TB_OUTPUTS;
    }
    const std::vector<std::int64_t>& outputs() const { return outputs_; }
    const std::vector<std::uint8_t>& flags() const { return flags_; }
    const std::vector<std::uint64_t>& words() const { return readings_.words(); }
    std::uint64_t mismatches() const { return mismatches_; }
    std::uint64_t accesses() const { return accesses_; }  // beside the streams
    bool input_seen() const { return input_seen_; }
    std::uint64_t first_cycle() const { return first_cycle_; }
    std::uint64_t last_cycle() const { return last_cycle_; }

    // Everything from the beginning, after a reset; but registers of the addresses keep_from ..
    // keep_to - 1 that hold what the program writes are not written again.
    void restart(std::uint64_t keep_from, std::uint64_t keep_to) {
        keep_from_ = keep_from;
        keep_to_ = keep_to;
        op_ = 0;
        at_ = 0;
        in_valid_ = false;
        config_.clear();
        weights_.clear();
        known_.clear();
        readings_.clear();
        chain_.clear();
        chain_at_ = 0;
        outputs_.clear();
        flags_.clear();
        input_seen_ = false;
    }

    // Values for the coming clock edge.
    void drive() {
        do_instant_ops();
        const Op* op = op_ < program_.ops().size() ? &program_.ops()[op_] : nullptr;
        const bool tile = op && op->kind == job::tile;
        dut_.in_valid_i = in_valid_ = tile && (in_valid_ || go());
        if (in_valid_) drive_beat(*op);
        if (op && !tile)
            begin_access(*op);
        else if (concurrent_ && !finished())
            begin_beside();
        config_.drive();
        weights_.drive();
        drive_chain();
        dut_.out_ready_i = rest_ == 0 && go();
        if (rest_ > 0) --rest_;
    }

    // After the combinational outputs have settled: who shook hands? Returns true on progress.
    bool settle(std::uint64_t cycle) {
        bool progress = false;
        if (in_valid_ && dut_.in_ready_o) {
            if (!input_seen_) first_cycle_ = cycle;
            input_seen_ = progress = true;
            in_valid_ = false;
            beat_taken();
        }
        progress |= settle(config_);
        progress |= settle(weights_);
        progress |= settle_chain();
        progress |= collect(cycle);
        return progress;
    }

  private:
    static constexpr unsigned beside_one_in = 8;  // cycles between accesses, on average
    // With stalls the output rests after some beats, long enough for drives that wait to end.
    static constexpr unsigned rest_one_in = 8, longest_rest = 300;

    bool go() { return stall_ == 0 || random_() % 100 >= stall_; }
    void next_op() {
        ++op_;
        at_ = 0;
    }
    void beat_taken() {
        const Op& op = program_.ops()[op_];
        if (at_ == 0) weights_.pass();
        if (at_ == 0 && op.first) config_.pass();
        at_ += TB_IN_BEAT;
        if (at_ >= op.rows) next_op();
    }
    // A write, after a reset, of what a register has kept.
    bool kept(const Op& op) const {
        if (op.kind != job::config_write || op.address < keep_from_ || op.address >= keep_to_)
            return false;
        const auto value = registers_.find(op.address);
        return value != registers_.end() && value->second == op.data;
    }
    // Those that take no cycle. The array's columns come behind the bank's weights, whose last word
    // was taken when nothing computed.
    void do_instant_ops() {
        for (; op_ < program_.ops().size(); next_op()) {
            const Op& op = program_.ops()[op_];
            if (op.kind == job::chain)
                chain_.push_back(op.source);
            else if (op.kind == job::columns)
                columns().set(op.bank, op.payload);
            else if (kept(op))
                continue;
            else
                return;
        }
    }

    void drive_beat(const Op& op) {
        for (unsigned e = 0; e < TB_IN_BEAT; ++e) {
            // Past the rows, ignored: anything, ones and zeros of one-bit elements too.
            auto value = static_cast<std::int32_t>((at_ + e + 1) * 0x9e3779b9U >> 3);
            if (at_ + e < op.rows) std::memcpy(&value, op.payload + 4 * (at_ + e), 4);
            bits::put(dut_.in_data_i, e * TB_IN_BITS, TB_IN_BITS,
                      static_cast<std::uint64_t>(value));
        }
        // The header belongs to the first beat; afterwards the lines carry anything.
        const bool header = at_ == 0;
        dut_.in_bank_i = header ? op.bank : ~op.bank & bits::mask(TB_BANK_BITS);
        dut_.in_first_i = header ? op.first : !op.first;
        dut_.in_last_i = header ? op.last : !op.last;
        dut_.in_rows_i = header ? op.rows : 0;
    }

    // ---- Accesses of the program, one after another ----
    void begin_access(const Op& op) {
        const bool config = on_config_port(op);
        if ((config ? config_.busy() : weights_.busy()) || !go()) return;
        if (config) {
            config_.begin(readings_.access(op), true);
            return;
        }
        const auto row = static_cast<unsigned>(at_ / TB_WORDS);
        weights_.begin(
            {op.kind == job::weights_write, op.bank, row, static_cast<unsigned>(at_ % TB_WORDS),
             op.payload + std::size_t{row} * TB_COLUMNS},
            true);
    }
    // Returns true on progress.
    template <class Port>
    bool settle(Port& port) {
        const auto event = port.settle(mismatches_);
        if (event.done && port.of_program()) access_done();
        return event.taken && port.of_program();
    }
    void access_done() {
        const Op& op = program_.ops()[op_];
        const bool weights = !on_config_port(op);
        if (!weights && !readings_.done(op, config_.pins().word())) return;
        if (weights && ++at_ < std::size_t{op.rows} * TB_WORDS) return;
        if (op.kind == job::config_write) registers_[op.address] = op.data;
        known_.written(op);
        next_op();
    }

    // ---- Accesses beside the streams ----
    void begin_beside() {
        if (!config_.busy() && random_() % beside_one_in == 0) {
            config_.begin(known_.config(op_, random_), false);
            ++accesses_;
        }
        if (!weights_.busy() && known_.has_weights() && random_() % beside_one_in == 0) {
            weights_.begin(known_.weight(random_), false);
            ++accesses_;
        }
    }

#if TB_CHAIN
    bool chain_known() const {
        return !chain_.empty() &&
               (chain_.front() < 0 ||
                outputs_.size() >= (chain_.front() + std::size_t{1}) * TB_OUTPUTS);
    }
    void drive_chain() {
        dut_.chain_valid_i = chain_valid_ = chain_known() && (chain_valid_ || go());
        bits::clear(dut_.chain_saturated_i);
        for (unsigned e = 0; chain_valid_ && e < TB_OUT_BEAT; ++e) {
            std::int64_t value = 0;
            bool flag = false;
            if (chain_.front() >= 0 && chain_at_ + e < TB_OUTPUTS) {
                value = outputs_[std::size_t(chain_.front()) * TB_OUTPUTS + chain_at_ + e];
                flag = flags_[std::size_t(chain_.front()) * TB_OUTPUTS + chain_at_ + e];
            }
            bits::put(dut_.chain_data_i, e * TB_CHAIN_BITS, TB_CHAIN_BITS,
                      static_cast<std::uint64_t>(value));
            bits::put(dut_.chain_saturated_i, e, 1, flag);
        }
    }
    bool settle_chain() {
        if (!chain_valid_ || !dut_.chain_ready_o) return false;
        chain_valid_ = false;
        chain_at_ += TB_OUT_BEAT;
        if (chain_at_ >= TB_OUTPUTS) {
            chain_.pop_front();
            chain_at_ = 0;
        }
        return true;
    }
#else
    void drive_chain() {}
    bool settle_chain() { return false; }
#endif

    bool collect(std::uint64_t cycle) {
        if (!dut_.out_valid_o || !dut_.out_ready_i) return false;
        const std::size_t at = outputs_.size() % TB_OUTPUTS;
        for (unsigned e = 0; e < TB_OUT_BEAT && at + e < TB_OUTPUTS; ++e) {
            const std::uint64_t value = bits::get(dut_.out_data_o, e * TB_OUT_BITS, TB_OUT_BITS);
            outputs_.push_back(TB_OUT_SIGNED ? bits::sign_extend(value, TB_OUT_BITS)
                                             : static_cast<std::int64_t>(value));
            flags_.push_back(bits::get(dut_.out_saturated_o, e, 1) != 0);
        }
        const bool whole = outputs_.size() % TB_OUTPUTS == 0;
        mismatches_ += (dut_.out_last_o != 0) != whole;
        if (stall_ > 0 && random_() % rest_one_in == 0) rest_ = random_() % longest_rest;
        last_cycle_ = cycle;
        return true;
    }

    Vdut& dut_;
    std::uint64_t keep_from_ = 0, keep_to_ = 0;
    std::map<decltype(Op::address), decltype(Op::data)> registers_;  // as the program wrote them
    const Program& program_;
    std::mt19937_64 random_;
    unsigned stall_;
    std::uint64_t rest_ = 0;  // cycles that the output is not ready
    bool concurrent_;
    std::size_t op_ = 0;
    std::size_t at_ = 0;  // element or word inside the operation
    bool in_valid_ = false, chain_valid_ = false;
    Known known_;
    Readings readings_;
    Port<ConfigPins> config_;
    Port<WeightPins> weights_;
    std::uint64_t accesses_ = 0;
    std::deque<std::int32_t> chain_;
    std::size_t chain_at_ = 0;
    std::vector<std::int64_t> outputs_;
    std::vector<std::uint8_t> flags_;
    std::uint64_t mismatches_ = 0;
    bool input_seen_ = false;
    std::uint64_t first_cycle_ = 0, last_cycle_ = 0;
};

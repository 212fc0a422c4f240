// Plays a program on the macro's streams and collects its results. One step() per clock cycle:
// drive() before the clock edge, settle() reads the handshakes, then the edge.
#pragma once

#include <deque>
#include <random>
#include <vector>

#include "Vdut.h"
#include "bits.h"
#include "program.h"
#include "tb_config.h"

class Driver {
  public:
    Driver(Vdut& dut, const Program& program, std::uint64_t seed, unsigned stall_percent)
        : dut_(dut), program_(program), random_(seed), stall_(stall_percent) {
        outputs_.reserve(std::size_t{program.vectors()} * TB_OUTPUTS);
    }

    bool finished() const {
        return op_ == program_.ops().size() && outputs_.size() == std::size_t{program_.vectors()} * TB_OUTPUTS;
    }
    const std::vector<std::int64_t>& outputs() const { return outputs_; }
    const std::vector<std::uint8_t>& flags() const { return flags_; }
    std::uint64_t mismatches() const { return mismatches_; }
    bool input_seen() const { return input_seen_; }
    std::uint64_t first_cycle() const { return first_cycle_; }
    std::uint64_t last_cycle() const { return last_cycle_; }

    // Everything from the beginning, after a reset.
    void restart() {
        op_ = 0;
        at_ = 0;
        waiting_read_ = false;
        in_valid_ = cfg_valid_ = weight_valid_ = false;
        chain_.clear();
        chain_at_ = 0;
        outputs_.clear();
        flags_.clear();
        input_seen_ = false;
    }

    // Values for the coming clock edge.
    void drive() {
        skip_chain_ops();
        const Op* op = op_ < program_.ops().size() ? &program_.ops()[op_] : nullptr;
        const auto is = [&](int a, int b) { return op && (op->kind == a || op->kind == b); };
        dut_.in_valid_i = in_valid_ = is(job::tile, job::tile) && (in_valid_ || go());
        dut_.cfg_valid_i = cfg_valid_ =
            is(job::config_write, job::config_expect) && !waiting_read_ && (cfg_valid_ || go());
        dut_.weight_valid_i = weight_valid_ =
            is(job::weights_write, job::weights_expect) && !waiting_read_ && (weight_valid_ || go());
        if (in_valid_) drive_beat(*op);
        if (cfg_valid_) drive_config(*op);
        if (weight_valid_) drive_word(*op);
        drive_chain();
        dut_.out_ready_i = go();
    }

    // After the combinational outputs have settled: who shook hands? Returns true on progress.
    bool settle(std::uint64_t cycle) {
        bool progress = false;
        const Op* op = op_ < program_.ops().size() ? &program_.ops()[op_] : nullptr;
        if (in_valid_ && dut_.in_ready_o) {
            if (!input_seen_) first_cycle_ = cycle;
            input_seen_ = progress = true;
            in_valid_ = false;
            at_ += TB_IN_BEAT;
            if (at_ >= op->rows) next_op();
        }
        if (cfg_valid_ && dut_.cfg_ready_o) {
            cfg_valid_ = false;
            progress = true;
            if (op->kind == job::config_write) next_op();
            else waiting_read_ = true;
        } else if (waiting_read_ && dut_.cfg_rvalid_o && op->kind == job::config_expect) {
            mismatches_ += dut_.cfg_rdata_o != op->data;
            next_op();
        }
        if (weight_valid_ && dut_.weight_ready_o) {
            weight_valid_ = false;
            progress = true;
            if (op->kind == job::weights_write) next_word(*op);
            else waiting_read_ = true;
        } else if (waiting_read_ && dut_.weight_rvalid_o && op->kind == job::weights_expect) {
            check_word(*op);
            waiting_read_ = false;
            next_word(*op);
        }
        progress |= settle_chain();
        progress |= collect(cycle);
        return progress;
    }

  private:
    bool go() { return stall_ == 0 || random_() % 100 >= stall_; }
    void next_op() {
        ++op_;
        at_ = 0;
        waiting_read_ = false;
    }
    void skip_chain_ops() {
        while (op_ < program_.ops().size() && program_.ops()[op_].kind == job::chain) {
            chain_.push_back(program_.ops()[op_].source);
            next_op();
        }
    }

    void drive_beat(const Op& op) {
        for (unsigned e = 0; e < TB_IN_BEAT; ++e) {
            std::int32_t value = static_cast<std::int32_t>(0x5a5a5a5a);  // past the rows: ignored
            if (at_ + e < op.rows) std::memcpy(&value, op.payload + 4 * (at_ + e), 4);
            bits::put(dut_.in_data_i, e * TB_IN_BITS, TB_IN_BITS, static_cast<std::uint64_t>(value));
        }
        // The header belongs to the first beat; afterwards the lines carry anything.
        const bool header = at_ == 0;
        dut_.in_bank_i = header ? op.bank : ~op.bank & bits::mask(TB_BANK_BITS);
        dut_.in_first_i = header ? op.first : !op.first;
        dut_.in_last_i = header ? op.last : !op.last;
        dut_.in_rows_i = header ? op.rows : 0;
    }
    void drive_config(const Op& op) {
        dut_.cfg_write_i = op.kind == job::config_write;
        dut_.cfg_addr_i = op.address;
        dut_.cfg_data_i = op.data & bits::mask(TB_CFG_BITS);
    }
    unsigned word_row() const { return static_cast<unsigned>(at_ / TB_WORDS); }
    unsigned word_index() const { return static_cast<unsigned>(at_ % TB_WORDS); }
    void drive_word(const Op& op) {
        dut_.weight_write_i = op.kind == job::weights_write;
        dut_.weight_bank_i = op.bank;
        dut_.weight_row_i = word_row();
        dut_.weight_word_i = word_index();
        for (unsigned e = 0; e < TB_WORD_CELLS; ++e) {
            const unsigned column = word_index() * TB_WORD_CELLS + e;
            const unsigned cell =
                column < TB_COLUMNS ? op.payload[std::size_t{word_row()} * TB_COLUMNS + column] : 0;
            bits::put(dut_.weight_data_i, e * TB_CELL_BITS, TB_CELL_BITS, cell);
        }
    }
    void check_word(const Op& op) {
        for (unsigned e = 0; e < TB_WORD_CELLS; ++e) {
            const unsigned column = word_index() * TB_WORD_CELLS + e;
            if (column >= TB_COLUMNS) break;
            mismatches_ += bits::get(dut_.weight_rdata_o, e * TB_CELL_BITS, TB_CELL_BITS) !=
                           op.payload[std::size_t{word_row()} * TB_COLUMNS + column];
        }
    }
    void next_word(const Op& op) {
        if (++at_ == std::size_t{op.rows} * TB_WORDS) next_op();
    }

#if TB_CHAIN
    bool chain_known() const {
        return !chain_.empty() &&
               (chain_.front() < 0 || outputs_.size() >= (chain_.front() + std::size_t{1}) * TB_OUTPUTS);
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
        last_cycle_ = cycle;
        return true;
    }

    Vdut& dut_;
    const Program& program_;
    std::mt19937_64 random_;
    unsigned stall_;
    std::size_t op_ = 0;
    std::size_t at_ = 0;  // element or word inside the operation
    bool waiting_read_ = false;
    bool in_valid_ = false, cfg_valid_ = false, weight_valid_ = false, chain_valid_ = false;
    std::deque<std::int32_t> chain_;
    std::size_t chain_at_ = 0;
    std::vector<std::int64_t> outputs_;
    std::vector<std::uint8_t> flags_;
    std::uint64_t mismatches_ = 0;
    bool input_seen_ = false;
    std::uint64_t first_cycle_ = 0, last_cycle_ = 0;
};

// SPDX-License-Identifier: Apache-2.0
// Runs one job on a Verilated macro. Exit codes: job_format.h.
#if VM_TRACE_FST
#include <verilated_fst_c.h>
using Waves = VerilatedFstC;
#elif VM_TRACE
#include <verilated_vcd_c.h>
using Waves = VerilatedVcdC;
#endif

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>

#include "Vdut.h"
#include "driver.h"
#include "monitor.h"
#include "options.h"
#include "program.h"
#include "svdpi.h"

extern "C" void cim_conversion(int column, int value, int code, int clipped) {
    monitor().conversion(column, value, code, clipped != 0);
}
extern "C" int cim_column(int bank, int column) {
    return static_cast<int>(
        columns().get(static_cast<std::uint32_t>(bank), static_cast<std::uint32_t>(column)));
}
extern "C" long long cim_analog(int what) { return chip().analog(what); }
extern "C" unsigned long long cim_step(unsigned long long count) {
    return monitor().steps.of(count).n;
}
extern "C" int cim_cell_gain(int bank, int row, int column) {
    return chip().cell_gain(static_cast<std::uint64_t>(bank), static_cast<std::uint64_t>(row),
                            static_cast<std::uint64_t>(column));
}
extern "C" int cim_adc_gain(int adc) { return chip().adc_gain(static_cast<std::uint64_t>(adc)); }
extern "C" int cim_adc_offset(int adc) {
    return chip().adc_offset(static_cast<std::uint64_t>(adc));
}
extern "C" int cim_adc_inl(int adc, int entry) {
    return chip().adc_inl(static_cast<std::uint64_t>(adc), static_cast<std::uint64_t>(entry));
}
extern "C" void cim_violation(const char* rule) {
    ++monitor().violations;
    std::fprintf(stderr, "array protocol: %s\n", rule);
}

namespace {

constexpr std::uint64_t patience = 100000;  // cycles without any handshake or conversion
constexpr std::uint64_t conversions_only = TB_TILE_CYCLES + patience;  // cycles without a handshake

class Bench {
  public:
    Bench(const Options& options, int argc, char** argv)
        : options_(options), program_(options.job, TB_COLUMNS) {
        context_.commandArgs(argc, argv);
        context_.fatalOnError(false);  // a failed assertion ends run()
        context_.traceEverOn(!options.wave.empty());
        dut_ = std::make_unique<Vdut>(&context_, "dut");
        driver_ = std::make_unique<Driver>(*dut_, program_, options.seed, options.stall_percent,
                                           options.concurrent);
        monitor().ranges = options.ranges;
#if VM_TRACE
        if (!options.wave.empty()) {
            trace_ = std::make_unique<Waves>();
            dut_->trace(trace_.get(), 99);
        }
#endif
    }

    int run() {
        const auto start = std::chrono::steady_clock::now();
        reset();
        bool reset_due = options_.reset_after != 0;
        std::uint64_t idle = 0, seen = 0, silent = 0;
        while (!driver_->finished()) {
            const bool moved = cycle();
            if (context_.gotError()) return failed_assertion();
            idle = moved || monitor().conversions != seen ? 0 : idle + 1;
            seen = monitor().conversions;
            silent = moved ? 0 : silent + 1;
            if (idle > patience || silent > conversions_only) return no_progress(silent);
            if (reset_due && driver_->input_seen() &&
                cycle_ >= driver_->first_cycle() + options_.reset_after) {
                reset_due = false;
                driver_->restart(options_.keep_from, options_.keep_to);
                reset();
                monitor().clear();
            }
            if (options_.progress && cycle_ % 16384 == 0) show_progress();
        }
        for (int i = 0; i < 8; ++i) cycle();  // nothing may follow
        seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (options_.progress) std::fprintf(stderr, "\r\033[K");
        close_wave();
        return write_log() ? answer() : 1;
    }

  private:
    void reset() {
        dut_->rst_ni = 0;
        dut_->in_valid_i = dut_->cfg_valid_i = dut_->weight_valid_i = dut_->out_ready_i = 0;
#if TB_CHAIN
        dut_->chain_valid_i = 0;
#endif
#if TB_CLOCK_GATES
        dut_->test_en_i = 0;
#endif
#if TB_OBSERVE
        dut_->test_mode_i = 0;
#endif
        for (int i = 0; i < 3; ++i) edge();
        dut_->rst_ni = 1;
#ifdef TB_RESET_SYNC
        follow_release();
#endif
    }

#ifdef TB_RESET_SYNC
    /// A host that has rst_no for its own reset: high with the second edge of the release.
    void follow_release() {
        if (dut_->rst_no) throw std::runtime_error("rst_no is high while rst_ni is low");
        int edges = 0;
        for (; edges < 8 && !dut_->rst_no; ++edges) edge();
        if (edges == 2) return;
        throw std::runtime_error("rst_no has not risen with the second edge of the release: " +
                                 std::to_string(edges));
    }
#endif

    bool cycle() {
        driver_->drive();
        half(0);
        const bool moved = driver_->settle(cycle_);
        half(1);
        ++cycle_;
        return moved;
    }
    void edge() {
        half(0);
        half(1);
        ++cycle_;
    }
    void half(int clock) {
        dut_->clk_i = clock;
        dut_->eval();
#if VM_TRACE
        if (tracing()) trace_->dump(cycle_ * 10 + (clock ? 5 : 0));
#endif
    }
#if VM_TRACE
    bool tracing() {
        if (!trace_) return false;
        const bool in = monitor().near(2 * TB_COLUMNS);
        if (in && !trace_->isOpen()) trace_->open(options_.wave.c_str());
        return in;
    }
#endif

    int failed_assertion() {
        close_wave();
        std::fflush(stdout);
        std::fprintf(stderr, "an assertion failed in cycle %llu\n",
                     static_cast<unsigned long long>(cycle_ - 1));
        return job::exit_assertion;
    }
    void close_wave() {
#if VM_TRACE
        if (trace_) trace_->close();
#endif
    }
    void show_progress() const {
        std::fprintf(stderr, "\rsimulating: %zu of %u vectors",
                     driver_->outputs().size() / TB_OUTPUTS, program_.vectors());
    }
    int no_progress(std::uint64_t silent) {
        close_wave();
        std::fprintf(stderr, "no progress for %llu cycles: %zu of %u vectors came out\n",
                     static_cast<unsigned long long>(silent),
                     driver_->outputs().size() / TB_OUTPUTS, program_.vectors());
        return job::exit_no_progress;
    }

    static bool cannot_write(const std::string& path) {
        std::fprintf(stderr, "%s: cannot be written: %s\n", path.c_str(), std::strerror(errno));
        return false;
    }
    bool write_log() const {
        if (options_.log.empty()) return true;
        std::FILE* f = std::fopen(options_.log.c_str(), "wb");
        if (!f) return cannot_write(options_.log);
        const auto& log = monitor().log;
        const bool whole =
            std::fwrite(log.data(), sizeof(job::Conversion), log.size(), f) == log.size();
        return (std::fclose(f) == 0 && whole) || cannot_write(options_.log);
    }
    int answer() const {
        std::FILE* f = std::fopen(options_.answer.c_str(), "wb");
        if (!f) return cannot_write(options_.answer), 1;
        const std::uint32_t head[2] = {job::magic, program_.vectors()};
        std::fwrite(head, sizeof head, 1, f);
        for (std::uint32_t v = 0; v < program_.vectors(); ++v) {
            std::fwrite(driver_->outputs().data() + std::size_t{v} * TB_OUTPUTS, 8, TB_OUTPUTS, f);
            std::fwrite(driver_->flags().data() + std::size_t{v} * TB_OUTPUTS, 1, TB_OUTPUTS, f);
        }
        const job::Counters counters{driver_->last_cycle() - driver_->first_cycle() + 1,
                                     monitor().conversions,
                                     monitor().clipped,
                                     monitor().violations,
                                     driver_->mismatches(),
                                     driver_->accesses(),
                                     seconds_};
        std::fwrite(&counters, sizeof counters, 1, f);
        const std::uint64_t words = driver_->words().size();
        std::fwrite(&words, sizeof words, 1, f);
        std::fwrite(driver_->words().data(), sizeof words, words, f);
        const bool whole = std::ferror(f) == 0;
        if (std::fclose(f) != 0 || !whole) return cannot_write(options_.answer), 1;
        return 0;
    }

    const Options& options_;
    VerilatedContext context_;
    Program program_;
    std::unique_ptr<Vdut> dut_;
    std::unique_ptr<Driver> driver_;
#if VM_TRACE
    std::unique_ptr<Waves> trace_;
#endif
    std::uint64_t cycle_ = 0;
    double seconds_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    Options options;
    if (!parse(argc, argv, options)) {
        std::fprintf(stderr, "usage: %s JOB ANSWER [options]\n", argv[0]);
        return job::exit_usage;
    }
    try {
        return Bench(options, argc, argv).run();
    } catch (const std::exception& e) {
        std::fprintf(stderr, "harness: %s\n", e.what());
        return 1;
    }
}

// SPDX-License-Identifier: Apache-2.0
#include "sim/bring_up.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/error.hpp"
#include "generator/render.hpp"
#include "job_chip.hpp"
#include "job_writer.hpp"

namespace sim {

namespace {

using generator::Design;

constexpr std::uint64_t refused = 1U << 10;  // of `status`
constexpr std::int64_t magic = 0x43494d31;   // "CIM1", region 0, word 0
constexpr int rows_of_word = 32;             // of step_rows

std::int64_t address_of(const Design& d, std::string_view file, int entry = 0) {
    for (std::size_t i = 0; i < d.registers.size(); ++i) {
        if (d.registers[i].name == file) return generator::register_address(d, i, entry);
    }
    throw base::Error(
        fmt::format("error: {}: no register {}; expected test.observe: true", d.config.name, file));
}

std::string text_of(const std::vector<std::uint8_t>& cells) { return {cells.begin(), cells.end()}; }

class StepPlanner {
  public:
    StepPlanner(const Design& d, std::uint32_t samples) : d_(d), samples_(samples) {}

    Job plan(const golden::Operands& chip, const std::vector<StepRun>& runs) {
        if (d_.real_array) write_chip(writer_, d_, chip);
        begin();
        for (const StepRun& run : runs) {
            load(run);
            for (const DrivenRows& pattern : run.patterns) step(run.bank, pattern);
        }
        for (int a = 0; a < d_.adcs; ++a) writer_.read(address_of(d_, "adc_flags", a));
        writer_.read(address_of(d_, "status"));
        Job job;
        job.bytes = writer_.take();
        return job;
    }

  private:
    void begin() {
        const auto config = std::stoul(generator::config_hash(d_).substr(0, 8), nullptr, 16);
        writer_.expect(d_, 0, magic);
        writer_.expect(d_, 1, static_cast<std::int64_t>(config));
        writer_.expect(d_, address_of(d_, "status"), 0);
        const std::int64_t most = (std::int64_t{1} << generator::observe_timeout_bits) - 1;
        write("adc_timeout", 0, std::min(4 * d_.conversion_cycles + 16, most));
    }
    void load(const StepRun& run) {
        const auto rows = static_cast<std::size_t>(d_.config.array.rows);
        writer_.weights(job::weights_write, run.bank, rows, writer_.cells(text_of(run.cells)));
        if (run.columns.empty()) return;
        std::string bytes(run.columns.size() * sizeof run.columns[0], '\0');
        std::memcpy(bytes.data(), run.columns.data(), bytes.size());
        writer_.columns(run.bank, writer_.cells(bytes));
        if (run.trim) set_trims(run.bank, *run.trim);
    }
    /// All trims that may stand for a column of the bank are the same, so that they stand for each.
    void set_trims(std::size_t bank, std::int64_t trim) {
        for (const generator::RegisterFile& file : d_.registers) {
            if (file.name != "trim") continue;
            const bool by_bank = file.scope == generator::RegisterScope::bank;
            const int entries = by_bank ? file.entries / d_.config.array.banks : file.entries;
            const int first = by_bank ? static_cast<int>(bank) * entries : 0;
            for (int e = first; e < first + entries; ++e) write("trim", e, trim);
        }
        const std::vector<std::int64_t> zeros(static_cast<std::size_t>(d_.config.array.rows));
        if (d_.config.accumulator.chain) writer_.chain(-1);
        writer_.tile(bank, true, true, zeros.size(), zeros.data(), std::identity{});
    }
    void step(std::size_t bank, const DrivenRows& pattern) {
        const int rows = d_.config.array.rows;
        for (int word = 0; word * rows_of_word < rows; ++word) {
            std::int64_t bits = 0;
            for (int r = 0; r < std::min(rows_of_word, rows - word * rows_of_word); ++r) {
                const int row = word * rows_of_word + r;
                if (pattern.rows.at(static_cast<std::size_t>(row))) bits |= std::int64_t{1} << r;
            }
            write("step_rows", word, bits);
        }
        write("step_drive", 0, pattern.drive);
        const auto at = [this](std::string_view file) {
            return static_cast<std::uint32_t>(address_of(d_, file));
        };
        writer_.single_steps({static_cast<std::uint32_t>(bank), samples_, at("step_start"),
                              at("status"), at("step_code")});
    }
    void write(std::string_view file, int entry, std::int64_t value) {
        writer_.config(job::config_write, address_of(d_, file, entry), value);
    }

    const Design& d_;
    std::uint32_t samples_;
    JobWriter writer_;
};

std::int64_t signed_word(std::uint64_t word, int bits) {
    return static_cast<std::int64_t>(word << (64 - bits)) >> (64 - bits);
}

}  // namespace

Job make_step_job(const Design& design, const golden::Operands& chip,
                  const std::vector<StepRun>& runs, std::uint32_t samples) {
    return StepPlanner(design, samples).plan(chip, runs);
}

StepCodes run_steps(const Design& d, const RtlModel& model, const Job& job,
                    const RtlOptions& options) {
    const RtlAnswer answer = run_rtl(model, job, options);
    const auto adcs = static_cast<std::size_t>(d.adcs);
    const auto failed = [&d](const std::string& what) {
        throw base::Error(fmt::format("error: {}: single steps: {}", d.config.name, what));
    };
    if (answer.violations != 0)
        failed(fmt::format("the array's rules are broken:\n{}", answer.complaints));
    if (answer.mismatches != 0)
        failed("found another identification or status; expected those of this config after reset");
    if (answer.words.size() < adcs + 1) failed("too few words were read");
    StepCodes steps;
    steps.status = answer.words.back();
    if ((steps.status & refused) != 0) failed("the macro refused one");
    const auto codes_end = answer.words.end() - static_cast<std::ptrdiff_t>(adcs) - 1;
    steps.flags.assign(codes_end, answer.words.end() - 1);
    for (auto word = answer.words.begin(); word != codes_end; ++word)
        steps.codes.push_back(signed_word(*word, d.port.data_bits));
    steps.seconds = answer.seconds;
    return steps;
}

}  // namespace sim

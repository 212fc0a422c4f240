// SPDX-License-Identifier: Apache-2.0
/// Finds the first conversion that differs, for the report of a mismatch.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "operands/operands.hpp"
#include "sim/run.hpp"

namespace sim {

namespace {

/// The first conversion of `log` whose code is not the golden one. A step's conversions come from
/// many ADCs in any order, but steps come one after another.
std::string first_conversion(const std::vector<golden::Conversion>& want,
                             const std::vector<LoggedConversion>& log, std::size_t columns,
                             int planes, bool passes) {
    for (std::size_t step = 0; step * columns < std::min(want.size(), log.size()); ++step) {
        std::map<std::uint32_t, std::int64_t> codes;
        for (std::size_t i = step * columns; i < std::min((step + 1) * columns, log.size()); ++i) {
            codes[log[i].column] = log[i].code;
        }
        for (std::size_t i = step * columns; i < (step + 1) * columns; ++i) {
            const golden::Conversion& c = want[i];
            const auto code = codes.find(static_cast<std::uint32_t>(c.column));
            if (code != codes.end() && code->second == c.code) continue;
            return fmt::format(
                "first differing conversion: tile {}, group {}, {}step {}, plane {}, column {}: "
                "golden code {}, rtl code {}\n",
                c.tile, c.group, passes ? fmt::format("shift {}, ", c.pass) : "", c.step,
                c.column % planes, c.column, c.code,
                code == codes.end() ? "none" : std::to_string(code->second));
        }
    }
    if (want.size() != log.size()) {
        return fmt::format("conversions of this vector: golden {}, rtl {}\n", want.size(),
                           log.size());
    }
    return "every code agrees: the difference arises after the ADCs\n";
}

struct Place {
    std::size_t vector = 0, output = 0;
};

Place first_difference(const golden::Matrix& expected, const golden::Matrix& found) {
    for (std::size_t i = 0; i < expected.data.size(); ++i) {
        if (expected.data[i] != found.data[i]) return {i / expected.cols, i % expected.cols};
    }
    return {};
}

/// Takes an older wave away, so that what stands there afterwards is of this run.
void remove_wave(const std::string& wave) {
    std::error_code absent;
    if (std::filesystem::is_regular_file(wave, absent)) std::filesystem::remove(wave, absent);
}

std::string wave_line(const std::string& wave) {
    std::error_code absent;
    if (std::filesystem::is_regular_file(wave, absent)) {
        return fmt::format("wave of this vector: {}\n", wave);
    }
    return fmt::format("no wave: {} cannot be written\n", wave);
}

std::vector<golden::Conversion> trace_of(const generator::Design& d,
                                         const golden::Operands& operands, const JobVector& v,
                                         const JobOptions& job) {
    const operands::Settings settings =
        job.settings.empty() ? operands::Settings{} : job.settings[v.vector];
    return golden::trace(operands::to_spec(d.config, settings), operands, v.vector, v.block);
}

/// Conversions of one vector in one column block, by the sets of banks that the macro takes one
/// after another.
std::vector<std::uint64_t> conversions_by_set(const generator::Design& d,
                                              const golden::Operands& operands, const JobVector& v,
                                              const JobOptions& options) {
    const auto banks = static_cast<std::size_t>(d.config.array.banks);
    std::vector<std::uint64_t> counts(1);
    for (const golden::Conversion& c : trace_of(d, operands, v, options)) {
        const std::size_t set = generator::chain_joins_sets(d) ? c.tile / banks : 0;
        if (set >= counts.size()) counts.resize(set + 1);
        ++counts[set];
    }
    return counts;
}

/// Where the conversions of `wanted` lie among those of the whole job.
std::vector<ConversionRange> ranges_of(const generator::Design& d, const golden::Operands& operands,
                                       const Job& job, const JobOptions& options,
                                       const JobVector& wanted) {
    struct Sets {
        std::vector<std::uint64_t> counts;
        std::size_t next = 0;
    };
    std::map<std::pair<std::size_t, std::size_t>, Sets> sets;
    std::vector<ConversionRange> ranges;
    std::uint64_t at = 0;
    for (const JobVector& v : job.vectors) {
        Sets& own = sets[{v.block, v.vector}];
        if (own.counts.empty()) own.counts = conversions_by_set(d, operands, v, options);
        const std::uint64_t n = own.next < own.counts.size() ? own.counts[own.next++] : 0;
        const bool is_wanted = v.vector == wanted.vector && v.block == wanted.block;
        if (is_wanted) ranges.push_back({at, at + n});
        at += n;
        if (is_wanted && v.final) break;
    }
    return ranges;
}

/// Runs again what has differed, with a log and a wave.
class Explanation {
  public:
    Explanation(const generator::Design& d, const golden::Operands& operands,
                const golden::Matrix& expected, const Place& place, RtlModel model,
                const RtlOptions& seen_in)
        : d_(d),
          operands_(operands),
          expected_(expected),
          place_(place),
          model_(std::move(model)),
          options_(seen_in),
          reset_after_(seen_in.reset_after) {
        if (model_.traced) model_.executable = model_.traced();
        options_.progress = false;
        options_.wave = d.config.name + "_mismatch.fst";
    }

    /// The vector by itself, then, if that agrees, within the whole job: which conversion differs.
    std::string text(const JobOptions& job) {
        const auto outputs = static_cast<std::size_t>(d_.config.array.outputs);
        const JobVector only{place_.vector, place_.output / outputs, true};
        const auto want = trace_of(d_, operands_, only, job);
        const Job alone = make_job(d_, operands_, {.only = &only, .settings = job.settings});
        std::string text;
        if (agrees(alone, {{0, want.size()}}, 0)) {
            const Job whole = make_job(d_, operands_, job);
            text =
                agrees(whole, ranges_of(d_, operands_, whole, job, only), reset_after_)
                    ? "this vector by itself agrees, and so does the whole run with waves: the "
                      "difference depends on the values of flip-flops before reset\n"
                    : "this vector by itself agrees: the difference depends on what came before it\n";
        }
        text += first_conversion(want, answer_.log, static_cast<std::size_t>(d_.columns), d_.planes,
                                 d_.pass_cycles != 0);
        return text + wave_line(options_.wave);
    }

  private:
    /// Does the output agree in this job? Logs and traces `ranges`.
    bool agrees(const Job& job, std::vector<ConversionRange> ranges, std::uint64_t reset_after) {
        remove_wave(options_.wave);
        options_.log = std::move(ranges);
        options_.reset_after = reset_after;
        answer_ = run_rtl(model_, job, options_);
        const golden::Matrix again = assemble(job, answer_, operands_);
        return again(place_.vector, place_.output) == expected_(place_.vector, place_.output);
    }

    const generator::Design& d_;
    const golden::Operands& operands_;
    const golden::Matrix& expected_;
    Place place_;
    RtlModel model_;
    RtlOptions options_;
    std::uint64_t reset_after_;
    RtlAnswer answer_;
};

}  // namespace

std::string explain_mismatch(const generator::Design& d, const golden::Operands& operands,
                             const golden::Matrix& expected, const golden::Matrix& found,
                             const RtlModel& model, const RtlOptions& rtl_options,
                             const JobOptions& job) {
    const Place place = first_difference(expected, found);
    const std::string settings =
        job.settings.empty() ? ""
                             : " with " + operands::settings_text(d, job.settings[place.vector]);
    const std::string text = fmt::format(
        "mismatch: vector {}, output {}: golden {}, rtl {}{}\n", place.vector, place.output,
        expected(place.vector, place.output), found(place.vector, place.output), settings);
    // By itself, a vector still has its own n.
    golden::Operands numbered = operands;
    if (d.real_array && numbered.first_steps.empty())
        numbered.first_steps = operands::first_steps(d, operands, job.settings);
    try {
        return text + Explanation(d, numbered, expected, place, model, rtl_options).text(job);
    } catch (const base::Error& stopped) {
        return text + "run again: " + stopped.what();
    }
}

}  // namespace sim

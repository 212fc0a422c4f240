// SPDX-License-Identifier: Apache-2.0
#include "bringup/stimulus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "generator/scheme.hpp"
#include "golden/golden.hpp"
#include "operands/operands.hpp"

namespace bringup {

namespace {

using generator::Design;

/// Levels of the codes that a chip may be off by, beyond the range.
constexpr double margin_codes = 2;

/// The smallest with which all rows reach the end of the range; else the greatest.
generator::RowProduct choose_product(const std::vector<generator::RowProduct>& products, int rows,
                                     double greatest) {
    for (const generator::RowProduct& p : products) {
        if (static_cast<double>(p.value) * rows >= greatest) return p;
    }
    return products.back();
}

/// As the scheme says; without a word of it an ideal column, as golden has it.
generator::ProbeColumns columns_of(const Design& d, const generator::SchemeData& scheme) {
    generator::ProbeColumns columns =
        scheme.probe_columns(d, std::ldexp(1.0, d.adc.bits) + 2 * margin_codes);
    if (columns.transfers.empty()) {
        const golden::Spec spec = operands::to_spec(d.config);
        columns.transfers.assign(static_cast<std::size_t>(d.columns),
                                 {static_cast<double>(spec.step_den) / spec.step_num, 0});
    }
    return columns;
}

// ---- Patterns ----

/// `count` rows from row `turn`·N/turns on, round the end.
std::vector<bool> rows_of(int rows, std::int64_t count, std::size_t turn, std::size_t turns) {
    std::vector<bool> driven(static_cast<std::size_t>(rows));
    const std::size_t first = turn * driven.size() / turns;
    for (std::int64_t i = 0; i < count; ++i)
        driven[(first + static_cast<std::size_t>(i)) % driven.size()] = true;
    return driven;
}

/// Numbers of rows to drive, ascending: 1 … `most`, or so many of them evenly.
std::vector<std::int64_t> counts_of(std::int64_t most, std::size_t levels) {
    const std::int64_t every =
        (most + static_cast<std::int64_t>(levels) - 1) / static_cast<std::int64_t>(levels);
    std::vector<std::int64_t> counts;
    for (std::int64_t k = every; k <= most; k += every) counts.push_back(k);
    return counts;
}

}  // namespace

void check_design(const Design& d) {
    if (!d.config.test.observe)
        throw base::KeyError("test.observe",
                             "found false; characterize works through registers that only "
                             "`test: {observe: true}` has");
}

Stimulus make_stimulus(const Design& d, const StimulusOptions& options) {
    const int rows = d.config.array.rows;
    if (options.bank >= static_cast<std::size_t>(d.config.array.banks))
        throw base::Error(fmt::format("error: --bank: found {}; expected 0 to {}", options.bank,
                                      d.config.array.banks - 1));
    const generator::SchemeData& scheme = generator::scheme_of(d.config);
    generator::ProbeColumns columns = columns_of(d, scheme);
    const Stimulus::Column& transfer = columns.transfers.front();
    const double greatest =
        (static_cast<double>(d.adc.code_max + std::abs(transfer.centre)) + margin_codes) /
        std::abs(transfer.slope);
    const generator::RowProduct product = choose_product(scheme.row_products(d), rows, greatest);
    const bool both_signs = product.negative_cell.has_value();
    const double reach = std::ceil(greatest / static_cast<double>(product.value));
    const auto most = static_cast<std::int64_t>(std::min(reach, static_cast<double>(rows)));
    const auto counts =
        counts_of(std::max<std::int64_t>(most, 1), both_signs ? most_levels / 2 : most_levels);

    Stimulus s;
    s.turns = std::min(most_turns, static_cast<std::size_t>(rows));
    s.columns = std::move(columns.transfers);
    const std::size_t cells = static_cast<std::size_t>(rows) * s.columns.size();
    std::size_t level = 0;
    const auto add_run = [&](std::int64_t sign, bool downward) {
        const std::uint8_t cell = sign < 0 ? *product.negative_cell : product.cell;
        sim::StepRun run{
            options.bank, std::vector<std::uint8_t>(cells, cell), columns.words, columns.trim, {}};
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const std::int64_t k = counts[downward ? counts.size() - 1 - i : i];
            s.values.push_back(sign * k * product.value);
            for (std::size_t turn = 0; turn < s.turns; ++turn) {
                s.patterns.push_back({level, turn});
                run.patterns.push_back({rows_of(rows, k, turn, s.turns), product.drive});
            }
            ++level;
        }
        s.runs.push_back(std::move(run));
    };
    if (both_signs) add_run(-1, true);
    add_run(1, false);
    return s;
}

}  // namespace bringup

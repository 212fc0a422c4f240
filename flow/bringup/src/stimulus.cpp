// SPDX-License-Identifier: Apache-2.0
#include "bringup/stimulus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>

#include "base/error.hpp"
#include "golden/golden.hpp"
#include "operands/operands.hpp"

namespace bringup {

namespace {

using generator::Design;

/// How one row gives `value` to a column: docs/reference/array-port.md, "Row drive and cells".
struct Product {
    std::int64_t drive = 1;
    std::uint8_t cell = 1;
    std::int64_t value = 1;
};

/// Levels of the codes that a chip may be off by, beyond the range.
constexpr double margin_codes = 2;

// ---- Products of a scheme, by value; the negative ones where a column's sum may be negative ----

template <class Section>
std::vector<Product> products_of(const Section&) {
    return {{1, 1, 1}};
}
/// {sign, level, magnitude} of drive and cell; each level counts `ratio` times.
std::vector<Product> products_of(const generator::zebra::Section& s) {
    return {{1, 1, 1}, {1, 3, s.ratio}, {3, 3, std::int64_t{s.ratio} * s.ratio}};
}
constexpr std::uint8_t zebra_sign = 4;

bool has_signs(const Design& d) {
    return std::holds_alternative<generator::zebra::Section>(d.config.section);
}

/// The smallest with which all rows reach the end of the range; else the greatest.
Product choose_product(const Design& d, double greatest) {
    const auto products =
        std::visit([](const auto& s) { return products_of(s); }, d.config.section);
    for (const Product& p : products) {
        if (static_cast<double>(p.value) * d.config.array.rows >= greatest) return p;
    }
    return products.back();
}

// ---- Columns ----

/// A column_quant column of the top plane in two's complement counts its top digit negatively.
bool counts_negatively(const Design& d, const generator::column_quant::Section& s,
                       std::size_t column) {
    const auto planes = static_cast<std::size_t>(d.planes);
    return !s.differential && s.cell_bits == 1 && column % planes == planes - 1;
}

struct Columns {
    std::vector<Stimulus::Column> transfers;
    std::vector<std::uint32_t> words;  ///< column_quant's
    std::optional<std::int64_t> trim;  ///< of all columns: as `run` writes it, alpha's top bits
};

Columns columns_of(const Design& d) {
    Columns columns;
    const auto* scaled = std::get_if<generator::column_quant::Section>(&d.config.section);
    const auto count = static_cast<std::size_t>(d.columns);
    if (scaled == nullptr) {
        const golden::Spec spec = operands::to_spec(d.config);
        columns.transfers.assign(count, {static_cast<double>(spec.step_den) / spec.step_num, 0});
        return columns;
    }
    // All rows span the range, from its middle's centre; alpha and c0 as wide as they may be.
    constexpr std::int64_t most_alpha = 65535, most_centre = 127;
    const double one = std::ldexp(1.0, scaled->alpha_frac);
    const double span = std::ldexp(1.0, d.adc.bits) + 2 * margin_codes;
    const auto alpha =
        std::clamp<std::int64_t>(std::llround(span * one / d.config.array.rows), 1, most_alpha);
    const std::int64_t centre = std::min(most_centre, std::int64_t{1} << (d.adc.bits - 1));
    constexpr int alpha_bits = 16;
    if (scaled->range_bits > 0) columns.trim = alpha >> (alpha_bits - scaled->range_bits);
    for (std::size_t c = 0; c < count; ++c) {
        const std::int64_t sign = counts_negatively(d, *scaled, c) ? -1 : 1;
        const auto c0 = static_cast<std::uint8_t>(sign * centre);
        columns.words.push_back(static_cast<std::uint32_t>(columns.trim.value_or(0)) << 24 |
                                static_cast<std::uint32_t>(c0) << 16 |
                                static_cast<std::uint32_t>(alpha));
        columns.transfers.push_back({static_cast<double>(sign * alpha) / one, sign * centre});
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
    Columns columns = columns_of(d);
    const Stimulus::Column& transfer = columns.transfers.front();
    const double greatest =
        (static_cast<double>(d.adc.code_max + std::abs(transfer.centre)) + margin_codes) /
        std::abs(transfer.slope);
    const Product product = choose_product(d, greatest);
    const double reach = std::ceil(greatest / static_cast<double>(product.value));
    const auto most = static_cast<std::int64_t>(std::min(reach, static_cast<double>(rows)));
    const auto counts =
        counts_of(std::max<std::int64_t>(most, 1), has_signs(d) ? most_levels / 2 : most_levels);

    Stimulus s;
    s.turns = std::min(most_turns, static_cast<std::size_t>(rows));
    s.columns = std::move(columns.transfers);
    const std::size_t cells = static_cast<std::size_t>(rows) * s.columns.size();
    std::size_t level = 0;
    const auto add_run = [&](std::int64_t sign, bool downward) {
        const auto cell = static_cast<std::uint8_t>(product.cell | (sign < 0 ? zebra_sign : 0));
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
    if (has_signs(d)) add_run(-1, true);
    add_run(1, false);
    return s;
}

}  // namespace bringup

// SPDX-License-Identifier: Apache-2.0
/// The one table of what a comparison can show: name, unit, getter. A study file chooses by name.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "study/row.hpp"

namespace study {

/// What has to be run for a figure; each costs more than the one before.
enum class Source { golden, rtl, synth, power };

/// What a figure is of.
enum class On { any, layer, network };

/// What the command line has to give for a figure: --liberty, and --sta or --power with it. Bits.
enum class Given { nothing = 0, liberty = 1, sta = 3, power = 5 };

constexpr Given operator|(Given a, Given b) {
    return static_cast<Given>(static_cast<int>(a) | static_cast<int>(b));
}
constexpr bool has(Given all, Given wanted) { return (all | wanted) == all; }

struct Column {
    std::string name;   ///< in study files and JSON
    std::string title;  ///< in tables
    std::string unit;   ///< may be empty
    std::string doc;    ///< one sentence below the table; may be empty
    /// Of a row, beside the first row of its table; none: a dash.
    std::function<std::optional<double>(const Row& row, const Row& first)> value;
    std::function<std::string(double value, const Row& row)> text;
    Source source = Source::golden;
    bool of_first = false;  ///< the value depends on the table's first row
    Given given = Given::nothing;
    On on = On::any;

    std::string head() const { return unit.empty() ? title : title + " (" + unit + ")"; }
    std::string shown(const Row& row, const Row& first) const;
};

/// All fixed columns, in the order of the documentation.
std::span<const Column> columns();

/// The column of that name; `stat.NAME` is a number that golden, quantize or a network reports,
/// with its change against the twin NAME_plain where there is one. None if there is no such column.
std::optional<Column> find_column(std::string_view name);

/// What is shown where nobody chooses; a column without any value is left out. `library`: areas in
/// µm², too.
std::vector<Column> default_columns(bool library);

/// 1234567 as "1 234 567".
std::string grouped(double n);

}  // namespace study

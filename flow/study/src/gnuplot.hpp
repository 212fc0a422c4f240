// SPDX-License-Identifier: Apache-2.0
/// Plots by gnuplot, as SVG to stand inside a page.
#pragma once

#include <string>
#include <vector>

#include "study/report.hpp"

namespace study {

/// A mark for each row that has both values, its label beside it. `id`: of the SVG's own names.
/// Empty where no row has both. Throws base::Error with gnuplot's words if it fails.
std::string scatter_svg(const Plot& plot, const std::vector<Row>& rows, const std::string& id);

/// A bar for each row, stacked by block.
std::string blocks_svg(const BlockTable& table, const std::string& id);

}  // namespace study

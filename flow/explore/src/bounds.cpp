// SPDX-License-Identifier: Apache-2.0
#include "bounds.hpp"

#include <algorithm>
#include <limits>

#include "synth/liberty.hpp"

namespace explore {

namespace {

/// 0 for a library without flip-flops.
double smallest_flop(const synth::Library& library) {
    double area = std::numeric_limits<double>::infinity();
    for (const auto& [name, cell] : library.cells) {
        if (cell.ff) area = std::min(area, cell.area);
    }
    return area < std::numeric_limits<double>::infinity() ? area : 0;
}

}  // namespace

long least_flops(const generator::Design& d) {
    const long rows = d.config.array.rows;
    const long tile = rows * d.input.element_bits + (d.direct_input ? 0 : rows * d.input.work_bits);
    return tile + long{d.config.array.outputs} * d.accumulator.value_bits;
}

std::optional<double> lower_bound(const std::string& column, const generator::Design& design,
                                  const study::MeasureOptions& options) {
    const synth::Library& library = options.library ? *options.library : synth::gate_equivalents();
    const auto flops = static_cast<double>(least_flops(design));
    if (column == "flops" || column == "cells") return flops;
    const double area = flops * smallest_flop(library);
    if (column == "area_um2" && !library.areas_are_gates) return area;
    if (column == "area_kge" && library.gate) return area / *library.gate / 1000;
    return std::nullopt;
}

}  // namespace explore

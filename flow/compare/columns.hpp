/// column_quant on one layer: what column-wise scales buy in error, and what they cost in area.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "measure.hpp"

namespace comparing {

/// How alpha and scale are shared.
struct Sharing {
    std::string label;
    std::string granularity;  ///< column_quant.granularity
    bool one_alpha = false;   ///< one ADC step for the macro, whatever the scales
};

/// From coarse to fine: layer, array, column-wise scales under one alpha, column.
std::span<const Sharing> sharings();

/// column_quant.range_bits: without and with trims of the ADC steps.
constexpr int trims[] = {0, 4};

/// 4-bit inputs in one step, 4-bit weights in differential cells of 2 bits, as the ready configs;
/// one ADC an output. Sharings that differ in `one_alpha` only have the same config.
std::string column_config(const Sharing& sharing, const Macro& macro, int adc_bits, int range_bits);

/// One sharing at one ADC width.
struct ColumnRow {
    Sharing sharing;
    Row row;
    bool simulated = false;  ///< the RTL ran too
    /// SQNR of the partial sums on these inputs, dB: as fitted, and with the rule of the largest
    /// magnitude.
    double partial_sum_db = 0, max_abs_db = 0;
};

/// Fits alpha, scale and centre to the layer's inputs (quantize::quantize) and runs them through
/// golden, and the RTL if `simulate`.
ColumnRow measure_column(const Sharing& sharing, const Macro& macro, const Layer& layer,
                         int adc_bits, bool simulate);

/// The periphery of one config. `check`: throws base::Error unless its netlist, simulated on
/// corner and random stimulus, computes what golden does.
Area column_area(const std::string& config, const std::string& liberty, const std::string& dir,
                 bool check);

struct ColumnComparison {
    std::size_t vectors = 0, features = 0, outputs = 0;  ///< V, K, M of the layer
    Macro macro;
    std::string library;          ///< cell library; empty: no synthesis
    std::set<int> netlists;       ///< ADC bits whose netlists were simulated
    std::vector<int> widths;      ///< ADC bits, ascending
    std::vector<ColumnRow> rows;  ///< by width, then by sharing
    /// Configs without trims and with them, where synthesized; label: sharing and range_bits.
    std::vector<Row> hardware;
    const ColumnRow& at(int adc_bits, const Sharing& sharing) const;
    /// Null if it was not synthesized.
    const Row* hardware_of(int adc_bits, const Sharing& sharing, int range_bits) const;
};

std::string column_markdown(const ColumnComparison& comparison);
std::string column_json(const ColumnComparison& comparison);
/// SQNR against area, a point for each ADC width.
std::string column_svg(const ColumnComparison& comparison);

}  // namespace comparing

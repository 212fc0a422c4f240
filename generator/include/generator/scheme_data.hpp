// SPDX-License-Identifier: Apache-2.0
/// What a scheme says about the data of a run: tensors, settings, and what they become in the
/// macro.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "generator/config.hpp"

namespace generator {

struct Design;  // design.hpp

/// min, min + stride, ... max.
struct ValueRange {
    std::int64_t min = 0;
    std::int64_t max = 0;
    std::int64_t stride = 1;
    bool holds(std::int64_t v) const { return v >= min && v <= max && (v - min) % stride == 0; }
};

/// How an operand's file is laid out, C order: T tiles, `planes` of an output, M outputs; of the
/// array's cells (banks or 1, N, columns), of its ADCs, of the codes of each ADC.
enum class OperandShape { outputs, tile_planes, tile_plane_outputs, cells, adcs, adc_codes };

/// Whether a design takes an operand, and the values that it may hold (inclusive).
struct OperandRule {
    bool taken = true;
    bool required = true;
    bool always = false;  ///< every config of the scheme needs it: `why` is then about the values
    std::int64_t min = 0;
    std::int64_t max = 0;
    std::string why = {};      ///< the config value that decides: "accumulator.bias: true"
    std::string instead = {};  ///< not required: what counts if it is not given; empty: nothing
    /// False: constant along that axis in this design (the file keeps its full shape).
    bool by_tile = true, by_plane = true, by_output = true;
};

/// A tensor of `run` besides inputs and weights: option `--<name>`.
struct OperandSpec {
    std::string_view name;
    OperandShape shape = OperandShape::outputs;
    std::string_view doc;  ///< one line for --help
    OperandRule (*rule)(const Design& design) = nullptr;
    bool measured = false;  ///< of one chip: it replaces what `analog` would draw
};

/// A number of `run`, option `--<name>`, that the register of that name holds (one entry,
/// RegisterScope::macro). Not given: the value after reset.
struct SettingSpec {
    std::string_view name;
    std::string_view doc;  ///< one line for --help
    std::pair<std::int64_t, std::int64_t> (*range)(const Design& design) = nullptr;
};

/// One tile of weights in one column block, as a scheme sees it when it fills cells and registers.
struct TileView {
    std::size_t rows = 0;     ///< present rows
    std::size_t outputs = 0;  ///< of the macro's outputs, those below M
    /// Weight of a present row and an output below `outputs`.
    std::function<std::int64_t(std::size_t row, std::size_t output)> weight;
    /// Value of an operand for this tile: plane and output are ignored where it has none. Outputs
    /// past `outputs` and operands that were not given: 0.
    std::function<std::int64_t(std::string_view name, std::size_t plane, std::size_t output)>
        operand;
    std::function<bool(std::string_view name)> has_operand;
};

/// Cells of one tile.
struct TileCells {
    /// `design.array.cell_bits` of each present row and physical column: row · columns + column.
    std::vector<std::uint8_t> cells;
    std::uint64_t clipped = 0;  ///< weights that the scheme's code clipped
};

/// A drive and a cell of one row, as at the array port, and what the row then adds to a column's
/// analog value (docs/reference/array-port.md, "Row drive and cells").
struct RowProduct {
    std::int64_t drive = 1;
    std::uint8_t cell = 1;
    std::int64_t value = 1;
    /// The cell that adds −value with the same drive; none: no column's value is negative.
    std::optional<std::uint8_t> negative_cell = {};
};

/// What the analog part is told of its columns while their ADCs are measured, and what then counts.
struct ProbeColumns {
    /// The delivered code is slope · v, rounded, less the centre.
    struct Transfer {
        double slope = 1;         ///< codes of one v
        std::int64_t centre = 0;  ///< in codes
    };
    std::vector<Transfer> transfers = {};   ///< of each physical column; empty: v / adc.step
    std::vector<std::uint32_t> words = {};  ///< as array_parameters()
    std::optional<std::int64_t> trim = {};  ///< of all columns, as `run` writes it
};

class SchemeData {
  public:
    virtual ~SchemeData() = default;

    /// Tensors and settings of `run` that only this scheme takes.
    virtual std::span<const OperandSpec> operands() const;
    virtual std::span<const SettingSpec> settings() const;

    /// Cells of a tile as they are written. By default weight_cells() of each weight; columns of
    /// outputs past `tile.outputs` hold 0.
    virtual TileCells tile_cells(const Design& design, const TileView& tile) const;
    /// Values of a register file of the scheme that holds no setting, in the order of its entries
    /// (of one bank for RegisterScope::bank). `tile`: of that bank; for the other scopes without
    /// rows, operands of tile 0.
    virtual std::vector<std::int64_t> register_values(const Design& design, std::string_view file,
                                                      const TileView& tile) const;
    /// The factor of SchemeHardware::stage_factor_bits; 1 without one. `tile`: as for files of the
    /// macro.
    virtual std::int64_t stage_factor(const Design& design, const TileView& tile) const;
    /// What the array model needs of a tile beside its cells (the analog part's, not the
    /// periphery's): a word for each physical column, {trim (8), centre (8, signed), alpha (16)};
    /// empty: nothing.
    virtual std::vector<std::uint32_t> array_parameters(const Design& design,
                                                        const TileView& tile) const;
    /// What `characterize` may drive rows with: ascending by value, one at least. By default drive
    /// 1 and cell 1 make 1. All have a negative cell, or none.
    virtual std::vector<RowProduct> row_products(const Design& design) const;
    /// The columns while `characterize` measures their ADCs; `span`: codes that all rows together
    /// reach from end to end, each with a product of value 1. By default they are as adc.step says.
    virtual ProbeColumns probe_columns(const Design& design, double span) const;
    /// Element of the input stream for an input, in its low `design.input.port_bits`.
    virtual std::int64_t input_element(const Design& design, std::int64_t input) const;
    /// Code of one weight: `design.array.cell_bits` bits per plane, one entry per plane. Clips as
    /// the scheme's code does; `clipped` then becomes true. By default none (see tile_cells).
    virtual std::vector<std::uint32_t> weight_cells(const Design& design, std::int64_t weight,
                                                    bool& clipped) const;
    /// True if the scheme's code of this input clips it. By default none does.
    virtual bool input_clips(const Design& design, std::int64_t input) const;
    /// Integers the scheme's inputs and weights may take; outside is an error.
    virtual ValueRange input_range(const Config& config) const = 0;
    virtual ValueRange weight_range(const Config& config) const = 0;
};

/// Operands that every scheme takes: the bias, what was measured of a chip, its correction.
std::span<const OperandSpec> common_operands();
/// `common_operands` and the scheme's own.
std::vector<const OperandSpec*> operands_of(const SchemeData& scheme);

}  // namespace generator

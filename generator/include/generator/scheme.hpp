/// The one interface behind which a scheme stands. To add a scheme: a folder under
/// `generator/schemes/` that implements this class and one row in `generator/sections.hpp`; its
/// blocks under `rtl_templates/`; its golden twin under `golden/`; and what then does not compile:
/// its rows in operands and quantize. docs/architecture.md has the whole list.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "generator/config.hpp"
#include "generator/keys.hpp"
#include "generator/plan.hpp"

namespace generator {

struct Adc;  // design.hpp
struct Derived;
struct Design;
struct Modules;

/// Reports a finding on a key of the scheme: (key path, message).
using Report = std::function<void(std::string_view path, std::string message)>;

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

class Scheme {
  public:
    virtual ~Scheme() = default;

    virtual std::string_view name() const = 0;
    /// One line for `--help` and the README.
    virtual std::string_view summary() const = 0;
    /// The keys that only some schemes take, or that differ between schemes, and this one takes:
    /// `adc.bits`, `input.bits`, its own section, ...
    virtual std::span<const KeySpec> keys() const = 0;
    /// Fills the scheme's derived defaults (keys with `derived`) that are absent and that `values`
    /// decides. `broken` says which keys are absent because of an error: they stay so.
    virtual void complete(Values& values,
                          const std::function<bool(std::string_view path)>& broken) const;
    /// Of a key that other schemes take and this one does not: why, and what to do instead; empty
    /// for most. Ends the message.
    virtual std::string_view refusal(std::string_view path) const;
    /// Rules between keys; every key present is well-formed by itself, a key with an error is
    /// absent.
    virtual void validate(const Values& values, const Report& report) const = 0;
    /// Physical columns per output; only called on values without errors.
    virtual int planes(const Values& values) const = 0;
    /// Makes the scheme's plain struct for `Config::section`.
    virtual SchemeSection section(const Values& values) const = 0;
    /// The inverse of `section`: values of the scheme's own keys, as `to_yaml` writes them.
    virtual Values section_values(const SchemeSection& section) const = 0;

    /// What the scheme decides before any width is derived.
    virtual Plan plan(const Config& config) const = 0;
    /// Extremes of one tile's sum (contract, "Accumulation").
    virtual Extremes tile_range(const Config& config, const Plan& plan, const Adc& adc) const;
    /// Extremes of what a tile adds to the accumulators, if the back end makes results of them only
    /// as they leave; none: `tile_range`. `saturates`: an addition may.
    virtual std::optional<Extremes> register_range(const Config& config, const Plan& plan,
                                                   const Adc& adc, bool saturates) const;
    /// What makes the sums narrower, for the message that they need more than 63 bits.
    virtual std::string_view sum_remedy() const;
    /// Front end, back end and their registers, chosen by the derived numbers.
    virtual Modules modules(const Derived& derived) const = 0;

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
    /// What the array model needs of a tile beside its cells (the analog part's, not the
    /// periphery's): a word for each physical column, {trim (8), centre (8, signed), alpha (16)};
    /// empty: nothing.
    virtual std::vector<std::uint32_t> array_parameters(const Design& design,
                                                        const TileView& tile) const;
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
std::vector<const OperandSpec*> operands_of(const Scheme& scheme);

/// All schemes, in the order of `SchemeSection`.
std::span<const std::unique_ptr<const Scheme>> schemes();
/// Null when there is none of that name.
const Scheme* find_scheme(std::string_view name);
/// The scheme whose section the config has.
const Scheme& scheme_of(const Config& config);
/// Every key a config of this scheme may have, in the order of the documentation: section by
/// section, within a section the scheme's own keys first.
std::vector<const KeySpec*> keys_of(const Scheme& scheme);

}  // namespace generator

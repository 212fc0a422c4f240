// SPDX-License-Identifier: Apache-2.0
/// The binsparx scheme: config side in config.cpp, elaboration in elaborate.cpp, what is written
/// into cells and registers in columns.cpp.
#pragma once

#include "generator/scheme.hpp"

namespace generator::binsparx {

class BinSparXScheme final : public Scheme {
  public:
    std::string_view name() const override;
    std::string_view summary() const override;
    std::span<const KeySpec> keys() const override;
    void validate(const Values& values, const Report& report) const override;
    int planes(const Values& values) const override;
    SchemeSection section(const Values& values) const override;
    Values section_values(const SchemeSection& section) const override;
    ValueRange input_range(const Config& config) const override;
    ValueRange weight_range(const Config& config) const override;

    Plan plan(const Config& config) const override;
    Extremes tile_range(const Config& config, const Plan& plan, const Adc& adc) const override;
    Modules modules(const Derived& derived) const override;

    std::span<const OperandSpec> operands() const override;
    TileCells tile_cells(const Design& design, const TileView& tile) const override;
    std::vector<std::int64_t> register_values(const Design& design, std::string_view file,
                                              const TileView& tile) const override;
    std::int64_t input_element(const Design& design, std::int64_t input) const override;
};

}  // namespace generator::binsparx

// SPDX-License-Identifier: Apache-2.0
/// The column_quant scheme: config side in config.cpp, elaboration in elaborate.cpp, what is
/// written into cells and registers in contents.cpp.
#pragma once

#include "generator/scheme.hpp"
#include "generator/schemes/column_quant/config.hpp"

namespace generator::column_quant {

class ColumnQuantScheme final : public Scheme {
  public:
    std::string_view name() const override;
    std::string_view summary() const override;
    std::span<const KeySpec> keys() const override;
    void complete(Values& values,
                  const std::function<bool(std::string_view)>& broken) const override;
    void validate(const Values& values, const Report& report) const override;
    int planes(const Values& values) const override;
    SchemeSection section(const Values& values) const override;
    Values section_values(const SchemeSection& section) const override;
    Plan plan(const Config& config) const override;
    std::string_view sum_remedy() const override;
    Extremes tile_range(const Config& config, const Plan& plan, const Adc& adc) const override;
    int stage_factor_bits(const Config& config, bool saturates) const override;
    std::optional<Extremes> register_range(const Config& config, const Plan& plan, const Adc& adc,
                                           bool saturates) const override;
    Modules modules(const Derived& derived) const override;
    std::span<const OperandSpec> operands() const override;
    std::vector<std::uint32_t> weight_cells(const Design& design, std::int64_t weight,
                                            bool& clipped) const override;
    std::vector<std::int64_t> register_values(const Design& design, std::string_view file,
                                              const TileView& tile) const override;
    std::int64_t stage_factor(const Design& design, const TileView& tile) const override;
    std::vector<std::uint32_t> array_parameters(const Design& design,
                                                const TileView& tile) const override;
    ProbeColumns probe_columns(const Design& design, double span) const override;
    ValueRange input_range(const Config& config) const override;
    ValueRange weight_range(const Config& config) const override;
};

/// Bits of the centre and its range, from the specification.
inline constexpr int center_bits = 8;
inline constexpr std::int64_t center_min = -128;
inline constexpr std::int64_t center_max = 127;
inline constexpr int alpha_bits = 16;

const Section& section_of(const Config& config);

}  // namespace generator::column_quant

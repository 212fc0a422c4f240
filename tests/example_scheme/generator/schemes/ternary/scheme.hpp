// SPDX-License-Identifier: Apache-2.0
/// The ternary scheme: config side in config.cpp, elaboration in elaborate.cpp.
#pragma once

#include "generator/scheme.hpp"

namespace generator::ternary {

class TernaryScheme final : public Scheme {
  public:
    // Keys
    std::string_view name() const override;
    std::string_view summary() const override;
    std::span<const KeySpec> keys() const override;
    std::string_view refusal(std::string_view path) const override;
    void validate(const Values& values, const Report& report) const override;
    int planes(const Values& values) const override;
    SchemeSection section(const Values& values) const override;
    Values section_values(const SchemeSection& section) const override;
    // Hardware
    Plan plan(const Config& config) const override;
    Modules modules(const Derived& derived) const override;
    // Data
    std::vector<std::uint32_t> weight_cells(const Design& design, std::int64_t weight,
                                            bool& clipped) const override;
    ValueRange input_range(const Config& config) const override;
    ValueRange weight_range(const Config& config) const override;
};

}  // namespace generator::ternary

// SPDX-License-Identifier: Apache-2.0
/// The zebra scheme: config side in config.cpp, elaboration in elaborate.cpp.
#pragma once

#include "generator/scheme.hpp"

namespace generator::zebra {

class ZebraScheme final : public Scheme {
  public:
    std::string_view name() const override;
    std::string_view summary() const override;
    std::span<const KeySpec> keys() const override;
    void validate(const Values& values, const Report& report) const override;
    int planes(const Values& values) const override;
    SchemeSection section(const Values& values) const override;
    Values section_values(const SchemeSection& section) const override;
    Plan plan(const Config& config) const override;
    Modules modules(const Derived& derived) const override;
    std::vector<std::uint32_t> weight_cells(const Design& design, std::int64_t weight,
                                            bool& clipped) const override;
    std::vector<RowProduct> row_products(const Design& design) const override;
    bool input_clips(const Design& design, std::int64_t input) const override;
    ValueRange input_range(const Config& config) const override;
    ValueRange weight_range(const Config& config) const override;
};

}  // namespace generator::zebra

// SPDX-License-Identifier: Apache-2.0
/// Register files by name: the map, the header and the tensors of a job tell them apart by it.
#include <catch2/catch.hpp>
#include <set>

#include "support.hpp"

TEST_CASE("register map: with all common register files each name stands once") {
    for (const auto& scheme : generator::schemes()) {
        CAPTURE(scheme->name());
        const std::string text = support::smallest_text(*scheme);
        const generator::Design d = generator::load_design(text, "t.yaml",
                                                           {{"adc.correction_bits", "3"},
                                                            {"output.mode", "requant"},
                                                            {"accumulator.bias", "true"}});
        std::set<std::string> names;
        for (const generator::RegisterFile& file : d.registers) {
            CAPTURE(file.name);
            CHECK(names.insert(file.name).second);
        }
        CHECK(names.contains("adc_correction"));
        CHECK(names.size() >= 7);
    }
}

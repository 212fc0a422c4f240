// SPDX-License-Identifier: Apache-2.0
/// Register files by name: the map, the header and the tensors of a job tell them apart by it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "generator/render.hpp"
#include "support.hpp"

namespace {

std::string file_of(const generator::Design& d, const std::string& name) {
    for (const base::OutFile& file : generator::render(d)) {
        if (file.path == name) return file.contents;
    }
    return {};
}

/// Addresses that an entry of regmap.json says.
std::set<std::int64_t> listed(const nlohmann::json& e, int banks) {
    const std::int64_t per_bank = e.value("words_per_bank", e["words"].get<std::int64_t>());
    const std::int64_t per_group = e.value("words_per_group", per_bank);
    std::set<std::int64_t> all;
    for (std::int64_t bank = 0; bank < (e.contains("bank_stride") ? banks : 1); ++bank) {
        for (std::int64_t group = 0; group < per_bank / per_group; ++group) {
            for (std::int64_t i = 0; i < per_group; ++i) {
                all.insert(e["address"].get<std::int64_t>() + bank * e.value("bank_stride", 0) +
                           group * e.value("group_stride", 0) + i);
            }
        }
    }
    return all;
}

}  // namespace

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

TEST_CASE("register map: lists the registers that exist, and no empty words") {
    const auto [text, macro] = GENERATE(table<std::string, std::string>(
        {{"name: t\nscheme: binsparx\narray: {rows: 8, active_rows: 4, outputs: 6, banks: 3}\n",
          "T_CORRECTION_ADDR(bank, group, i) (0x40 + (bank) * 0x10 + (group) * 0x8 + (i))"},
         {"name: t\nscheme: binsparx\narray: {rows: 8, active_rows: 4, outputs: 4, banks: 3}\n",
          "T_CORRECTION_ADDR(bank, i) (0x20 + (bank) * 0x8 + (i))"},
         {"name: t\nscheme: binsparx\narray: {rows: 8, outputs: 6, banks: 3}\n",
          "T_CORRECTION_ADDR(bank, i) (0x20 + (bank) * 0x8 + (i))"},
         {"name: t\nscheme: column_quant\narray: {rows: 8, outputs: 3, banks: 3}\n"
          "adc: {bits: 4}\ninput: {bits: 4}\nweight: {bits: 4}\n",
          "T_SCALE_ADDR(bank, i)"}}));
    CAPTURE(text);
    const generator::Design d = generator::load_design(text, "t.yaml", {});
    const nlohmann::json map = nlohmann::json::parse(file_of(d, "regmap.json"));
    for (std::size_t i = 0; i < d.registers.size(); ++i) {
        const generator::RegisterFile& file = d.registers[i];
        const nlohmann::json& entry = map["registers"][i + 2];
        REQUIRE(entry["name"] == file.name);
        CHECK(entry["words"] == file.entries);
        std::set<std::int64_t> exist;
        for (int e = 0; e < file.entries; ++e) exist.insert(generator::register_address(d, i, e));
        CHECK(exist.size() == static_cast<std::size_t>(file.entries));
        CHECK(listed(entry, d.config.array.banks) == exist);
    }
    CHECK_THAT(file_of(d, "regmap.h"), Catch::Contains(macro));
}

// SPDX-License-Identifier: Apache-2.0
/// Rationale: where factors of banks stand changes no result, so what decides is pinned down here:
/// the key, the limit of `auto`, which macros have such factors at all (the ready ones keep their
/// areas), and the shapes that a designer orders memories by, worked out by hand.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "generator/design.hpp"
#include "generator/limits.hpp"
#include "generator/render.hpp"
#include "support.hpp"

namespace {

using Keys = std::vector<generator::Override>;

generator::Design column(const Keys& keys) {
    const std::string text =
        "name: t\nscheme: column_quant\narray: {rows: 8, outputs: 256, banks: 16}\n"
        "adc: {bits: 4, share: 4, latency: 4}\ninput: {bits: 4}\nweight: {bits: 4}\n"
        "column_quant: {cell_bits: 2, dac_bits: 4, scale_bits: 8}\n";
    return generator::load_design(text, "t.yaml", keys);
}

generator::Design binary(const Keys& keys) {
    const std::string text =
        "name: t\nscheme: binsparx\narray: {rows: 24, active_rows: 8, outputs: 12, banks: 5}\n"
        "adc: {share: 4}\n";
    return generator::load_design(text, "t.yaml", keys);
}

std::string memories(const generator::Design& d) {
    std::string text;
    for (const auto& m : d.memories) {
        text +=
            fmt::format("{}: {} of {} x {}*{}; ", m.name, m.instances, m.words, m.fields, m.bits);
    }
    return text;
}

Keys with(const std::string& store, Keys keys = {}) {
    keys.push_back({"memory.factors", store});
    return keys;
}

}  // namespace

TEST_CASE("memories: shapes") {
    // 4 planes, an ADC an output; 4 ADCs take turns in a lane: 64 lanes, 4 columns, 4 visits.
    CHECK(memories(column(with("macro"))) == "scale: 1 of 256 x 64*8; center: 1 of 64 x 1*8; ");
    // 4 ADCs of an output at once.
    CHECK(memories(column(with("macro", {{"adc.share", "1"}, {"adc.latency", "1"}}))) ==
          "scale: 1 of 16 x 1024*8; center: 1 of 16 x 4*8; ");
    // Two outputs an ADC: the planes come around twice a step.
    CHECK(memories(column(with("macro", {{"adc.share", "8"}}))) ==
          "scale: 1 of 128 x 128*8; center: 1 of 64 x 1*8; ");
    CHECK(memories(column(with("macro", {{"column_quant.granularity", "array"}}))) ==
          "scale: 1 of 64 x 1*8; center: 1 of 64 x 1*8; ");
    CHECK(memories(column(with("macro", {{"column_quant.granularity", "layer"}}))).empty());
    // A word an output, bank and group: f_w and a correction of 0 .. 4.
    CHECK(memories(binary(with("macro"))) == "correction: 3 of 60 x 1*4; ");
}

TEST_CASE("memories: auto is by bits") {
    CHECK(generator::bits_of(column(with("macro")).memories) == 131072 + 512);
    CHECK(memories(column({})) == memories(column(with("macro"))));
    CHECK(memories(column(with("flops"))).empty());
    // 16 banks of 508 columns' scales and of 4 planes' centres.
    const generator::Design below = column({{"array.outputs", "127"}});
    CHECK(below.memories.empty());
    const generator::Design above = column({{"array.outputs", "128"}});
    CHECK(generator::bits_of(above.memories) == generator::max_ring_bits + 512);
    CHECK(generator::value_of(above.backend, "FactorMemory") == "1'b1");
    CHECK(generator::value_of(below.backend, "FactorMemory") == "1'b0");
    CHECK(binary({}).memories.empty());
}

TEST_CASE("memories: the resolved config says where, and gives the same bytes") {
    for (const Keys& keys : {Keys{}, with("flops"), with("macro")}) {
        const generator::Design d = column(keys);
        const auto files = generator::render(d);
        const auto find = [&](const std::string& path) {
            const auto file = std::ranges::find(files, path, &base::OutFile::path);
            REQUIRE(file != files.end());
            return file->contents;
        };
        const std::string resolved = find("resolved.yaml");
        const std::string where = d.memories.empty() ? "flops" : "macro";
        CHECK_THAT(resolved, Catch::Matchers::Contains("memory:\n  factors: " + where + "\n"));
        CHECK_THAT(find("design.json"),
                   Catch::Matchers::Contains("\"memory.factors\": \"" + where + "\""));
        const auto again = generator::render(generator::load_design(resolved, "r.yaml"));
        CHECK(std::ranges::equal(again, files, {}, &base::OutFile::contents,
                                 &base::OutFile::contents));
    }
}

TEST_CASE("memories: the ready configs are in flip-flops") {
    for (const auto& entry : support::fs::directory_iterator(CIMRTL_CONFIG_DIR)) {
        INFO(entry.path());
        CHECK(generator::load_design_file(entry.path().string()).memories.empty());
    }
}

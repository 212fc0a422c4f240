// SPDX-License-Identifier: Apache-2.0
// Rationale: in binsparx the tool computes half of the arithmetic: what is stored in the cells, and
// the flips and corrections that undo it. The page's worked values pin that down here, apart from
// golden; absent rows, ties, odd groups and unused outputs are the edges. `run` has to ask for
// thresholds, refuse wrong ones, and reload instead of chaining where a result is one bit; its
// statistics compare with plain storage.
#include <nlohmann/json.hpp>

#include "rtl_bench.hpp"
#include "sim/job.hpp"
#include "stimulus.hpp"

using namespace rtl_bench;

namespace {

generator::Design design(const std::string& rest) {
    return generator::elaborate(generator::load_config("name: t\nscheme: binsparx\n" + rest, "t"));
}

/// One output's column: "++-" from row 0.
generator::TileView column(const std::string& signs) {
    generator::TileView tile;
    tile.rows = signs.size();
    tile.outputs = 1;
    tile.weight = [signs](std::size_t r, std::size_t) { return signs[r] == '+' ? 1 : -1; };
    return tile;
}

std::string cells_of(const generator::Design& d, const std::string& signs) {
    const auto tile = generator::find_scheme("binsparx")->tile_cells(d, column(signs));
    std::string text;
    for (std::size_t r = 0; r < signs.size(); ++r) {
        text += tile.cells[r * static_cast<std::size_t>(d.columns)] != 0 ? '1' : '0';
    }
    return text;
}

/// {f_w, C} of a group, from its register word and the group's present rows.
std::pair<bool, std::int64_t> register_of(const generator::Design& d, const std::string& signs,
                                          std::size_t entry, std::int64_t rows) {
    const auto values =
        generator::find_scheme("binsparx")->register_values(d, "correction", column(signs));
    const std::int64_t flip = std::int64_t{1} << (d.registers.front().bits - 1);
    const bool weights = !d.registers.front().is_signed;
    const bool flipped = weights && values.at(entry) >= flip;
    return {flipped, 2 * (flipped ? values[entry] - flip : values[entry]) + rows % 2};
}

using Pair = std::pair<bool, std::int64_t>;

}  // namespace

TEST_CASE("binsparx: the page's columns as they are stored") {
    const generator::Design d = design("array: {rows: 8, outputs: 1}");
    CHECK(cells_of(d, "+-++-+++") == "01001000");
    CHECK(register_of(d, "+-++-+++", 0, 8) == Pair{true, 4});
    CHECK(cells_of(d, "---+--+-") == "00010010");
    CHECK(register_of(d, "---+--+-", 0, 8) == Pair{false, 4});
}

TEST_CASE("binsparx: ties, groups, absent rows and unused outputs") {
    const generator::Design d = design("array: {rows: 6, active_rows: 3, outputs: 3, banks: 5}");
    // f_w = 2·sb >= n: of 3 rows from 2 on; of the 2 present rows of a group already at a tie.
    CHECK(cells_of(d, "++-+-") == "00101");
    CHECK(register_of(d, "++-+-", 0, 3) == Pair{true, 1});
    CHECK(register_of(d, "++-+-", 3, 2) == Pair{true, 0});   // group 1: behind 3 outputs
    CHECK(register_of(d, "++-+-", 1, 3) == Pair{false, 3});  // an output that is not used
    CHECK(register_of(d, "++", 3, 0) == Pair{false, 0});     // a group without a present row
    CHECK(d.registers.front().entries == 5 * 2 * 3);
    CHECK(generator::region_words(d.registers.front()) == 5 * 2 * 4);
    CHECK(d.registers.front().bits == 2);  // f_w, and floor(C/2) of 0..1
    const generator::Design plain =
        design("array: {rows: 3, outputs: 1}\nbinsparx: {weights: false}");
    CHECK(cells_of(plain, "+++") == "111");
    CHECK(register_of(plain, "+++", 0, 3) == Pair{false, -3});
    CHECK(register_of(plain, "---", 0, 3) == Pair{false, 3});
}

TEST_CASE("binsparx: register bits are those that exist") {
    // 32 banks · 16 groups · 1024 outputs of 3 bits.
    CHECK_THROWS_WITH(
        design("array: {rows: 64, active_rows: 4, outputs: 1024, banks: 32}"),
        Contains("found 1572864 register-file bits") && Contains("expected at most 1048576"));
    // 3 outputs take 4 addresses each: 2^20 bits of them, of which three quarters exist.
    CHECK_NOTHROW(design("array: {rows: 1024, active_rows: 1, outputs: 3, banks: 128}"));
}

TEST_CASE("binsparx: thresholds with a chain reload the banks", "[rtl]") {
    if (!have_verilator()) return;
    const generator::Design d = design(
        "array: {rows: 5, outputs: 3, banks: 2}\nadc: {share: 3, latency: 1}\n"
        "accumulator: {max_tiles: 6, bias: true, chain: true}\nbinsparx: {threshold: true}");
    CHECK(d.result.bits == 1);
    std::mt19937_64 random(5);
    for (const std::size_t features : {5, 9, 14, 30}) {
        const golden::Operands o = make_operands(d, {4, features, 5}, false, random);
        const RunResult r = run_macro(d, o, Engine::both, false);
        INFO(features);
        CHECK(r.mismatch.empty());
        for (const std::int64_t y : r.outputs.data) CHECK((y == 0 || y == 1));
    }
    // One job vector for each vector and column block: no set's 1-bit outputs start another.
    const golden::Operands o = make_operands(d, {4, 14, 5}, false, random);
    CHECK(make_job(d, o).vectors.size() == 4 * 2);
}

TEST_CASE("binsparx: statistics beside plain storage") {
    const generator::Design d = design("array: {rows: 2, outputs: 1}");
    // Vectors ++, -- and +-; the column ++ is stored as 00.
    const golden::Operands o{{3, 2, {1, 1, -1, -1, 1, -1}}, {2, 1, {1, 1}}};
    const auto j = nlohmann::json::parse(stats_json(run_macro(d, o, Engine::golden, false)));
    CHECK(j.at("ones_per_vector") == Approx(1.0 / 3));
    CHECK(j.at("ones_per_vector_plain") == 1);
    CHECK(j.at("ones_per_vector_ratio") == Approx(1.0 / 3));
    CHECK(j.at("ones_per_column") == 0);
    CHECK(j.at("ones_per_column_ratio") == 0);
    CHECK(j.at("analog_max_plain") == 2);
    CHECK(j.at("analog_max_ratio") == 0);
}

TEST_CASE("binsparx: a ratio to nothing is null") {
    const generator::Design d = design("array: {rows: 2, outputs: 1}");
    const golden::Operands o{{1, 2, {-1, -1}}, {2, 1, {1, 1}}};
    const auto j = nlohmann::json::parse(stats_json(run_macro(d, o, Engine::golden, false)));
    CHECK(j.at("ones_per_vector_plain") == 0);
    CHECK(j.at("ones_per_vector_ratio").is_null());
}

// SPDX-License-Identifier: Apache-2.0
/// Which codes the plane engines may pack: each case by hand. The rest takes the strips of the
/// analog form, which packs nothing.
#include <catch2/catch.hpp>

#include "golden/fast/code.hpp"

using golden::fast::CodeTable;
using golden::fast::Coding;

namespace {

/// Values 0..3 in two planes, whose parts are given.
CodeTable table_of(const std::int64_t (&parts)[4][2]) {
    return CodeTable(Coding{
        .range = {.min = 0, .max = 3},
        .planes = 2,
        .part = [&parts](std::int64_t value, int plane) { return parts[value][plane]; },
        .factor = [](int plane) { return std::int64_t{1} << plane; },
    });
}

}  // namespace

TEST_CASE("bits, one sign a value and two magnitudes can be packed", "[golden]") {
    CHECK(table_of({{0, 0}, {1, 0}, {0, 1}, {1, 1}}).is_packable());
    CHECK(table_of({{0, 0}, {1, 0}, {0, -1}, {-1, -1}}).is_packable());
    CHECK(table_of({{0, 0}, {4, 0}, {1, 4}, {-4, -1}}).is_packable());
}

TEST_CASE("a value whose planes differ in sign cannot be packed", "[golden]") {
    CHECK_FALSE(table_of({{0, 0}, {1, 0}, {0, 1}, {1, -1}}).is_packable());
}

TEST_CASE("more than two magnitudes, or a ratio that is no power of two, cannot be packed",
          "[golden]") {
    CHECK_FALSE(table_of({{0, 0}, {1, 0}, {2, 0}, {4, 0}}).is_packable());
    CHECK_FALSE(table_of({{0, 0}, {1, 0}, {3, 0}, {0, 1}}).is_packable());
}

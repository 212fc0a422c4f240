// SPDX-License-Identifier: Apache-2.0
// Rationale: the reference cases come from a reading of the specification that shares nothing with
// this code; agreement in every output is the one check against a misread page. Folder:
// CIMRTL_VECTORS, an environment variable or else tests/vectors.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>

#include "case_files.hpp"
#include "cases.hpp"

using namespace golden_test;
namespace fs = std::filesystem;

TEST_CASE("vectors: both forms give the expected outputs") {
    const char* variable = std::getenv("CIMRTL_VECTORS");
    const fs::path root = variable != nullptr ? variable : CIMRTL_VECTORS;
    INFO(root);
    REQUIRE(fs::is_directory(root));
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(root)) {
        if (fs::exists(entry.path() / "config.yaml")) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    int compared = 0;
    for (const fs::path& folder : folders) {
        const Case read = read_case(folder);
        INFO(folder.filename() << " " << describe(read.spec, read.operands));
        CHECK(golden::run_reference(read.spec, read.operands).outputs.data == read.expected.data);
        CHECK(golden::run_fast(read.spec, read.operands).outputs.data == read.expected.data);
        ++compared;
    }
    std::cout << "reference cases: " << compared << " of " << folders.size() << " compared\n";
    CHECK(compared > 0);
}

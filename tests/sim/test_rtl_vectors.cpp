// SPDX-License-Identifier: Apache-2.0
// Rationale: the reference cases come from a reading of the specification that shares nothing with
// this project; the command that their README gives has to reproduce each of them, on golden and on
// RTL (`both`, which fails if these differ). Folder: CIMRTL_VECTORS, else tests/vectors.
#include <future>
#include <iostream>
#include <sstream>

#include "base/scratch_folder.hpp"
#include "rtl_bench.hpp"

using namespace rtl_bench;

namespace {

std::vector<fs::path> reference_cases() {
    const char* variable = std::getenv("CIMRTL_VECTORS");
    const fs::path root = variable != nullptr ? variable : CIMRTL_VECTORS_DEFAULT;
    std::vector<fs::path> folders;
    REQUIRE(fs::is_directory(root));
    for (const auto& entry : fs::directory_iterator(root)) {
        std::string name = entry.path().filename().string();
        for (const std::string_view page : {"analog_", "output_"}) {
            if (name.starts_with(page)) name.erase(0, page.size());
        }
        const std::string scheme = name.substr(0, name.rfind('_'));
        const bool known = generator::find_scheme(scheme) != nullptr;
        if (known && fs::exists(entry.path() / "config.yaml")) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

Command reference_command(const fs::path& folder, const std::string& output) {
    Command c;
    c.argv = {CIMRTL_TOOL, "run",        "config.yaml", "--weights", "weights.npy",
              "--inputs",  "inputs.npy", "--output",    output};
    std::istringstream further(slurp(folder / "args"));
    for (std::string word; further >> word;) c.argv.push_back(word);
    c.cwd = folder;
    return c;
}

}  // namespace

TEST_CASE("vectors: both engines give the expected outputs", "[rtl]") {
    if (!have_verilator()) return;
    const auto folders = reference_cases();
    REQUIRE(!folders.empty());
    const ScratchFolder scratch("cimrtl-test");
    const auto output_of = [&](const fs::path& f) {
        return (scratch.path() / f.filename()).string();
    };
    const auto run = [&](std::size_t first) {  // every other one
        std::vector<ProcessResult> results;
        for (std::size_t i = first; i < folders.size(); i += 2) {
            results.push_back(run_process(reference_command(folders[i], output_of(folders[i]))));
        }
        return results;
    };
    auto odd = std::async(std::launch::async, run, 1);
    const std::vector<std::vector<ProcessResult>> results = {run(0), odd.get()};
    for (std::size_t i = 0; i < folders.size(); ++i) {
        const fs::path& folder = folders[i];
        const ProcessResult& r = results[i % 2][i / 2];
        INFO(folder << "\n" << r.output);
        REQUIRE(r.exit_code == 0);
        CHECK_THAT(r.output, Contains("golden and RTL agree in every output"));
        const auto got = read_npy_int(output_of(folder));
        const auto want = read_npy_int((folder / "expected.npy").string());
        CHECK(got.shape == want.shape);
        CHECK(got.data == want.data);
    }
    std::cout << "reference cases on RTL: " << folders.size() << " compared\n";
}

// SPDX-License-Identifier: Apache-2.0
/// What the tests of the command line share: a folder to work in, the program run in it, tensors.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "environment.hpp"
#include "operands/npy.hpp"
#include "skip.hpp"

namespace cli_bench {

using namespace base;
using namespace operands;
using namespace test_environment;
namespace fs = std::filesystem;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using Words = std::vector<std::string>;

inline const std::string mini_config =
    "name: mini\n"
    "scheme: conventional\n"
    "array:\n"
    "  rows: 4\n"
    "  outputs: 2\n"
    "  banks: 2\n"
    "adc:\n"
    "  latency: 1\n"
    "accumulator:\n"
    "  max_tiles: 3\n"
    "input:\n"
    "  bits: 3\n"
    "weight:\n"
    "  bits: 2\n";

/// A fresh folder with mini.yaml, x.npy (5, 6) and w.npy (6, 3) that fit it.
class Desk {
  public:
    Desk() {
        put("mini.yaml", mini_config);
        put_npy("x.npy", {5, 6}, 8, 0);
        put_npy("w.npy", {6, 3}, 4, -2);
    }
    fs::path path() const { return folder_.path(); }
    std::string at(const std::string& name) const { return (folder_.path() / name).string(); }
    void put(const std::string& name, const std::string& bytes) const {
        std::ofstream(at(name), std::ios::binary) << bytes;
    }
    /// Elements low, low + 1, ..., low + span - 1, over again.
    void put_npy(const std::string& name, const std::vector<std::size_t>& shape, std::int64_t span,
                 std::int64_t low) const {
        Tensor<std::int64_t> t{shape, {}};
        std::size_t size = 1;
        for (const std::size_t n : shape) size *= n;
        for (std::size_t i = 0; i < size; ++i) {
            t.data.push_back(low + static_cast<std::int64_t>(i * 5 % std::size_t(span)));
        }
        write_npy(at(name), t);
    }
    /// The program with these words, in the folder.
    ProcessResult run(const Words& words) const {
        Command c;
        c.argv = {CIMRTL_TOOL};
        c.argv.insert(c.argv.end(), words.begin(), words.end());
        c.cwd = folder_.path();
        return run_process(c);
    }
    /// `run` on golden with mini.yaml and the tensors; further words at the end.
    ProcessResult golden(const Words& more = {}, const std::string& x = "x.npy",
                         const std::string& w = "w.npy") const {
        Words words = {"run", "mini.yaml", "--engine", "golden", "--inputs", x, "--weights", w};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    /// Names of all there is below a folder of the desk.
    std::set<std::string> names(const std::string& below = ".") const {
        std::set<std::string> all;
        for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / below)) {
            all.insert(fs::relative(entry.path(), folder_.path() / below).string());
        }
        return all;
    }

  private:
    ScratchFolder folder_{"cimrtl-cli"};
};

/// Bad input or work that failed: exit 1 and a message of errors, not a crash.
inline void check_failed(const ProcessResult& r, const Words& parts) {
    INFO(r.output);
    CHECK(r.exit_code == 1);
    CHECK_THAT(r.output, Contains("error"));
    for (const std::string& part : parts) CHECK_THAT(r.output, Contains(part));
}

inline void check_passed(const ProcessResult& r) {
    INFO(r.output);
    CHECK(r.exit_code == 0);
}

}  // namespace cli_bench

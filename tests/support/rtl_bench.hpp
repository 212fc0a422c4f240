// SPDX-License-Identifier: Apache-2.0
/// What the tests of the generated RTL share: a few small macros (each costs one Verilator build,
/// so the tests use the same ones), operands, and figures that the tests work out by themselves.
#pragma once

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "environment.hpp"
#include "generator/design.hpp"
#include "generator/load.hpp"
#include "generator/scheme.hpp"
#include "golden/golden.hpp"
#include "operands/npy.hpp"
#include "operands/operands.hpp"
#include "sim/run.hpp"
#include "skip.hpp"

namespace rtl_bench {

using namespace base;
using namespace operands;
using namespace sim;
using namespace test_environment;
namespace fs = std::filesystem;
using Catch::Matchers::Contains;

/// A macro as its user would write it, and the same numbers for the test's own arithmetic.
struct Macro {
    std::string name;
    int rows, outputs, active, banks;
    int precharge, settle;
    bool column;  ///< hold: column
    int share, latency;
    std::string scheme;      ///< conventional: 2-bit signed inputs, 2-bit weights
    std::string extra = {};  ///< further lines of YAML

    /// Of conventional, unless the scheme fixes them.
    int steps() const { return scheme == "zebra" ? 4 : scheme == "binsparx" ? 1 : 2; }
    int planes() const { return steps(); }
    std::string yaml() const {
        const std::string own = scheme == "zebra" ? "zebra: {pattern: option1}\n"
                                : scheme == "binsparx"
                                    ? "binsparx: {weights: true}\n"
                                    : "input: {bits: 2, signed: true}\nweight: {bits: 2}\n";
        return fmt::format(
                   "name: {}\nscheme: {}\n"
                   "array: {{rows: {}, outputs: {}, active_rows: {}, banks: {}, precharge: {}, "
                   "settle: {}, "
                   "hold: {}}}\n",
                   name, scheme, rows, outputs, active, banks, precharge, settle,
                   column ? "column" : "none") +
               own +
               (extra.empty() ? fmt::format("adc: {{share: {}, latency: {}}}\n", share, latency)
                              : extra);
    }
    generator::Design design() const {
        return generator::elaborate(generator::load_config(yaml(), name));
    }
};

/// Shares below, at and above the planes; latencies of 1 and more; both holds; precharge and settle
/// hidden behind the conversions, equal to them, longer, without the other, and absent; groups.
inline const std::vector<Macro> macros = {
    {"every_cycle", 5, 3, 5, 2, 0, 0, true, 1, 1, "conventional"},
    {"precharge_alone", 6, 4, 6, 2, 2, 0, true, 2, 3, "conventional"},
    {"slow_array", 4, 2, 4, 2, 3, 2, true, 1, 1, "conventional"},
    {"groups", 6, 4, 2, 3, 0, 3, true, 8, 1, "conventional"},
    {"hold_in_place", 4, 4, 4, 2, 1, 1, false, 4, 2, "conventional"},
    {"in_place_at_once", 7, 2, 7, 2, 0, 0, false, 1, 1, "conventional"},
    {"zebra_precharge", 5, 3, 5, 2, 4, 0, true, 2, 4, "zebra"},
    {"zebra_in_place", 6, 2, 3, 2, 2, 0, false, 8, 1, "zebra"},
    {"binary_groups", 12, 4, 4, 2, 1, 1, true, 2, 2, "binsparx"},
    {"binary_at_once", 9, 6, 9, 2, 1, 0, true, 3, 2, "binsparx"},
};

inline const Macro& macro(const std::string& name) {
    for (const Macro& m : macros) {
        if (m.name == name) return m;
    }
    throw std::logic_error("no macro " + name);
}

/// Uniform operands over the scheme's whole range, corners more often.
inline golden::Operands random_operands(const generator::Design& d, std::size_t vectors,
                                        std::size_t features, std::size_t outputs,
                                        std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto draw = [&](generator::ValueRange range) {
        if (random() % 8 == 0) return random() % 2 == 0 ? range.min : range.max;
        const auto count = static_cast<std::uint64_t>((range.max - range.min) / range.stride + 1);
        return range.min + range.stride * static_cast<std::int64_t>(random() % count);
    };
    const auto fill = [&](std::size_t rows, std::size_t cols, generator::ValueRange range) {
        golden::Matrix m{rows, cols, {}};
        for (std::size_t i = 0; i < rows * cols; ++i) m.data.push_back(draw(range));
        return m;
    };
    const generator::Scheme& scheme = generator::scheme_of(d.config);
    golden::Operands o;
    o.inputs = fill(vectors, features, scheme.input_range(d.config));
    o.weights = fill(features, outputs, scheme.weight_range(d.config));
    if (d.config.accumulator.bias) {
        const std::int64_t half = std::int64_t{1} << (d.accumulator.bits - 1);
        for (std::size_t m = 0; m < outputs; ++m) o.bias.push_back(draw({-half, half - 1, 1}));
    }
    return o;
}

/// A folder with one block of the RTL in which `from` has become `to`: for CIMRTL_RTL_OVERRIDE.
class Fault {
  public:
    Fault(const std::string& block, const std::string& from, const std::string& to) {
        const std::string file = block + ".sv";
        std::string text = slurp(path_of(file));
        const auto at = text.find(from);
        INFO("the fault's place in " << file << ": " << from);
        REQUIRE(at != std::string::npos);
        REQUIRE(text.find(from, at + 1) == std::string::npos);
        write_file((folder_.path() / file).string(), text.replace(at, from.size(), to));
    }
    std::string path() const { return folder_.path().string(); }

  private:
    static fs::path path_of(const std::string& file) {
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(CIMRTL_SOURCE_DIR) / "rtl_templates")) {
            if (entry.path().filename() == file) return entry.path();
        }
        throw std::runtime_error("no such block: " + file);
    }

    ScratchFolder folder_{"cimrtl-fault"};
};

/// In the row driver: bits 0 and 1 of every input change places, so that codes differ.
inline const auto row_driver_fault = [] {
    return Fault("cim_digit_driver", "step_i == StepBits'(t)", "step_i == StepBits'(t ^ 1)");
};
/// After the ADCs: every term is taken with a carry that is not there.
inline const auto adder_fault = [] {
    return Fault("cim_accumulator", "{term_i, carry_i}", "{term_i, carry_i | valid_i}");
};

/// Builds simulations two at a time: much of a build is one program after the other.
inline void build_all(const std::vector<Macro>& all) {
    const auto build = [&](std::size_t first) {
        for (std::size_t i = first; i < all.size(); i += 2) build_rtl(all[i].design(), false);
    };
    auto odd = std::async(std::launch::async, build, 1);
    build(0);
    odd.get();
}

/// The job on a model that is built already, golden and RTL equal in outputs, flags and
/// conversions.
inline RtlAnswer run_equal(const generator::Design& d, const RtlModel& model,
                           const golden::Operands& operands) {
    const golden::Result want = golden::run_fast(to_spec(d.config), operands);
    const Job job = make_job(d, operands);
    const RtlAnswer answer = run_rtl(model, job, {});
    CHECK(answer.violations == 0);
    CHECK(answer.mismatches == 0);
    CHECK(assemble(job, answer, operands).data == want.outputs.data);
    CHECK(saturated_vectors(job, answer, operands) == want.saturated);
    CHECK(answer.conversions == want.conversions);
    return answer;
}

}  // namespace rtl_bench

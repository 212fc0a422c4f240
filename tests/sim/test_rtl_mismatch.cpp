// SPDX-License-Identifier: Apache-2.0
// Rationale: when golden and RTL differ, the report is all that the user has. A fault before the
// ADCs and one behind them are put into the RTL; the report has to name the first wrong output with
// both values (checked against the product that the test works out), the first wrong conversion or
// that there is none, and leave a wave that can be opened, also where the vector alone is right.
// Without the fault nothing is reported.
#include <regex>

#include "base/scratch_folder.hpp"
#include "rtl_bench.hpp"

using namespace rtl_bench;

namespace {

/// 4 rows, 2 outputs, 2-bit signed inputs, 2-bit weights; nothing clips, so that Y = X·W.
const Macro small = macro("slow_array");

/// A folder with the config and both tensors; vector 0 is zero and cannot differ.
struct Case {
    ScratchFolder folder{"cimrtl-test"};
    golden::Operands o;

    Case() : o(random_operands(small.design(), 3, 7, 3, 11)) {
        std::fill_n(o.inputs.data.begin(), 7, 0);
        o.inputs(1, 0) = 1;  // bits 0 and 1 differ: the row driver's fault shows here
        for (std::size_t m = 0; m < 3; ++m) o.weights(0, m) = 1;
        for (std::size_t k = 1; k < 7; ++k) o.inputs(1, k) = 0;
        write_file(at("c.yaml"), small.yaml());
        write_npy(at("x.npy"), Tensor<std::int64_t>{{3, 7}, o.inputs.data});
        write_npy(at("w.npy"), Tensor<std::int64_t>{{7, 3}, o.weights.data});
    }
    std::string at(const std::string& name) const { return (folder.path() / name).string(); }
    ProcessResult run(const std::vector<std::string>& options = {}) const {
        Command c;
        c.argv = {CIMRTL_TOOL, "run",   "c.yaml",   "--weights", "w.npy",
                  "--inputs",  "x.npy", "--output", "y.npy"};
        c.argv.insert(c.argv.end(), options.begin(), options.end());
        c.cwd = folder.path();
        return run_process(c);
    }
    std::int64_t product(std::size_t v, std::size_t m) const {
        std::int64_t sum = 0;
        for (std::size_t k = 0; k < 7; ++k) sum += o.inputs(v, k) * o.weights(k, m);
        return sum;
    }
    /// The wave that the report names: an FST header block (type 0, length 329) and more.
    void check_wave() const {
        const std::string wave = slurp(at("slow_array_mismatch.fst"));
        REQUIRE(wave.size() > 329);
        CHECK(wave[0] == 0);
        CHECK(wave.substr(1, 8) == std::string("\0\0\0\0\0\0\1\x49", 8));
    }
};

/// The current folder while the object lives: reports leave their wave there.
class InFolder {
  public:
    explicit InFolder(const fs::path& folder) : former_(fs::current_path()) {
        fs::current_path(folder);
    }
    ~InFolder() { fs::current_path(former_); }
    InFolder(const InFolder&) = delete;
    InFolder& operator=(const InFolder&) = delete;

  private:
    fs::path former_;
};

/// Vector, output, both values: held against the product.
std::smatch check_place(const Case& c, const std::string& report) {
    static const std::regex line(
        R"(mismatch: vector (\d+), output (\d+): golden (-?\d+), rtl (-?\d+))");
    std::smatch found;
    REQUIRE(std::regex_search(report, found, line));
    const auto number = [&](int i) { return std::stoll(found[i].str()); };
    CHECK(number(3) == c.product(std::size_t(number(1)), std::size_t(number(2))));
    CHECK(number(4) != number(3));
    return found;
}

}  // namespace

TEST_CASE("mismatch: a fault before the ADCs names the conversion", "[rtl]") {
    if (!have_verilator()) return;
    const Case c;
    const Fault fault = row_driver_fault();
    const Variable variable("CIMRTL_RTL_OVERRIDE", fault.path());
    const ProcessResult r = c.run();
    INFO(r.output);
    CHECK(r.exit_code == 1);
    check_place(c, r.output);
    // Vector 1 is (1, 0, ...) and weights begin with 1: plane 0 gives code 1 in step 0; with the
    // bits of the input swapped it gives 0.
    CHECK_THAT(r.output, Contains("mismatch: vector 1, output 0: golden 1, rtl -2"));
    CHECK_THAT(r.output, Contains("first differing conversion: tile 0, group 0, step 0, plane 0, "
                                  "column 0: golden code 1, rtl code 0"));
    CHECK_THAT(r.output, Contains("slow_array_mismatch.fst"));
    CHECK(!fs::exists(c.at("y.npy")));
    c.check_wave();
    // Golden alone does not look at the RTL.
    CHECK(c.run({"--engine", "golden"}).exit_code == 0);
}

TEST_CASE("mismatch: a fault behind the ADCs says that the codes agree", "[rtl]") {
    if (!have_verilator()) return;
    const Case c;
    const Fault fault = adder_fault();
    const Variable variable("CIMRTL_RTL_OVERRIDE", fault.path());
    const ProcessResult r = c.run();
    INFO(r.output);
    CHECK(r.exit_code == 1);
    check_place(c, r.output);
    CHECK_THAT(r.output, Contains("every code agrees: the difference arises after the ADCs"));
    CHECK_THAT(r.output, !Contains("first differing conversion"));
    c.check_wave();
}

// Vector 1 alone is right; in the run it begins where vector 0 has left the sequencer.
TEST_CASE("mismatch: a fault that needs a vector before names the conversion in the run", "[rtl]") {
    if (!have_verilator()) return;
    const ScratchFolder folder("cimrtl-test");
    const Macro& m = macro("groups");
    const generator::Design d = m.design();
    const golden::Operands o = random_operands(d, 5, 6, 4, 3);
    const golden::Matrix want = golden::run_fast(to_spec(d.config), o).outputs;
    const Fault fault("cim_step_sequencer", "last_group ? '0 :", "last_group ? base_q :");
    const Variable variable("CIMRTL_RTL_OVERRIDE", fault.path());
    const RtlModel model = build_rtl(d, false);
    const Job job = make_job(d, o);
    const golden::Matrix found = assemble(job, run_rtl(model, job, {}), o);
    REQUIRE(std::equal(want.data.begin(), want.data.begin() + 4, found.data.begin()));
    const InFolder inside(folder.path());
    const std::string report = explain_mismatch(d, o, want, found, model, {});
    INFO(report);
    CHECK_THAT(report, Contains("mismatch: vector 1, output "));
    CHECK_THAT(report, Contains("by itself agrees: the difference depends on what came before it"));
    CHECK_THAT(report, Contains("first differing conversion: tile 0, group 0, step "));
    CHECK(fs::file_size(folder.path() / "groups_mismatch.fst") > 329);
}

// A result that is falsified in the test: every run again agrees, and all conversions of the vector
// have to be found in the whole run, in all its sets of banks and column blocks.
TEST_CASE("mismatch: a vector's conversions are found in the whole run", "[rtl]") {
    if (!have_verilator()) return;
    const ScratchFolder folder("cimrtl-test");
    const InFolder inside(folder.path());
    const Macro chained{"chained",
                        5,
                        3,
                        5,
                        2,
                        0,
                        1,
                        true,
                        2,
                        1,
                        "conventional",
                        "adc: {share: 2, latency: 1}\n"
                        "accumulator: {max_tiles: 8, bits: 4, bias: true, chain: true}\n"};
    for (const Macro& m : {chained, macro("groups")}) {
        const generator::Design d = m.design();
        const golden::Operands o = random_operands(d, 4, std::size_t(m.rows) * 4 + 1, 7, 5);
        const golden::Matrix want = golden::run_fast(to_spec(d.config), o).outputs;
        const RtlModel model = build_rtl(d, false);
        for (const std::size_t at : {0, 9, 19, 27}) {  // vector · 7 + output
            golden::Matrix found = want;
            found.data[at] ^= 1;
            RtlOptions options;
            options.stall_percent = at == 9 ? 30 : 0;
            options.reset_after = at == 19 ? 50 : 0;
            const std::string report =
                explain_mismatch(d, o, want, found, model, options, {.read_back = true});
            INFO(m.name << ", " << at << ": " << report);
            CHECK_THAT(report, Contains("and so does the whole run with waves"));
            CHECK_THAT(report, Contains("every code agrees"));
        }
    }
}

TEST_CASE("mismatch: without a fault there is no report and no wave", "[rtl]") {
    if (!have_verilator()) return;
    const Case c;
    const ProcessResult r = c.run();
    INFO(r.output);
    CHECK(r.exit_code == 0);
    CHECK_THAT(r.output, Contains("agree in every output"));
    CHECK(!fs::exists(c.at("slow_array_mismatch.fst")));
    const auto y = read_npy_int(c.at("y.npy"));
    REQUIRE(y.shape == std::vector<std::size_t>{3, 3});
    for (std::size_t i = 0; i < 9; ++i) CHECK(y.data[i] == c.product(i / 3, i % 3));
}

TEST_CASE("mismatch: a wave that cannot be written is said, the report stays", "[rtl]") {
    if (!have_verilator()) return;
    const Case c;
    fs::create_directory(c.at("slow_array_mismatch.fst"));
    const Fault fault = row_driver_fault();
    const Variable variable("CIMRTL_RTL_OVERRIDE", fault.path());
    const ProcessResult r = c.run();
    INFO(r.output);
    CHECK(r.exit_code == 1);
    CHECK_THAT(r.output, Contains("mismatch: vector 1, output 0: golden 1, rtl -2"));
    CHECK_THAT(r.output, !Contains("wave of this vector"));
    CHECK_THAT(r.output, Contains("no wave"));
}

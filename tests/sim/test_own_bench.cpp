// SPDX-License-Identifier: Apache-2.0
// Rationale: cim_array_model is also for benches that know nothing of cimrtl: no DPI, no harness,
// numbers from parameters and $readmemh files, its own count of steps. The example bench of
// docs/how-to/own-macro.md runs here as the page says, noise and every other effect on, and each
// code it prints must be golden's. Without the chip's files the codes have to be others.
#include <sstream>

#include "npy_bench.hpp"
#include "rtl_bench.hpp"

using namespace rtl_bench;

namespace {

constexpr std::size_t row_count = 16, column_count = 8, vectors_at_once = 24;

ProcessResult run_in(const fs::path& folder, std::vector<std::string> argv) {
    Command c;
    c.argv = std::move(argv);
    c.cwd = folder;
    return run_process(c);
}

/// Bits of each row as one hexadecimal word, bit i is element i.
std::string words_of(const golden::Matrix& bits) {
    std::string text;
    for (std::size_t r = 0; r < bits.rows; ++r) {
        std::uint64_t word = 0;
        for (std::size_t c = 0; c < bits.cols; ++c)
            word |= static_cast<std::uint64_t>(bits(r, c)) << c;
        text += fmt::format("{:x}\n", word);
    }
    return text;
}

std::vector<std::int64_t> numbers_in(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::int64_t> numbers;
    for (std::string word; in >> word;) {
        if (word.find_first_not_of("0123456789") == std::string::npos)
            numbers.push_back(std::stoll(word));
        else
            break;  // $finish's line
    }
    return numbers;
}

}  // namespace

TEST_CASE("own bench: the array model without the harness, noise on", "[rtl]") {
    if (!have_verilator()) return;
    const ScratchFolder scratch("cimrtl-test");
    const fs::path folder = scratch.path();
    const fs::path page = fs::path(CIMRTL_SOURCE_DIR) / "docs/how-to/own_macro";
    fs::copy_file(page / "bench.sv", folder / "bench.sv");
    fs::copy_file(page / "my_macro.yaml", folder / "my_macro.yaml");

    std::mt19937_64 random(6);
    golden::Matrix inputs{vectors_at_once, row_count, {}}, cells{row_count, column_count, {}};
    for (std::size_t i = 0; i < vectors_at_once * row_count; ++i)
        inputs.data.push_back(static_cast<std::int64_t>(random() % 4 != 0));
    for (std::size_t i = 0; i < row_count * column_count; ++i)
        cells.data.push_back(static_cast<std::int64_t>(random() % 2));
    write_file((folder / "inputs.mem").string(), words_of(inputs));
    write_file((folder / "weights.mem").string(), words_of(cells));

    REQUIRE(run_in(folder, {CIMRTL_TOOL, "gen", "-q", "my_macro.yaml", "-o", "macro"}).exit_code ==
            0);
    REQUIRE(run_in(folder, {CIMRTL_TOOL, "chip", "-q", "my_macro.yaml", "-o", "chip", "--mem"})
                .exit_code == 0);
    const ProcessResult built = run_in(
        folder, {"verilator", "--binary", "--timing", "--top-module", "bench", "-Mdir", "obj", "-o",
                 "bench", "macro/rtl/my_macro_pkg.sv", "macro/model/cim_analog_pkg.sv",
                 "macro/model/cim_adc_model.sv", "macro/model/cim_array_protocol.sv",
                 "macro/model/cim_array_model.sv", "macro/model/my_macro_array.sv", "bench.sv"});
    INFO(built.output);
    REQUIRE(built.exit_code == 0);
    const std::string program = (folder / "obj/bench").string();
    const ProcessResult real = run_in(
        folder, {program, "+cim_cell_gain=chip/cell_gain.mem", "+cim_adc_gain=chip/adc_gain.mem",
                 "+cim_adc_offset=chip/adc_offset.mem", "+cim_adc_inl=chip/adc_inl.mem"});
    INFO(real.output);
    REQUIRE(real.exit_code == 0);
    CHECK_THAT(real.output, !Contains("rule"));  // the protocol's watch is silent

    // A weight of one bit is −1 or 0: a result is its column's code, negated.
    golden::Operands o{inputs, cells};
    for (std::int64_t& w : o.weights.data) w = -w;
    const generator::Design d =
        generator::load_design(slurp(folder / "my_macro.yaml"), "my_macro.yaml");
    std::vector<std::int64_t> want = golden::run_reference(to_spec(d.config), o).outputs.data;
    for (std::int64_t& y : want) y = -y;
    CHECK(numbers_in(real.output) == want);

    const ProcessResult bare = run_in(folder, {program});
    REQUIRE(numbers_in(bare.output).size() == want.size());
    CHECK(numbers_in(bare.output) != want);
}

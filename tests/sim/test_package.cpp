// SPDX-License-Identifier: Apache-2.0
/// Rationale: the header of a generated package says that fewer rows, fewer banks, another timing
/// and other beats may be set there without generating again. Each macro is generated large, its
/// package edited by hand to what a second config says, and the edited one runs in the place of the
/// second config's own: it must be golden's equal. What the configs share is explicit (ADC bits,
/// accumulator bits), as the header says.
#include <map>

#include "base/files.hpp"
#include "base/scratch_folder.hpp"
#include "generator/render.hpp"
#include "rtl_bench.hpp"

using namespace rtl_bench;

namespace {

std::string package_of(const generator::Design& d) {
    for (const auto& f : generator::render(d)) {
        if (f.path.ends_with("_pkg.sv")) return f.contents;
    }
    throw std::runtime_error("no package");
}

std::string edited(std::string text, const std::map<std::string, std::string>& values) {
    for (const auto& [name, value] : values) {
        // The header names the numbers, too.
        const auto at = text.find("localparam int unsigned " + name + " ");
        REQUIRE(at != std::string::npos);
        const auto number = text.find("= ", at) + 2;
        text.replace(number, text.find(';', number) - number, value);
    }
    return text;
}

generator::Design design_of(const std::string& text) {
    return generator::elaborate(generator::load_config(text, "c.yaml"));
}

}  // namespace

TEST_CASE("a package edited by hand makes the smaller macro", "[rtl]") {
    if (!have_verilator()) return;
    const std::string schemes[] = {
        "scheme: conventional\nadc: {bits: 3, share: 2, latency: 2}\n"
        "accumulator: {bits: 12, bias: true}\ninput: {bits: 3}\nweight: {bits: 2}\n",
        "scheme: binsparx\nadc: {bits: 2, share: 2, latency: 2}\naccumulator: {bits: 12}\n",
    };
    for (const std::string& scheme : schemes) {
        INFO(scheme);
        const auto large = design_of("name: pack\n" + scheme +
                                     "array: {rows: 16, active_rows: 4, outputs: 4, banks: 4, "
                                     "precharge: 1, settle: 1}\n"
                                     "stream: {in: 4, out: 1}\n");
        const auto small = design_of("name: pack\n" + scheme +
                                     "array: {rows: 8, active_rows: 4, outputs: 4, banks: 2, "
                                     "precharge: 2, settle: 3}\n"
                                     "stream: {in: 2, out: 2}\n");
        const ScratchFolder folder("cimrtl-package");
        const auto put = [&](const std::map<std::string, std::string>& values) {
            write_file((folder.path() / "pack_pkg.sv").string(), edited(package_of(large), values));
        };
        const Variable override_folder("CIMRTL_RTL_OVERRIDE", folder.path().string());
        const auto operands = random_operands(small, 5, 14, 6, 3);
        std::map<std::string, std::string> values = {{"Rows", "8"},      {"Banks", "2"},
                                                     {"Precharge", "2"}, {"Settle", "3"},
                                                     {"InBeat", "2"},    {"OutBeat", "2"}};
        // Registers of banks keep the addresses that the large macro gave them.
        values["IndexBits"] = std::to_string(small.port.index_bits);
        put(values);
        run_equal(small, build_rtl(small, false), operands);
    }
}

/// compare_halves: one binary layer on one macro with neither half of BinSparX, each alone, and
/// both: what the array is spared, cycles and area, golden and RTL compared, as a Markdown table.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <bit>
#include <exception>

#include "base/scratch_folder.hpp"
#include "area.hpp"
#include "generator/design.hpp"
#include "base/error.hpp"
#include "generator/load.hpp"
#include "generator/render.hpp"
#include "sim/netlist.hpp"
#include "operands/npy.hpp"
#include "operands/operands.hpp"
#include "base/process.hpp"
#include "sim/regress.hpp"
#include "sim/run.hpp"
#include "layer_options.hpp"

namespace fs = std::filesystem;

namespace {

struct Options {
    std::string weights, inputs, threshold, liberty, dir;
    int rows = 64, outputs = 16, share = 4;
    bool simulate_netlists = false;
};

struct Half {
    const char *label, *key;
    bool weights, activations;
};
constexpr Half halves[] = {{"neither", "neither", false, false},
                           {"columns flipped", "columns", true, false},
                           {"rows inverted", "rows", false, true},
                           {"both", "both", true, true}};

std::string config_text(const Options& o, const Half& h) {
    return fmt::format(
        "name: bnn_{}_{}x{}\nscheme: binsparx\n"
        "array: {{rows: {}, outputs: {}, precharge: 1, settle: 1}}\nadc: {{share: {}}}\n"
        "binsparx: {{weights: {}, activations: {}, threshold: true}}\n",
        h.key, o.rows, o.outputs, o.rows, o.outputs, o.share, h.weights, h.activations);
}

/// A statistic of golden's, by name.
double statistic(const sim::RunResult& r, std::string_view name) {
    for (const auto& [key, value] : r.statistics) {
        if (key == name) return value;
    }
    throw base::Error(fmt::format("error: golden has no statistic {}", name));
}

/// "23.4 (-16 %)": beside what the array had without the scheme.
std::string beside_plain(const sim::RunResult& r, const std::string& name) {
    const double now = statistic(r, name), plain = statistic(r, name + "_plain");
    if (now == plain) return fmt::format("{:.1f}", now);
    return fmt::format("{:.1f} ({:+.0f} %)", now, 100 * (now / plain - 1));
}

/// Cells and area of the periphery, for the last two columns.
std::string area_cells(const Options& o, const std::string& text, const generator::Design& d) {
    if (o.liberty.empty()) return "- | -";
    const comparing::Area a = comparing::area_of(text, o.liberty, fs::path(o.dir) / "area");
    if (o.simulate_netlists) comparing::check_netlist(a, d);
    return fmt::format("{} | {:.0f}", a.cells, a.area_um2);
}

std::string row(const Options& o, const Half& h) {
    const std::string text = config_text(o, h);
    const generator::Design d = generator::elaborate(generator::load_config(text, h.key));
    const golden::Operands operands =
        operands::read_operands(d, {o.inputs, o.weights, {{"threshold", o.threshold}}});
    const sim::RunResult r = sim::run_macro(d, operands, sim::Engine::both, false);
    if (!r.mismatch.empty()) throw base::Error("error: golden and RTL differ\n" + r.mismatch);
    const auto most = static_cast<std::uint64_t>(statistic(r, "analog_max"));
    return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", h.label,
                       beside_plain(r, "ones_per_vector"), beside_plain(r, "ones_per_column"),
                       beside_plain(r, "analog_mean"), most, d.adc.bits,
                       std::max(1, static_cast<int>(std::bit_width(most))), r.cycles,
                       area_cells(o, text, d));
}

/// What stands below the table.
std::string notes(const Options& o) {
    std::string text = fmt::format(
        "\nMacro: {} rows × {} outputs, 16 banks, one ADC for {} outputs, 4 cycles a conversion, "
        "1-bit outputs. Golden and RTL agree in every output of every row.\n\n",
        o.rows, o.outputs, o.share);
    text += fmt::format(
        "- ones driven, ones stored, v: means per {} rows of a vector, of a column, and of the "
        "column's sum; in brackets against neither half.\n"
        "- ADC bits: the width that clips nothing whatever the data; needed here: on this layer.\n",
        o.rows);
    if (o.liberty.empty()) return text;
    return text +
           fmt::format(
               "- cells and area: of the digital periphery, Yosys with {}; array and ADCs are not "
               "in it.{}\n",
               fs::path(o.liberty).filename().string(),
               o.simulate_netlists ? " Each netlist was simulated and found equal to golden." : "");
}

std::string table(const Options& o) {
    std::string text =
        "| halves | ones driven | ones stored | mean v | greatest v | ADC bits | needed here | "
        "cycles | cells | area (µm²) |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";
    for (const Half& h : halves) text += row(o, h);
    return text + notes(o);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"One binary layer with and without each half of BinSparX.", "compare_halves"};
    Options o;
    app.add_option("--weights", o.weights, "weights, shape (K, M)")->required()->type_name("W.npy");
    app.add_option("--inputs", o.inputs, "inputs, shape (V, K)")->required()->type_name("X.npy");
    app.add_option("--threshold", o.threshold, "thresholds, shape (M,)")
        ->required()
        ->type_name("T.npy");
    app.add_option("--rows", o.rows, "rows of the macro (default 64)")->type_name("N");
    app.add_option("--outputs", o.outputs, "outputs of the macro (default 16)")->type_name("O");
    app.add_option("--share", o.share, "outputs an ADC serves (default 4)")->type_name("S");
    app.add_option("--liberty", o.liberty, "cell library for cells and area")->type_name("L");
    app.add_flag("--simulate-netlists", o.simulate_netlists,
                 "also compare each netlist with golden");
    app.add_option("-o,--output", o.dir, "folder of the synthesis reports")->type_name("DIR");
    return comparing::run_program(app, argc, argv, [&] {
        const base::ScratchFolder scratch("cimrtl-halves");
        if (o.dir.empty()) o.dir = scratch.path().string();
        fmt::print("{}", table(o));
        return 0;
    });
}

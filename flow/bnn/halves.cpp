/// compare_halves: one binary layer on one macro with neither half of BinSparX, each alone, and both:
/// what the array is spared, cycles and area, golden and RTL compared, as a Markdown table.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <bit>
#include <exception>

#include "../compare/area.hpp"
#include "cimrtl/design.hpp"
#include "cimrtl/diagnostic.hpp"
#include "cimrtl/load.hpp"
#include "cosim/npy.hpp"
#include "cosim/operands.hpp"
#include "cosim/process.hpp"
#include "cosim/run.hpp"

namespace fs = std::filesystem;

namespace {

struct Options {
    std::string weights, inputs, threshold, liberty, dir;
    int rows = 64, outputs = 16, share = 4;
};

struct Half {
    const char* label;
    bool weights, activations;
};
constexpr Half halves[] = {{"neither", false, false},
                           {"weights", true, false},
                           {"activations", false, true},
                           {"both", true, true}};

std::string config_text(const Options& o, const Half& h) {
    return fmt::format(
        "name: bnn_{}_{}x{}\nscheme: binsparx\n"
        "array: {{rows: {}, outputs: {}, precharge: 1, settle: 1}}\nadc: {{share: {}}}\n"
        "binsparx: {{weights: {}, activations: {}, threshold: true}}\n",
        h.label, o.rows, o.outputs, o.rows, o.outputs, o.share, h.weights, h.activations);
}

/// A statistic of golden's, without `_plain`.
double statistic(const cosim::RunResult& r, std::string_view name) {
    for (const auto& [key, value] : r.statistics) {
        if (key == name) return value;
    }
    return 0;
}

std::string row(const Options& o, const Half& h) {
    const std::string text = config_text(o, h);
    const cimrtl::Design d = cimrtl::elaborate(cimrtl::load_config(text, h.label));
    const golden::Operands operands =
        cosim::read_operands(d, {o.inputs, o.weights, {{"threshold", o.threshold}}});
    const cosim::RunResult r = cosim::run_macro(d, operands, cosim::Engine::both, false);
    if (!r.mismatch.empty()) throw cimrtl::Error("error: golden and RTL differ\n" + r.mismatch);
    const auto most = static_cast<std::uint64_t>(statistic(r, "analog_max"));
    std::string area = "- | -";
    if (!o.liberty.empty()) {
        const comparing::Area a = comparing::area_of(text, o.liberty, fs::path(o.dir) / "area");
        area = fmt::format("{} | {:.0f}", a.cells, a.area_um2);
    }
    return fmt::format("| {} | {:.1f} | {:.1f} | {:.1f} | {} | {} | {} | {} | {} |\n", h.label,
                       statistic(r, "ones_per_vector"), statistic(r, "ones_per_column"),
                       statistic(r, "analog_mean"), most, d.adc.bits,
                       std::max(1, static_cast<int>(std::bit_width(most))), r.cycles, area);
}

std::string table(const Options& o) {
    std::string text =
        "| halves | ones driven | ones stored | mean v | greatest v | ADC bits | needed here | cycles | cells | "
        "area (µm²) |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";
    for (const Half& h : halves) text += row(o, h);
    return text + fmt::format(
        "\nMacro: {} rows × {} outputs, 16 banks, one ADC for {} outputs, 4 cycles a conversion; per group of {} "
        "rows. ADC bits: the width that clips nothing whatever the data; needed here: on this layer. Golden and "
        "RTL agree in every output.\n", o.rows, o.outputs, o.share, o.rows);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"One binary layer with and without each half of BinSparX.", "compare_halves"};
    Options o;
    app.add_option("--weights", o.weights, "weights, shape (K, M)")->required()->type_name("W.npy");
    app.add_option("--inputs", o.inputs, "inputs, shape (V, K)")->required()->type_name("X.npy");
    app.add_option("--threshold", o.threshold, "thresholds, shape (M,)")->required()->type_name("T.npy");
    app.add_option("--rows", o.rows, "rows of the macro (default 64)")->type_name("N");
    app.add_option("--outputs", o.outputs, "outputs of the macro (default 16)")->type_name("O");
    app.add_option("--share", o.share, "outputs an ADC serves (default 4)")->type_name("S");
    app.add_option("--liberty", o.liberty, "cell library for cells and area")->type_name("L");
    app.add_option("-o,--output", o.dir, "folder of the synthesis reports")->type_name("DIR");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    try {
        const cosim::ScratchFolder scratch("cimrtl-halves");
        if (o.dir.empty()) o.dir = scratch.path().string();
        fmt::print("{}", table(o));
        return 0;
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());
    }
    return 1;
}

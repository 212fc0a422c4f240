/// compare_columns: column_quant on one layer by granularity and ADC width: error beside area.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "cimrtl/diagnostic.hpp"
#include "columns.hpp"
#include "cosim/process.hpp"
#include "tasks.hpp"

namespace fs = std::filesystem;

namespace {

using namespace comparing;

struct Options {
    std::string weights, inputs, liberty, json, svg, dir;
    int rows = 64, outputs = 16, banks = 16;
    std::size_t vectors = 0;
    std::vector<int> widths = {2, 3, 4, 5, 6}, hardware, netlists;
    unsigned jobs = 2;
    bool builds(int bits) const {
        return hardware.empty() || std::ranges::find(hardware, bits) != hardware.end();
    }
};

ColumnComparison start(const Options& o, const Layer& layer) {
    ColumnComparison c;
    c.vectors = layer.inputs.shape[0];
    c.features = layer.inputs.shape[1];
    c.outputs = layer.weights.shape[1];
    c.macro = {
        .rows = o.rows,
        .outputs = o.outputs,
        .tiles = static_cast<int>((c.features + o.rows - 1) / o.rows),
        .signed_inputs = std::ranges::any_of(layer.inputs.data, [](double x) { return x < 0; }),
        .least_banks = o.banks};
    if (!o.liberty.empty()) c.library = fs::path(o.liberty).filename().string();
    c.netlists = {o.netlists.begin(), o.netlists.end()};
    c.widths = o.widths;
    std::ranges::sort(c.widths);
    const auto same = std::ranges::unique(c.widths);
    c.widths.erase(same.begin(), same.end());
    return c;
}

void measure_errors(const Options& o, const Layer& layer, ColumnComparison& c) {
    const auto all = sharings();
    c.rows.resize(c.widths.size() * all.size());
    for_each_task(
        c.rows.size(), o.jobs, "alpha, scale and centre, golden and RTL", [&](std::size_t i) {
            const int bits = c.widths[i / all.size()];
            c.rows[i] = measure_column(all[i % all.size()], c.macro, layer, bits, o.builds(bits));
        });
}

void measure_areas(const Options& o, const fs::path& dir, ColumnComparison& c) {
    for (const int bits : c.widths) {
        for (const Sharing& s : sharings()) {
            if (s.one_alpha || !o.builds(bits)) continue;
            for (const int r : trims) {
                Row row;
                row.label = fmt::format("{}, {} trim bits", s.label, r);
                row.adc_bits = bits;
                row.config = column_config(s, c.macro, bits, r);
                c.hardware.push_back(std::move(row));
            }
        }
    }
    for_each_task(c.hardware.size(), o.jobs, "area", [&](std::size_t i) {
        Row& row = c.hardware[i];
        row.area = column_area(row.config, o.liberty, (dir / "area").string(),
                               c.netlists.contains(row.adc_bits));
    });
}

int run(const Options& o) {
    const Layer layer = read_layer(o.weights, o.inputs, o.vectors, false);
    const cosim::ScratchFolder scratch("cimrtl-columns");
    const fs::path dir = o.dir.empty() ? scratch.path() : fs::path(o.dir);
    fs::create_directories(dir / "area");
    ColumnComparison c = start(o, layer);
    measure_errors(o, layer, c);
    for (const ColumnRow& r : c.rows) {
        if (r.row.mismatch.empty()) continue;
        throw cimrtl::Error(fmt::format("error: {}, {} bits: golden and RTL differ\n{}",
                                        r.sharing.label, r.row.adc_bits, r.row.mismatch));
    }
    if (!o.liberty.empty()) measure_areas(o, dir, c);
    for (const Row& r : c.hardware) {
        const std::string name = r.config.substr(6, r.config.find('\n') - 6);
        cosim::write_file((dir / (name + ".yaml")).string(), r.config);
    }
    if (!o.json.empty()) cosim::write_file(o.json, column_json(c));
    if (!o.svg.empty()) cosim::write_file(o.svg, column_svg(c));
    fmt::print("{}", column_markdown(c));
    return 0;
}

void add_options(CLI::App& app, Options& o) {
    app.add_option("--weights", o.weights, "weights, shape (K, M)")
        ->required()
        ->type_name("Wf.npy");
    app.add_option("--inputs", o.inputs, "inputs, shape (V, K)")->required()->type_name("Xf.npy");
    app.add_option("--rows", o.rows, "rows of the macro (default 64)")
        ->check(CLI::Range(1, 1024))
        ->type_name("N");
    app.add_option("--outputs", o.outputs, "outputs of the macro (default 16)")
        ->check(CLI::Range(1, 1024))
        ->type_name("O");
    app.add_option("--banks", o.banks,
                   "banks of the macro, more if the layer needs them (default 16)")
        ->check(CLI::Range(1, 256))
        ->type_name("B");
    app.add_option("--vectors", o.vectors, "take the first V inputs only")->type_name("V");
    app.add_option("--adc", o.widths, "ADC widths (default 2,3,4,5,6)")
        ->delimiter(',')
        ->check(CLI::Range(1, 8))
        ->type_name("BITS");
    app.add_option(
           "--hardware", o.hardware,
           "widths whose RTL runs and whose area is measured (default all); golden alone runs "
           "the others")
        ->delimiter(',')
        ->check(CLI::Range(1, 8))
        ->type_name("BITS");
    app.add_option("--liberty", o.liberty, "cell library for the areas")->type_name("L");
    app.add_option(
           "--netlists", o.netlists,
           "widths whose netlists are simulated before their areas are shown (default none)")
        ->delimiter(',')
        ->check(CLI::Range(1, 8))
        ->type_name("BITS");
    app.add_option("--jobs", o.jobs, "at work at once (default 2)")
        ->check(CLI::Range(1, 64))
        ->type_name("J");
    app.add_option("--json", o.json, "the same figures as JSON")->type_name("F");
    app.add_option("--svg", o.svg, "SQNR against area; needs --liberty")
        ->type_name("F")
        ->needs("--liberty");
    app.add_option("-o,--output", o.dir,
                   "keep the configs and synthesis reports here; syntheses found here are reused")
        ->type_name("DIR");
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"column_quant on one layer by granularity and ADC width: error beside area.",
                 "compare_columns"};
    Options options;
    add_options(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    try {
        return run(options);
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());
    }
    return 1;
}

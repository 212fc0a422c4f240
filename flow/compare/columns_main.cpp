/// compare_columns: column_quant on one layer by granularity and ADC width: error beside area.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "base/files.hpp"
#include "base/scratch_folder.hpp"
#include "base/error.hpp"
#include "columns.hpp"
#include "base/process.hpp"
#include "layer_options.hpp"
#include "tasks.hpp"

namespace fs = std::filesystem;

namespace {

using namespace comparing;

struct Options : LayerOptions {
    std::string svg;
    std::vector<int> widths = {2, 3, 4, 5, 6}, hardware, netlists;
    bool builds(int bits) const {
        return hardware.empty() || std::ranges::find(hardware, bits) != hardware.end();
    }
};

ColumnComparison start(const Options& o, const Layer& layer) {
    ColumnComparison c;
    c.vectors = layer.inputs.shape[0];
    c.features = layer.inputs.shape[1];
    c.outputs = layer.weights.shape[1];
    c.macro = macro_for(o, layer);
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
    const base::ScratchFolder scratch("cimrtl-columns");
    const fs::path dir = o.dir.empty() ? scratch.path() : fs::path(o.dir);
    fs::create_directories(dir / "area");
    ColumnComparison c = start(o, layer);
    measure_errors(o, layer, c);
    for (const ColumnRow& r : c.rows) {
        if (r.row.mismatch.empty()) continue;
        throw base::Error(fmt::format("error: {}, {} bits: golden and RTL differ\n{}",
                                        r.sharing.label, r.row.adc_bits, r.row.mismatch));
    }
    if (!o.liberty.empty()) measure_areas(o, dir, c);
    for (const Row& r : c.hardware) keep_config(r.config, dir);
    if (!o.json.empty()) base::write_file(o.json, column_json(c));
    if (!o.svg.empty()) base::write_file(o.svg, column_svg(c));
    fmt::print("{}", column_markdown(c));
    return 0;
}

void add_options(CLI::App& app, Options& o) {
    add_layer_options(app, o);
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
    app.add_option(
           "--netlists", o.netlists,
           "widths whose netlists are simulated before their areas are shown (default none)")
        ->delimiter(',')
        ->check(CLI::Range(1, 8))
        ->type_name("BITS");
    app.add_option("--svg", o.svg, "SQNR against area; needs --liberty")
        ->type_name("F")
        ->needs("--liberty");
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"column_quant on one layer by granularity and ADC width: error beside area.",
                 "compare_columns"};
    Options options;
    add_options(app, options);
    return run_program(app, argc, argv, [&] { return run(options); });
}

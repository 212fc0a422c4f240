/// compare_schemes: one layer through every scheme, golden and RTL, in one table.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>

#include "base/files.hpp"
#include "base/scratch_folder.hpp"
#include "area.hpp"
#include "base/error.hpp"
#include "base/process.hpp"
#include "layer_options.hpp"
#include "report.hpp"
#include "tasks.hpp"

namespace fs = std::filesystem;

namespace {

using namespace comparing;

struct Options : LayerOptions {
    bool integer = false;
    std::string bfp_table;
};

Comparison start(const Options& o, const Layer& layer) {
    Comparison c;
    c.vectors = layer.inputs.shape[0];
    c.features = layer.inputs.shape[1];
    c.outputs = layer.weights.shape[1];
    c.integer = layer.integer;
    c.macro = macro_for(o, layer);
    if (!o.liberty.empty()) c.library = fs::path(o.liberty).filename().string();
    c.auto_rows.resize(variants().size());
    c.fixed_rows.resize(variants().size());
    return c;
}

void add_area(const Options& o, const fs::path& dir, Row& row) {
    if (o.liberty.empty()) return;
    row.area = area_of(row.config, o.liberty, dir / "area");
}

/// bfp by m beside conventional, with the integers of 8 bits.
void compare_bfp(const Options& o, const Layer& layer, const fs::path& dir, Comparison& c) {
    const auto all = bfp_variants();
    const Integers conventional = to_integers(all[0], c.macro, layer);
    const Integers rounded = to_integers(all[1], c.macro, layer);
    c.bfp_rows.resize(all.size());
    for_each_task(all.size(), o.jobs, "bfp: golden, RTL and area", [&](std::size_t i) {
        c.bfp_rows[i] = measure(all[i], c.macro, {}, layer, i == 0 ? conventional : rounded);
        add_area(o, dir, c.bfp_rows[i]);
    });
}

Comparison compare_all(const Options& o, const Layer& layer, const fs::path& dir) {
    Comparison c = start(o, layer);
    const auto all = variants();
    std::vector<Integers> integers(all.size());
    std::vector<FixedAdc> fixed(all.size());
    for_each_task(all.size(), o.jobs, "integers and ADC steps", [&](std::size_t i) {
        integers[i] = to_integers(all[i], c.macro, layer);
        fixed[i].step = best_step(all[i], c.macro, layer, integers[i]);
    });
    for_each_task(2 * all.size(), o.jobs, "golden, RTL and area", [&](std::size_t task) {
        const std::size_t i = task / 2;
        const bool is_fixed = task % 2 == 1;
        Row& row = is_fixed ? c.fixed_rows[i] : c.auto_rows[i];
        row = measure(all[i], c.macro, is_fixed ? std::optional(fixed[i]) : std::nullopt, layer,
                      integers[i]);
        add_area(o, dir, row);
    });
    if (!o.bfp_table.empty()) compare_bfp(o, layer, dir, c);
    return c;
}

void keep_configs(const Comparison& c, const fs::path& dir) {
    for (const auto* rows : {&c.auto_rows, &c.fixed_rows, &c.bfp_rows}) {
        for (const Row& r : *rows) keep_config(r.config, dir);
    }
}

int run(const Options& o) {
    const Layer layer = read_layer(o.weights, o.inputs, o.vectors, o.integer);
    const base::ScratchFolder scratch("cimrtl-compare");
    const fs::path dir = o.dir.empty() ? scratch.path() : fs::path(o.dir);
    fs::create_directories(dir / "area");
    const Comparison c = compare_all(o, layer, dir);
    keep_configs(c, dir);
    if (!o.json.empty()) base::write_file(o.json, json(c));
    bool equal = true;
    for (const auto* rows : {&c.auto_rows, &c.fixed_rows, &c.bfp_rows}) {
        for (const Row& r : *rows) {
            if (r.mismatch.empty()) continue;
            fmt::print(stderr, "error: {}: golden and RTL differ\n{}", r.label, r.mismatch);
            equal = false;
        }
    }
    if (!equal) return 1;
    if (!o.bfp_table.empty()) base::write_file(o.bfp_table, bfp_markdown(c));
    fmt::print("{}", markdown(c));
    return 0;
}

void add_options(CLI::App& app, Options& o) {
    add_layer_options(app, o);
    app.add_flag("--integer", o.integer,
                 "the tensors are 8-bit integers that stand for themselves");
    app.add_option(
           "--bfp", o.bfp_table,
           "bfp too, m = 2 to 8, static and dynamic: a Markdown table of its own in this file")
        ->type_name("F");
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "One layer through every scheme: error, conversions, cycles and area in one table.",
        "compare_schemes"};
    Options options;
    add_options(app, options);
    return run_program(app, argc, argv, [&] { return run(options); });
}

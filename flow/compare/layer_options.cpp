#include "base/files.hpp"
#include "layer_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <filesystem>

#include "base/process.hpp"

namespace comparing {

void add_layer_options(CLI::App& app, LayerOptions& o) {
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
    app.add_option("--liberty", o.liberty, "cell library for cells and area")->type_name("L");
    app.add_option("--jobs", o.jobs, "at work at once (default 2)")
        ->check(CLI::Range(1, 64))
        ->type_name("J");
    app.add_option("--json", o.json, "the same figures as JSON")->type_name("F");
    app.add_option("-o,--output", o.dir,
                   "keep the configs and synthesis reports here; syntheses found here are reused")
        ->type_name("DIR");
}

Macro macro_for(const LayerOptions& o, const Layer& layer) {
    const auto features = static_cast<int>(layer.inputs.shape[1]);
    return {.rows = o.rows,
            .outputs = o.outputs,
            .tiles = (features + o.rows - 1) / o.rows,
            .signed_inputs = std::ranges::any_of(layer.inputs.data, [](double x) { return x < 0; }),
            .least_banks = o.banks};
}

void keep_config(const std::string& config, const std::filesystem::path& folder) {
    const std::string name = config.substr(6, config.find('\n') - 6);  // behind "name: "
    base::write_file((folder / (name + ".yaml")).string(), config);
}

int run_program(CLI::App& app, int argc, char** argv, const std::function<int()>& run) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    try {
        return run();
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());
    }
    return 1;
}

}  // namespace comparing

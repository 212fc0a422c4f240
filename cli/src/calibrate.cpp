// SPDX-License-Identifier: Apache-2.0
/// calibrate: offset corrections of a chip.
#include "operands/calibrate.hpp"

#include <fmt/format.h>

#include "base/counted.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/output_paths.hpp"
#include "command.hpp"
#include "operand_options.hpp"
#include "operands/npy.hpp"
#include "operands/operands.hpp"

namespace cli {

namespace {

struct Calibrate {
    std::string config, output;
    OperandOptions operands;
};

/// A tensor by tile and output says how many there are.
operands::StimulusSize size_of(const generator::Design& design,
                               const std::map<std::string, std::string>& files) {
    operands::StimulusSize size = operands::stimulus_size(design);
    const auto alpha = files.find("alpha");
    if (alpha == files.end()) return size;
    const auto shape = operands::read_npy_int(alpha->second).shape;
    if (shape.size() == 3 && shape[0] > 0 && shape[2] > 0 &&
        shape[0] <= static_cast<std::size_t>(design.config.accumulator.max_tiles))
        size = {shape[0], shape[2]};
    return size;
}

int calibrate(const Calibrate& o, const Common& common) {
    const generator::Design design = load(o.config, common);
    const operands::Settings settings = o.operands.settings_of(design);
    const operands::OperandFiles files{.inputs = {}, .weights = {}, .further = o.operands.files()};
    if (files.further.contains("correction"))
        throw base::Error(
            fmt::format("error: --correction: found {}; calibrate makes one, from the "
                        "codes without any",
                        files.further.at("correction")));
    std::vector<base::NamedPath> inputs = {{"CONFIG", o.config}};
    for (const auto& [name, path] : files.further) inputs.push_back({"--" + name, path});
    base::check_outputs({{"--output", o.output}}, inputs);
    const operands::StimulusSize size = size_of(design, files.further);
    const auto given = operands::read_given(design, files, size.tiles, size.outputs);
    const operands::Calibration c = operands::calibrate(design, given, size, settings);
    base::write_file(o.output, operands::encode_npy({{c.correction.size()}, c.correction}));
    say(common, fmt::format("{}: code error before: mean {:.3f}, spread {:.3f}; after: mean "
                            "{:.3f}, spread {:.3f} (ADC steps)",
                            base::counted(c.correction.size(), "ADC"), c.before.mean,
                            c.before.spread, c.after.mean, c.after.spread));
    return 0;
}

}  // namespace

void add_calibrate(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "calibrate", "offset corrections of a chip's ADCs, by conversions alone",
        "Converts seeded random data on the simulated array, drawn from the config's section analog or\n"
        "measured, and takes each ADC's mean error of code: C.npy is for `run --correction`, with\n"
        "adc.correction_bits. See docs/spec/analog.md.");
    auto o = std::make_shared<Calibrate>();
    command->add_option("config", o->config, "YAML config")->required()->type_name("CONFIG");
    o->operands.add_to(*command);
    command->add_option("-o,--output", o->output, "corrections, shape (ADCs,)")
        ->required()
        ->type_name("C.npy");
    command->callback(
        [&action, &common, o] { action = [&common, o] { return calibrate(*o, common); }; });
}

}  // namespace cli

// SPDX-License-Identifier: Apache-2.0
/// chip: the numbers of the chip that a config's seed stands for.
#include "golden/chip.hpp"

#include <fmt/format.h>

#include <cstring>
#include <filesystem>

#include "base/error.hpp"
#include "base/files.hpp"
#include "command.hpp"
#include "operands/npy.hpp"
#include "operands/operands.hpp"

namespace cli {

namespace {

namespace fs = std::filesystem;

struct Chip {
    std::string config, dir;
    bool mem = false;
};

/// For $readmemh: 32 bits a line, two's complement, all of it `times` times.
std::string mem_text(const std::vector<std::int64_t>& numbers, std::size_t times) {
    std::string once, text;
    for (const std::int64_t n : numbers)
        once += fmt::format("{:08x}\n", static_cast<std::uint32_t>(n));
    for (std::size_t i = 0; i < times; ++i) text += once;
    return text;
}

int chip(const Chip& o, const Common& common) {
    const generator::Design design = load(o.config, common);
    const golden::Spec spec = operands::to_spec(design.config);
    const golden::Chip c = golden::make_chip(spec, golden::resolve(spec), {}, true);
    const std::size_t adcs = c.form.adcs(), rows = c.form.rows, columns = c.form.columns;
    const std::size_t gain_banks = c.cell_gain.size() / (rows * columns);
    struct File {
        const char* name;
        operands::Tensor<std::int64_t> tensor;
        std::size_t mem_times = 1;  ///< the array model has a gain for every bank
    };
    const std::vector<File> files = {
        {"cell_gain", {{gain_banks, rows, columns}, c.cell_gain}, c.form.banks / gain_banks},
        {"adc_offset", {{adcs}, c.adc_offset}},
        {"adc_gain", {{adcs}, c.adc_gain}},
        {"adc_inl", {{adcs, c.adc_inl.size() / adcs}, c.adc_inl}}};
    make_output_folder(o.dir);
    std::vector<base::FileBytes> bytes;
    for (const File& f : files) {
        bytes.push_back({o.dir + "/" + f.name + ".npy", operands::encode_npy(f.tensor)});
        if (o.mem)
            bytes.push_back({o.dir + "/" + f.name + ".mem", mem_text(f.tensor.data, f.mem_times)});
    }
    base::write_together(std::move(bytes));
    say(common,
        fmt::format("{}: cell_gain.npy, adc_offset.npy, adc_gain.npy, adc_inl.npy (chip {})", o.dir,
                    design.config.analog.seed));
    return 0;
}

}  // namespace

void add_chip(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "chip", "the gains and offsets that a config's analog.seed stands for",
        "Writes cell_gain.npy, adc_offset.npy, adc_gain.npy and adc_inl.npy: to be looked at, changed\n"
        "and given to `run`. See docs/spec/analog.md.");
    auto o = std::make_shared<Chip>();
    command->add_option("config", o->config, "YAML config")->required()->type_name("CONFIG");
    command->add_option("-o,--output", o->dir, "folder to write")->required()->type_name("DIR");
    command->add_flag("--mem", o->mem,
                      "also *.mem, with which the array model reads them in a bench of your own");
    command->callback(
        [&action, &common, o] { action = [&common, o] { return chip(*o, common); }; });
}

}  // namespace cli

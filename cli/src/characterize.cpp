// SPDX-License-Identifier: Apache-2.0
/// characterize: bring-up on the RTL with the simulated array.
#include "bringup/characterize.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>

#include "base/counted.hpp"
#include "base/error.hpp"
#include "base/made_folders.hpp"
#include "base/output_tree.hpp"
#include "base/streams.hpp"
#include "command.hpp"
#include "generator/scheme.hpp"
#include "operands/operands.hpp"

namespace cli {

namespace {

constexpr std::array<std::string_view, 4> chip_tensors = {"cell-gain", "adc-offset", "adc-gain",
                                                          "adc-inl"};

struct Characterize {
    std::string config, dir;
    std::optional<std::uint32_t> chip;
    bringup::StimulusOptions stimulus;
    std::map<std::string, std::string> tensors;  ///< of a measured chip; empty: not given
};

/// The folder of the files before the work: one that cannot be is told first.
void make_folder(const std::string& dir, std::optional<base::MadeFolders>& made) {
    std::error_code ignored;
    if (std::filesystem::exists(dir, ignored) && !std::filesystem::is_directory(dir, ignored))
        throw base::Error(fmt::format("{}: error: --output: found a file; expected a folder", dir));
    try {
        made.emplace(dir);
    } catch (const std::filesystem::filesystem_error& e) {
        throw base::Error(fmt::format("{}: error: --output: {}", dir, e.code().message()));
    }
}

/// "; 1 ADC dead; 2 ADCs not measured", what there is of it.
std::string lost_adcs(const std::vector<bringup::AdcReport>& adcs) {
    const auto dead = std::ranges::count_if(adcs, &bringup::AdcReport::dead);
    const auto unmeasured = std::ranges::count_if(
        adcs, [](const bringup::AdcReport& a) { return !a.dead() && !a.figures.measured; });
    std::string text;
    for (const auto& [count, what] : {std::pair{dead, "dead"}, {unmeasured, "not measured"}}) {
        if (count > 0) text += fmt::format("; {} {}", base::counted(count, "ADC"), what);
    }
    return text;
}

int characterize(const Characterize& o, Common& common) {
    if (o.chip) common.overrides.push_back(fmt::format("analog.seed={}", *o.chip));
    const generator::Design design =
        generator::load_design_file(o.config, overrides_of(common), bringup::check_design);
    operands::OperandFiles files;
    for (const auto& [name, path] : o.tensors) {
        if (!path.empty()) files.further[name] = path;
    }
    const golden::Operands chip = operands::read_given(
        design, files, 1, static_cast<std::size_t>(design.config.array.outputs));
    std::optional<base::MadeFolders> made;
    if (!o.dir.empty()) make_folder(o.dir, made);
    const bool progress = !common.quiet && isatty(STDERR_FILENO);
    const auto c = bringup::characterize(design, chip, o.stimulus, progress);
    if (!o.dir.empty()) base::write_tree(o.dir, bringup::files_of(c));
    if (!common.quiet) base::print(bringup::table_of(c));
    using base::counted;
    say(common, fmt::format("{}: chip {}: {}, {}, {} of each ADC{}{}", c.name, c.chip,
                            counted(c.steps, "step"), counted(c.levels, "level"),
                            counted(c.steps * c.share, "conversion"), lost_adcs(c.adcs),
                            o.dir.empty() ? "" : "; " + o.dir));
    return 0;
}

}  // namespace

void add_characterize(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "characterize",
        "offset, gain, INL, DNL and noise of every ADC, as in bring-up",
        "Runs the bring-up procedure (docs/how-to/bring-up.md) on the RTL with the simulated array,\n"
        "through the registers of test.observe alone: known cells, so many of their rows driven in\n"
        "single steps, codes read. Every figure comes with its standard error. DIR gets adcs.csv,\n"
        "levels.csv, codes.csv, characterize.json and, with gnuplot, a plot of each figure.\n"
        "A dead ADC is named and does not keep the others from being measured (exit code 0).");
    auto o = std::make_shared<Characterize>();
    command->add_option("config", o->config, "YAML config with test.observe: true")
        ->required()
        ->type_name("CONFIG");
    command->add_option("-o,--output", o->dir, "folder to write")->type_name("DIR");
    command->add_option("--chip", o->chip, "the chip: analog.seed (default: the config's)")
        ->type_name("N");
    command
        ->add_option("--samples", o->stimulus.samples,
                     "conversions of each column for each row pattern (default 64)")
        ->check(CLI::Range(2, 1000000))
        ->type_name("N");
    command->add_option("--bank", o->stimulus.bank, "the bank whose cells are used (default 0)")
        ->check(CLI::NonNegativeNumber)
        ->type_name("B");
    for (const generator::OperandSpec& spec : generator::common_operands()) {
        if (std::ranges::find(chip_tensors, spec.name) == chip_tensors.end()) continue;
        command
            ->add_option(fmt::format("--{}", spec.name), o->tensors[std::string(spec.name)],
                         std::string(spec.doc))
            ->type_name("F.npy");
    }
    command->callback(
        [&action, &common, o] { action = [&common, o] { return characterize(*o, common); }; });
}

}  // namespace cli

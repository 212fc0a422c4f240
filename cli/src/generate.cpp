// SPDX-License-Identifier: Apache-2.0
/// gen, check, schema.
#include <fmt/format.h>

#include <filesystem>

#include "base/counted.hpp"
#include "base/error.hpp"
#include "base/streams.hpp"
#include "command.hpp"
#include "generator/design.hpp"
#include "generator/render.hpp"
#include "study/study_file.hpp"

namespace cli {

namespace {

struct Gen {
    std::string config;
    std::string dir;
};

/// One line that says what a design is.
std::string summary(const generator::Design& d) {
    using base::counted;
    return fmt::format(
        "{} x {}, {}, {} of {}, accumulators of {}", counted(d.config.array.rows, "row"),
        counted(d.config.array.outputs, "output"), counted(d.planes, "plane"),
        counted(d.adcs, "ADC"), counted(d.adc.bits, "bit"), counted(d.accumulator.bits, "bit"));
}

/// What `stream.max_bits` takes from the rate; empty if nothing.
std::string bound(const generator::Design& d) {
    const auto& s = d.streams;
    const auto of = [&](std::string_view key, bool is_auto, int now, int wide, std::int64_t wait,
                        std::string_view each) {
        if (!is_auto || now >= wide || wait == 0) return std::string();
        return fmt::format(
            "; stream.max_bits {} bounds {} to {} (the rate needs {}): up to {} more a {}",
            d.config.stream.max_bits, key, now, wide, base::counted(wait, "cycle"), each);
    };
    return of("stream.in", !d.config.stream.in, s.in, s.free_in, s.tile_wait, "tile") +
           of("stream.out", !d.config.stream.out, s.out, s.free_out, s.vector_wait, "vector");
}

/// What ADCs with their own clock take from the rate; empty without any.
std::string handshake(const generator::Design& d) {
    const auto& adc = d.config.adc;
    if (adc.kind != generator::AdcKind::async) return {};
    return fmt::format(
        "; adc.kind async: a conversion takes up to {} cycles, {} of them its handshake; the rate "
        "bound counts {} a step",
        d.conversion_cycles, d.conversion_cycles - adc.latency, d.step_cycles);
}

/// What counts instead of an `array.max_drive` that a drive does not fit in; empty if it holds.
std::string drive_bound(const generator::Design& d) {
    const auto& array = d.config.array;
    if (array.max_drive == 0) return {};
    if (array.hold == generator::Hold::none)
        return fmt::format(
            "; array.max_drive {} has no effect with array.hold none: no drive waits",
            array.max_drive);
    if (d.drive_bound == array.max_drive) return {};
    return fmt::format(
        "; array.max_drive {} -> {}: a drive that waits for a conversion ({}) needs "
        "max(settle, 1) + sample_gap + conversion + {}",
        array.max_drive, d.drive_bound, base::counted(d.conversion_cycles, "cycle"),
        generator::drive_slack);
}

int generate(const Gen& options, const Common& common) {
    const generator::Design design = load(options.config, common);
    const std::filesystem::path dir = options.dir.empty()
                                          ? std::filesystem::path("gen_out") / design.config.name
                                          : std::filesystem::path(options.dir);
    base::write_tree(dir, generator::render(design), {"synth"});
    say(common, fmt::format("{}: {} ({})", dir.string(), design.config.scheme(), summary(design)));
    return 0;
}

int check(const std::vector<std::string>& configs, const Common& common) {
    int failures = 0;
    for (const std::string& path : configs) {
        try {
            const generator::Design design = load(path, common);
            say(common, fmt::format("{}: valid: {} ({}){}{}{}", path, design.config.scheme(),
                                    summary(design), bound(design), handshake(design),
                                    drive_bound(design)));
        } catch (const base::Error& e) {
            base::print_error(fmt::format("{}\n", e.what()));
            ++failures;
        }
    }
    return failures == 0 ? 0 : 1;
}

}  // namespace

void add_gen(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "gen", "write SystemVerilog, file lists, resolved config and manifest",
        "Writes rtl/ (synthesizable), model/ (the array for simulation), blackbox/ (the array for\n"
        "synthesis), files_sim.f, files_synth.f, resolved.yaml, design.json, the register map and\n"
        "manifest.json. The same config gives the same bytes.");
    auto options = std::make_shared<Gen>();
    command->add_option("config", options->config, "YAML config")->required()->type_name("CONFIG");
    command->add_option("-o,--output", options->dir, "folder to write (default gen_out/<name>)")
        ->type_name("DIR");
    command->callback([&action, &common, options] {
        action = [&common, options] { return generate(*options, common); };
    });
}

void add_check(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(app, common, "check", "validate configs, write nothing", "");
    auto configs = std::make_shared<std::vector<std::string>>();
    command->add_option("config", *configs, "YAML configs")->required()->type_name("CONFIG...");
    command->callback([&action, &common, configs] {
        action = [&common, configs] { return check(*configs, common); };
    });
}

void add_schema(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(app, common, "schema", "print the JSON schema of the config", "");
    command->remove_option(command->get_option("--param"));  // there is no config
    auto of_study = std::make_shared<bool>(false);
    command->add_flag("--study", *of_study, "of a study file (cimrtl compare --study)");
    command->callback([&action, of_study] {
        action = [of_study] {
            base::print((*of_study ? study::study_schema() : generator::json_schema()) + "\n");
            return 0;
        };
    });
}

}  // namespace cli

// SPDX-License-Identifier: Apache-2.0
#include "operand_options.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "generator/scheme.hpp"

namespace cli {

namespace {

/// Digits, of any number: what is out of range is for the setting to say.
std::string is_integer(const std::string& text) {
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    const bool digits =
        text.size() > first && text.find_first_not_of("0123456789", first) == std::string::npos;
    return digits ? "" : fmt::format("found {}; expected an integer", text);
}

}  // namespace

void OperandOptions::add_to(CLI::App& command) {
    for (const auto& scheme : generator::schemes()) {
        for (const generator::OperandSpec* spec : generator::operands_of(*scheme)) {
            const auto [at, is_new] = operands.try_emplace(std::string(spec->name));
            if (!is_new) continue;
            command.add_option(fmt::format("--{}", spec->name), at->second, std::string(spec->doc))
                ->type_name("F.npy");
        }
        for (const generator::SettingSpec& spec : scheme->settings()) {
            const auto [at, is_new] = settings.try_emplace(std::string(spec.name));
            if (!is_new) continue;
            command.add_option(fmt::format("--{}", spec.name), at->second, std::string(spec.doc))
                ->check(is_integer)
                ->type_name("N");
        }
    }
}

void OperandOptions::add_output_to(CLI::App& command) {
    command
        .add_option("--zero-point", output.zero_point,
                    "added by the output stage, with output.mode requant; default: 0")
        ->type_name("Z");
    command
        .add_option("--clamp", output.clamp,
                    "least and greatest output, with output.mode requant; default: the type's")
        ->type_name("L,H");
}

std::map<std::string, std::string> OperandOptions::files() const {
    std::map<std::string, std::string> given;
    for (const auto& [name, path] : operands) {
        if (path) given[name] = *path;
    }
    return given;
}

operands::Settings OperandOptions::settings_of(const generator::Design& design) const {
    operands::Settings given;
    for (const auto& [name, value] : settings) {
        if (value) operands::put_setting(design, "--" + name, name, *value, given);
    }
    return given;
}

}  // namespace cli

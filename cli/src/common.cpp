// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/error.hpp"
#include "base/streams.hpp"
#include "base/version.hpp"
#include "command.hpp"

namespace cli {

CLI::App* add_command(CLI::App& app, Common& common, const std::string& name,
                      const std::string& description, const std::string& footer) {
    CLI::App* command = app.add_subcommand(name, description);
    command->footer(footer);
    command->add_flag("-q,--quiet", common.quiet, "print errors only");
    command
        ->add_option("-P,--param", common.overrides,
                     "override a config value: key.path=value (may be repeated)")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false)
        ->check([](const std::string& text) {
            return text.find('=') != std::string::npos && text.front() != '='
                       ? std::string()
                       : "expected key.path=value, found `" + text + "`";
        });
    command->set_version_flag("--version", fmt::format("cimrtl {}", base::version()));
    return command;
}

std::vector<generator::Override> overrides_of(const Common& common) {
    std::vector<generator::Override> overrides;
    for (const std::string& text : common.overrides) {
        const auto equals = text.find('=');
        overrides.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    return overrides;
}

generator::Design load(const std::string& path, const Common& common) {
    return generator::load_design_file(path, overrides_of(common));
}

void say(const Common& common, const std::string& line) {
    if (!common.quiet) base::print(line + "\n");
}

void make_output_folder(const std::string& dir) {
    std::error_code error;
    std::filesystem::create_directories(dir, error);
    if (!error && access(dir.c_str(), W_OK) != 0) error = {errno, std::generic_category()};
    if (error) throw base::Error(fmt::format("{}: error: --output: {}", dir, error.message()));
}

}  // namespace cli

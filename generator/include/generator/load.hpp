// SPDX-License-Identifier: Apache-2.0
/// YAML text → valid Config, or Design.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "generator/config.hpp"
#include "generator/design.hpp"

namespace generator {

/// `-P key.path=value`; the value is read as YAML.
struct Override {
    std::string path;
    std::string value;
};

/// Parses, validates and fills defaults. Throws Error with every finding, not just the first.
/// `file` is used in messages only. Refuses aliases' expansion beyond a small budget, nesting
/// deeper than the schema, files over 1 MiB.
Config load_config(std::string_view text, const std::string& file,
                   const std::vector<Override>& overrides = {});

/// Reads the file (an unreadable one is an Error; `-`: standard input) and loads it.
Config load_config_file(const std::string& path, const std::vector<Override>& overrides = {});

/// The same, and elaborated: also a limit that only derived numbers break becomes a finding with
/// file, line and column of the key (or section) that decides.
/// `rule`: what a command asks of a design beside; a KeyError of it becomes a finding, too.
using DesignRule = std::function<void(const Design&)>;
Design load_design(std::string_view text, const std::string& file,
                   const std::vector<Override>& overrides = {}, const DesignRule& rule = {});
Design load_design_file(const std::string& path, const std::vector<Override>& overrides = {},
                        const DesignRule& rule = {});

/// What is wrong with the path of a key before its scheme is known: a section, or nobody's key
/// (with the nearest one). Empty: nothing.
std::string path_complaint(std::string_view path);

/// `adc.step: fit`, for the commands that find the step by calibration: true if that is what the
/// file or the last override says. The overrides then set the step to 1, so that the rest loads.
bool wants_step_fit(const std::string& path, std::vector<Override>& overrides);

/// The config as complete YAML: every key, `auto` where the config has it unless `resolved` gives a
/// number for that path. Loading the result gives the same Config.
std::string to_yaml(const Config& config, const std::vector<Override>& resolved = {});

/// JSON schema (draft 2020-12) of a config file, made from the same key tables.
std::string json_schema();

}  // namespace generator

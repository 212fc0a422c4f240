// SPDX-License-Identifier: Apache-2.0
/// The steps of `load_config`, private to the library: tree -> entries -> values -> Config.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "generator/config.hpp"
#include "generator/keys.hpp"
#include "generator/load.hpp"
#include "generator/scheme.hpp"
#include "generator/yaml_tree.hpp"

namespace generator {

/// Where something stands: in the file (line from 1), or in an override (line 0).
struct Position {
    int line = 1;
    int column = 1;
    auto operator<=>(const Position&) const = default;
};
inline constexpr Position in_override{0, 0};

Position position_of(const YamlNode& node);

/// One key of the file or of an override.
struct Entry {
    Position key;
    YamlNode value;
    Position value_position;  ///< of the key if the value is empty
};

/// All that was read, by key path, and all that is wrong so far.
class Loading {
  public:
    explicit Loading(std::string file) : file_(std::move(file)) {}

    std::map<std::string, Entry, std::less<>> entries;
    std::map<std::string, Position, std::less<>> sections;   ///< position of each section's key
    std::map<std::string, Position, std::less<>> positions;  ///< of values, also within one value
    std::set<std::string, std::less<>> broken;               ///< paths that have an error already

    void error(Position at, std::string_view path, std::string message);
    /// At the value of `path`, else at its section, else at the start of the file.
    void error(std::string_view path, std::string message);
    /// Throws Error with all findings, in order of position, if there are any.
    void finish();

  private:
    std::string file_;
    std::vector<base::Diagnostic> findings_;
};

/// Takes the keys of the file apart; reports duplicates and what has no place to be a key.
void read_entries(const YamlNode& root, Loading& loading);
/// Puts each override in the place of the file's value.
void read_overrides(const std::vector<Override>& overrides, Loading& loading);
/// Reports entries that no key of the scheme explains. `scheme` may be null: then any scheme's.
void check_known(const SchemeKeys* scheme, Loading& loading);
/// Reads every key in `keys` that is well-formed; fills fixed defaults; reports the rest.
Values read_values(const std::vector<const KeySpec*>& keys, Loading& loading);
/// Fills derived defaults and reports what breaks a rule between keys.
void check_rules(const SchemeKeys& scheme, Values& values, Loading& loading);
/// Plain data of complete values.
Config make_config(const SchemeKeys& scheme, const Values& values);

}  // namespace generator

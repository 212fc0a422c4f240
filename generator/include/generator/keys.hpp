// SPDX-License-Identifier: Apache-2.0
/// The one table of config keys: it validates, gives the defaults, prints the JSON schema and the
/// README's config reference. A scheme adds its own keys with the same struct.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "generator/config.hpp"

namespace generator {

/// How a key's value is written.
enum class KeyKind {
    integer,          ///< min..max
    integer_or_auto,  ///< min..max or the word `auto`
    boolean,
    choice,         ///< one of `choices`
    rational,       ///< positive integer or "p/q", p and q 1..65535
    name,           ///< [a-z][a-z0-9_]* of min..max characters, no keyword, no block name
    choice_or_map,  ///< one of `choices`, or a map with all of `fields`
    decimal,        ///< 0 … `most`, taken to the nearest multiple of 2^-`fraction_bits`
};

/// An entry of a map that a key takes: one integer, or a list of them.
struct FieldSpec {
    std::string_view name;
    std::vector<std::int64_t> choices = {};  ///< a single integer: one of these
    std::size_t count = 0;                   ///< of a list; 0: a single integer
    std::int64_t min = 0, max = 0;           ///< of each in a list
    bool descending = false;                 ///< ... distinct, each less than the one before
    std::string_view noun = {};              ///< what a list's integers are: "positions"
    std::string_view order = {};             ///< "the most significant first"
};

/// A choice, or the integers of a map's entries.
struct ChoiceOrMap {
    struct Field {
        std::string name;
        std::vector<std::int64_t> values;  ///< of a single integer: one
        bool is_list = false;
    };
    std::string choice;         ///< empty: a map
    std::vector<Field> fields;  ///< in the order of KeySpec::fields

    /// The values of an entry; empty if there is none of that name.
    std::vector<std::int64_t> values(std::string_view name) const;
};

/// units / 2^fraction_bits.
struct Decimal {
    std::int64_t units = 0;
    int fraction_bits = 0;
};

struct AutoValue {};
using Value =
    std::variant<bool, std::int64_t, std::string, Rational, ChoiceOrMap, AutoValue, Decimal>;

struct KeySpec {
    std::string_view path;  ///< dotted: section.key
    KeyKind kind = KeyKind::integer;
    std::int64_t min = 0;
    std::int64_t max = 0;
    std::vector<std::string_view> choices;
    std::optional<Value> fallback;  ///< default; none = required, unless `derived` is set
    std::string_view derived = {};  ///< how a missing key's default follows from others ("rows",
                                    ///< "planes"); then fallback is empty and the key is optional
    std::string_view doc;           ///< one line, with the unit
    std::vector<FieldSpec> fields = {};  ///< of choice_or_map
    std::string_view form = {};          ///< ... how such a map is written
    std::string_view most = {};          ///< of decimal: the greatest value, in plain digits
    int fraction_bits = 0;               ///< ... of the value that is taken
};

/// Values by key path: present keys and fixed defaults; derived defaults are absent until filled.
using Values = std::map<std::string, Value, std::less<>>;

/// The value at `path` if it is there and of type T, else null.
template <class T>
const T* find_value(const Values& values, std::string_view path) {
    const auto it = values.find(path);
    return it == values.end() ? nullptr : std::get_if<T>(&it->second);
}

/// Keys that every scheme takes, in the same form.
std::span<const KeySpec> common_keys();

/// Keys that several schemes list, defined once; `min` is the least width that the scheme allows.
KeySpec adc_bits_key();
KeySpec adc_step_key();
KeySpec adc_integer_step_key();
KeySpec input_bits_key(std::int64_t min = 1);
KeySpec weight_bits_key(std::int64_t min = 1);

/// What a value of this key has to be, in words: "an integer from 1 to 1024".
std::string expected_text(const KeySpec& spec);

/// Why `name` may not name a design (a keyword, a block, ...); empty if it may.
std::string reserved_name_reason(std::string_view name);
/// All names that `reserved_name_reason` refuses, sorted; derived ones (`<name>_array`) excluded.
std::vector<std::string_view> reserved_names();

}  // namespace generator

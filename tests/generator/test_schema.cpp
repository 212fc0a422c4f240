// SPDX-License-Identifier: Apache-2.0
/// Rationale: the schema is made from the same tables as the loader; an editor that uses it must
/// say the same as the loader. A small evaluator of the keywords that the schema uses (an unknown
/// one fails the test) checks that every good config passes and that every bad config whose fault
/// one key shows by itself is refused. Rules between keys, YAML's syntax and duplicates are beyond
/// a JSON schema; those bad configs are listed.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "generator/scheme.hpp"
#include "support.hpp"
#include "yaml_json.hpp"

namespace {

using namespace support;
using Json = nlohmann::json;

class Evaluator {
  public:
    explicit Evaluator(Json schema) : root_(std::move(schema)) {}

    bool accepts(const Json& value) const { return accepts(root_, value); }

  private:
    bool accepts(const Json& schema, const Json& value) const {
        bool good = true;
        for (const auto& [keyword, argument] : schema.items()) {
            good &= keyword_holds(keyword, argument, schema, value);
        }
        return good;
    }

    bool keyword_holds(const std::string& keyword, const Json& argument, const Json& schema,
                       const Json& value) const {
        static const std::set<std::string> words = {"$schema", "title", "description",
                                                    "default", "$defs", "then"};
        if (words.contains(keyword)) return true;
        if (keyword == "type") return has_type(argument, value);
        if (keyword == "enum")
            return std::find(argument.begin(), argument.end(), value) != argument.end();
        if (keyword == "const") return value == argument;
        if (keyword == "minimum") return !value.is_number() || value >= argument;
        if (keyword == "maximum") return !value.is_number() || value <= argument;
        if (keyword == "pattern") return matches(argument, value);
        if (keyword == "maxLength")
            return !value.is_string() || value.get<std::string>().size() <= argument;
        if (keyword == "not") return !accepts(argument, value);
        if (keyword == "$ref")
            return accepts(root_.at(Json::json_pointer(argument.get<std::string>().substr(1))),
                           value);
        if (keyword == "if") return !accepts(argument, value) || accepts(schema.at("then"), value);
        if (keyword == "anyOf" || keyword == "allOf") return combined(keyword, argument, value);
        if (value.is_array()) return array_holds(keyword, argument, value);
        if (value.is_object()) return object_holds(keyword, argument, schema, value);
        return known(keyword);
    }

    static bool known(const std::string& keyword) {
        static const std::set<std::string> words = {"items",
                                                    "minItems",
                                                    "maxItems",
                                                    "uniqueItems",
                                                    "required",
                                                    "properties",
                                                    "additionalProperties"};
        INFO("keyword " << keyword);
        REQUIRE(words.contains(keyword));
        return true;
    }

    static bool has_type(const std::string& type, const Json& value) {
        if (type == "integer") return value.is_number_integer();
        return value.type_name() == type;
    }

    static bool matches(const std::string& pattern, const Json& value) {
        return !value.is_string() ||
               std::regex_search(value.get<std::string>(), std::regex(pattern));
    }

    bool combined(const std::string& keyword, const Json& list, const Json& value) const {
        const auto count = std::count_if(list.begin(), list.end(),
                                         [&](const Json& s) { return accepts(s, value); });
        return keyword == "anyOf" ? count > 0 : count == static_cast<std::ptrdiff_t>(list.size());
    }

    bool array_holds(const std::string& keyword, const Json& argument, const Json& value) const {
        if (keyword == "minItems") return value.size() >= argument.get<std::size_t>();
        if (keyword == "maxItems") return value.size() <= argument.get<std::size_t>();
        if (keyword == "uniqueItems")
            return std::set<Json>(value.begin(), value.end()).size() == value.size();
        if (keyword != "items") return known(keyword);
        return std::all_of(value.begin(), value.end(),
                           [&](const Json& item) { return accepts(argument, item); });
    }

    bool object_holds(const std::string& keyword, const Json& argument, const Json& schema,
                      const Json& value) const {
        if (keyword == "required") {
            return std::all_of(argument.begin(), argument.end(), [&](const Json& key) {
                return value.contains(key.get<std::string>());
            });
        }
        if (keyword != "properties" && keyword != "additionalProperties") return known(keyword);
        const Json& properties = schema.at("properties");
        bool good = true;
        for (const auto& [key, item] : value.items()) {
            const bool listed = properties.contains(key);
            if (keyword == "properties" && listed) good &= accepts(properties.at(key), item);
            if (keyword == "additionalProperties" && !listed) good &= argument.get<bool>();
        }
        return good;
    }

    Json root_;
};

const Evaluator& evaluator() {
    static const Evaluator e(Json::parse(generator::json_schema()));
    return e;
}

/// Bad configs that a JSON schema cannot refuse, by the beginning of their names.
bool beyond_schema(const std::string& name) {
    static const std::vector<std::string> beginnings = {
        // not YAML, or bounds of its form
        "alias", "control", "deep", "empty", "not_", "nul_", "tab", "too_many", "two_", "utf16",
        "merge", "key_is", "override", "duplicate", "many", "integer_escape", "name_newline",
        "integer_tagged",
        // YAML that core-schema readers turn into a right value
        "integer_octal", "integer_plus", "pattern_duplicate",
        // rules between keys
        "active_rows", "share_not", "share_planes", "share_conventional", "stream_", "cells",
        "adc_auto", "bfp_mantissa_above", "column_cell_bits", "column_dac_bits", "column_share",
        "pattern_ascending", "pattern_top", "rational_fraction_above", "analog_ir_drop",
        // a decimal beyond what a double tells apart
        "analog_noise_above",
        // derived numbers
        "output_product", "register_bits", "sums_",
        // a key of one section against another's
        "output_threshold"};
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](const std::string& b) { return name.rfind(b, 0) == 0; });
}

TEST_CASE("the schema accepts what the loader accepts") {
    for (const fs::path& path : files_of(CIMRTL_CONFIG_DIR, ".yaml")) {
        INFO(path);
        CHECK(evaluator().accepts(to_json(YAML::LoadFile(path))));
    }
    for (const auto& scheme : generator::schemes()) {
        const std::string text = smallest_text(*scheme);
        CHECK(evaluator().accepts(to_json(YAML::Load(text))));
        // Every key written out, fixed and derived defaults included.
        const std::string full = generator::to_yaml(generator::load_config(text, "f"));
        CHECK(evaluator().accepts(to_json(YAML::Load(full))));
    }
    const std::string explicit_pattern = "zebra:\n  pattern: {base: [7, 4, 1, 0], ratio: 1}\n";
    CHECK(evaluator().accepts(to_json(YAML::Load(zebra_text + explicit_pattern))));
}

TEST_CASE("the schema refuses what the loader refuses") {
    int refused = 0;
    for (const fs::path& path : files_of(fs::path(CIMRTL_TEST_DIR) / "bad_configs", ".yaml")) {
        if (beyond_schema(path.stem())) continue;
        INFO(path);
        CHECK_FALSE(evaluator().accepts(to_json(YAML::LoadFile(path))));
        ++refused;
    }
    CHECK(refused > 60);
}

TEST_CASE("the schema names every key, its default and its words") {
    const Json schema = Json::parse(generator::json_schema());
    CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
    for (const auto& scheme : generator::schemes()) {
        for (const generator::KeySpec* key : generator::keys_of(*scheme)) {
            std::string pointer = fmt::format("/$defs/{}/properties/{}", scheme->name(), key->path);
            const auto dot = pointer.find('.');
            if (dot != std::string::npos) pointer.replace(dot, 1, "/properties/");
            INFO(pointer);
            REQUIRE(schema.contains(Json::json_pointer(pointer)));
            const Json& entry = schema.at(Json::json_pointer(pointer));
            CHECK((entry.contains("description") || key->path == "scheme"));
            CHECK(entry.contains("default") == key->fallback.has_value());
        }
    }
}

}  // namespace

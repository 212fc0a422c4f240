// SPDX-License-Identifier: Apache-2.0
/// The JSON schema of a config file, made from the key tables.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "decimal.hpp"
#include "generator/load.hpp"
#include "generator/scheme.hpp"

namespace generator {

namespace {

using Json = nlohmann::ordered_json;

Json integer_schema(const KeySpec& spec) {
    return {{"type", "integer"}, {"minimum", spec.min}, {"maximum", spec.max}};
}

Json rational_schema(const KeySpec& spec) {
    const Json ratio = {{"type", "string"}, {"pattern", "^[1-9][0-9]{0,4}/[1-9][0-9]{0,4}$"}};
    return {{"anyOf", {integer_schema(spec), ratio}}};
}

Json name_schema(const KeySpec& spec) {
    return {{"type", "string"},
            {"pattern", "^[a-z][a-z0-9_]*$"},
            {"maxLength", spec.max},
            {"not", {{"enum", reserved_names()}}}};
}

Json field_schema(const FieldSpec& field) {
    if (field.count == 0) return {{"enum", field.choices}};
    const Json item = {{"type", "integer"}, {"minimum", field.min}, {"maximum", field.max}};
    Json list = {
        {"type", "array"}, {"items", item}, {"minItems", field.count}, {"maxItems", field.count}};
    if (field.descending) list["uniqueItems"] = true;
    return list;
}

Json choice_or_map_schema(const KeySpec& spec) {
    Json map = {{"type", "object"},
                {"properties", Json::object()},
                {"required", Json::array()},
                {"additionalProperties", false}};
    for (const FieldSpec& field : spec.fields) {
        map["properties"][std::string(field.name)] = field_schema(field);
        map["required"].push_back(field.name);
    }
    return {{"anyOf", {{{"enum", spec.choices}}, map}}};
}

/// A number as it is written.
Json number_json(std::string_view digits) { return Json::parse(digits); }

Json kind_schema(const KeySpec& spec) {
    switch (spec.kind) {
        case KeyKind::integer:
            return integer_schema(spec);
        case KeyKind::integer_or_auto:
            return {{"anyOf", {integer_schema(spec), {{"const", "auto"}}}}};
        case KeyKind::boolean:
            return {{"type", "boolean"}};
        case KeyKind::choice:
            return {{"enum", spec.choices}};
        case KeyKind::rational:
            return rational_schema(spec);
        case KeyKind::name:
            return name_schema(spec);
        case KeyKind::decimal:
            return {{"type", "number"}, {"minimum", 0}, {"maximum", number_json(spec.most)}};
        case KeyKind::choice_or_map:
            return choice_or_map_schema(spec);
    }
    return {};
}

Json default_json(const Value& value) {
    if (const auto* b = std::get_if<bool>(&value)) return *b;
    if (const auto* i = std::get_if<std::int64_t>(&value)) return *i;
    if (const auto* s = std::get_if<std::string>(&value)) return *s;
    if (const auto* r = std::get_if<Rational>(&value)) return r->num;
    if (const auto* p = std::get_if<ChoiceOrMap>(&value)) return p->choice;
    if (const auto* d = std::get_if<Decimal>(&value))
        return number_json(decimal_text(d->units, d->fraction_bits));
    return "auto";
}

Json key_schema(const KeySpec& spec) {
    Json schema = kind_schema(spec);
    schema["description"] = spec.doc;
    if (spec.fallback) schema["default"] = default_json(*spec.fallback);
    return schema;
}

bool is_required(const KeySpec& spec) { return !spec.fallback && spec.derived.empty(); }

Json closed_object() {
    return {{"type", "object"},
            {"properties", Json::object()},
            {"required", Json::array()},
            {"additionalProperties", false}};
}

/// All keys of one scheme as nested objects; a section with a required key is required.
Json scheme_schema(const SchemeKeys& scheme) {
    Json root = closed_object();
    root["description"] = scheme.summary();
    for (const KeySpec* spec : keys_of(scheme)) {
        Json* object = &root;
        std::string key(spec->path);
        if (const auto dot = key.find('.'); dot != std::string::npos) {
            const std::string section = key.substr(0, dot);
            key = key.substr(dot + 1);
            if (!root["properties"].contains(section)) {
                root["properties"][section] = closed_object();
            }
            object = &root["properties"][section];
            if (is_required(*spec) && (*object)["required"].empty()) {
                root["required"].push_back(section);
            }
        }
        (*object)["properties"][key] =
            spec->path == "scheme" ? Json{{"const", scheme.name()}} : key_schema(*spec);
        if (is_required(*spec)) (*object)["required"].push_back(key);
    }
    return root;
}

}  // namespace

std::string json_schema() {
    Json names = Json::array();
    Json choices = Json::array();
    Json definitions = Json::object();
    for (const auto& scheme : schemes()) {
        const std::string name(scheme->name());
        names.push_back(name);
        definitions[name] = scheme_schema(*scheme);
        choices.push_back({{"if", {{"properties", {{"scheme", {{"const", name}}}}}}},
                           {"then", {{"$ref", fmt::format("#/$defs/{}", name)}}}});
    }
    const Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                         {"title", "cimrtl configuration"},
                         {"type", "object"},
                         {"properties", {{"scheme", {{"enum", names}}}}},
                         {"required", {"scheme"}},
                         {"allOf", choices},
                         {"$defs", definitions}};
    return schema.dump(2) + "\n";
}

}  // namespace generator

// SPDX-License-Identifier: Apache-2.0
#include "study_keys.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "study/columns.hpp"
#include "study/study_file.hpp"

namespace study {

namespace {

constexpr StudyKey key_table[] = {
    {"study", "title", Form::text, false, "", "heading of the report"},
    {"study", "notes", Form::texts, false, "", "lines below the table"},
    {"study", "data", Form::map_or_list, false, "data",
     "the layer, or several: every row on each; left out: --weights and --inputs"},
    {"study", "base", Form::settings, false, "", "config keys of all rows"},
    {"study", "network", Form::map, false, "network", "an ONNX network in a layer's place"},
    {"study", "explore", Form::map, false, "explore", "what `cimrtl explore` looks for"},
    {"study", "groups", Form::list, true, "group", "rows under a heading"},
    {"study", "columns", Form::columns, false, "", "what the table shows"},
    {"study", "plots", Form::list, false, "plot", "pictures of the HTML page"},
    {"study", "blocks", Form::texts, false, "",
     "labels of the rows whose area is shown by block; [all]"},
    {"data", "name", Form::text, false, "", "shown where there are several"},
    {"data", "weights", Form::path, true, "", "(K, M), .npy of floats or integers"},
    {"data", "inputs", Form::path, true, "", "(V, K)"},
    {"data", "vectors", Form::count, false, "", "the first inputs only"},
    {"data", "operands", Form::paths, false, "", "further tensors of `cimrtl run`, by name"},
    {"network", "model", Form::path, true, "", "ONNX"},
    {"network", "data", Form::path, true, "", "images, as `cimrtl net` takes them"},
    {"network", "labels", Form::path, true, "", "their classes"},
    {"network", "chips", Form::count, false, "", "seeds of a row whose array is not ideal"},
    {"network", "requantize", Form::boolean, false, "",
     "new integers where the model's do not fit a macro"},
    {"network", "digital", Form::texts, false, "", "layers that stay in float32"},
    {"explore", "objectives", Form::objectives, true, "",
     "columns, each with min or max: the Pareto front of these"},
    {"explore", "constraints", Form::constraints, false, "", "such as `sqnr >= 30`"},
    {"explore", "method", Form::method, false, "",
     "grid: every point (the default); random; nsga2"},
    {"explore", "runs", Form::count, false, "", "points measured by random and nsga2"},
    {"explore", "seed", Form::count, false, "", "of random and nsga2 (1)"},
    {"explore", "population", Form::count, false, "",
     "of nsga2 (a fifth of the runs, from 4 to 24)"},
    {"range", "from", Form::number, true, "", "the first value"},
    {"range", "to", Form::number, true, "", "no value is above it"},
    {"range", "step", Form::number, false, "", "from one value to the next"},
    {"range", "times", Form::count, false, "", "a factor in the place of a step"},
    {"group", "heading", Form::text, false, "", "a line of the table above the rows"},
    {"group", "label", Form::text, false, "", "of a row; {key} is that setting's value"},
    {"group", "series", Form::text, false, "", "rows of one colour in a plot; {key} as in label"},
    {"group", "config", Form::path, false, "", "a config file that the settings change"},
    {"group", "set", Form::settings, false, "", "config keys; `fit`: what the data asks for"},
    {"group", "axes", Form::axes, false, "",
     "config keys with lists of values, or ranges: a row for every combination, the last axis "
     "fastest"},
    {"group", "when", Form::conditions, false, "",
     "rows of which one does not hold are left out: `adc.share <= array.rows`"},
    {"group", "quantize", Form::map, false, "quantize", "how float tensors become integers"},
    {"group", "rtl", Form::boolean, false, "", "false: golden alone"},
    {"group", "synth", Form::boolean, false, "", "false: no cells, no area, no netlist"},
    {"group", "netlist", Form::boolean, false, "", "false: the netlist is not simulated"},
    {"group", "rows", Form::list, false, "group",
     "rows that differ; each takes the group's keys and changes them"},
    {"quantize", "as", Form::settings, false, "", "config keys that differ while quantizing"},
    {"quantize", "integers", Form::boolean, false, "", "integer tensors are scaled and coded, too"},
    {"quantize", "per_output", Form::boolean, false, "", "a weight scale for each output"},
    {"quantize", "one_alpha", Form::boolean, false, "", "column_quant: one ADC step"},
    {"plot", "x", Form::column, true, "", ""},
    {"plot", "y", Form::column, true, "", ""},
    {"plot", "title", Form::text, false, "", ""},
    {"plot", "join", Form::boolean, false, "", "a line through the marks of a series"},
};

using Json = nlohmann::ordered_json;

Json column_schema() {
    Json names = Json::array();
    for (const Column& c : columns()) names.push_back(c.name);
    return {{"anyOf", {{{"enum", names}}, {{"type", "string"}, {"pattern", "^stat\\..+$"}}}}};
}

Json array_of(const Json& items) { return {{"type", "array"}, {"items", items}, {"minItems", 1}}; }

Json object_of(const Json& values) {
    return {{"type", "object"}, {"additionalProperties", values}};
}

/// Of a dotted key, or in a section: a list or a range.
Json axes_schema() {
    const Json list = array_of(Json::object()), range = {{"$ref", "#/$defs/range"}};
    const Json section = object_of({{"anyOf", {list, range}}});
    return object_of({{"anyOf", {list, range, section}}});
}

Json form_schema(const StudyKey& key) {
    Json text = {{"type", "string"}};
    Json inner = {{"$ref", "#/$defs/" + std::string(key.inner)}};
    switch (key.form) {
        case Form::text:
        case Form::path:
            return text;
        case Form::count:
            return {{"type", "integer"}, {"minimum", 1}};
        case Form::boolean:
            return {{"type", "boolean"}};
        case Form::texts:
            return array_of(text);
        case Form::column:
            return column_schema();
        case Form::columns:
            return array_of(column_schema());
        case Form::settings:
            return {{"type", "object"}};
        case Form::axes:
            return axes_schema();
        case Form::number:
            return {{"type", "number"}};
        case Form::conditions:
        case Form::constraints:
            return array_of({{"type", "string"}, {"pattern", "(<=|>=|==|!=|<|>)"}});
        case Form::objectives:
            return {{"type", "object"},
                    {"propertyNames", column_schema()},
                    {"additionalProperties", {{"enum", {"min", "max"}}}},
                    {"minProperties", 1}};
        case Form::method:
            return {{"enum", {"grid", "random", "nsga2"}}};
        case Form::paths:
            return object_of(text);
        case Form::map:
            return inner;
        case Form::list:
            return array_of(inner);
        case Form::map_or_list:
            return {{"anyOf", {inner, array_of(inner)}}};
    }
    return {};
}

Json section_schema(std::string_view section) {
    Json schema = {{"type", "object"},
                   {"properties", Json::object()},
                   {"required", Json::array()},
                   {"additionalProperties", false}};
    for (const StudyKey& key : key_table) {
        if (key.section != section) continue;
        Json form = form_schema(key);
        if (!key.doc.empty()) form["description"] = key.doc;
        schema["properties"][std::string(key.name)] = form;
        if (key.required) schema["required"].push_back(key.name);
    }
    return schema;
}

}  // namespace

std::span<const StudyKey> study_keys() { return key_table; }

std::string study_schema() {
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"title", "cimrtl study"}};
    schema.update(section_schema("study"));
    for (const char* section :
         {"data", "network", "explore", "range", "group", "quantize", "plot"}) {
        schema["$defs"][section] = section_schema(section);
    }
    return schema.dump(2) + "\n";
}

}  // namespace study

// SPDX-License-Identifier: Apache-2.0
#include "study/study_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "axis_values.hpp"
#include "base/error.hpp"
#include "generator/yaml_tree.hpp"
#include "search_reader.hpp"
#include "study_check.hpp"

namespace fs = std::filesystem;

namespace study {

namespace {

using generator::YamlNode;
using Kind = YamlNode::Kind;

/// Sections that hold keys; zebra.pattern may be a map and is a value, so only the first level is.
std::vector<Setting> read_settings(const YamlNode& node) {
    std::vector<Setting> settings;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        const YamlNode &key = node.children[i], &value = node.children[i + 1];
        if (value.kind != Kind::map || key.text.find('.') != std::string::npos) {
            settings.push_back({key.text, value_text(value), value.line, value.column});
            continue;
        }
        for (std::size_t k = 0; k + 1 < value.children.size(); k += 2) {
            const YamlNode& inner = value.children[k + 1];
            settings.push_back({key.text + "." + value.children[k].text, value_text(inner),
                                value.children[k].line, value.children[k].column});
        }
    }
    return settings;
}

using Combination = std::vector<Setting>;
constexpr std::size_t most_rows = 2000;

/// Each combination with each value of the axes after it, the last axis fastest; no more than
/// `most_rows` + 1.
std::vector<Combination> combinations(std::vector<Combination> all, const std::vector<Axis>& axes) {
    for (const Axis& axis : axes) {
        std::vector<Combination> longer;
        for (const Combination& before : all) {
            for (const Setting& value : axis.values) {
                if (longer.size() > most_rows) break;
                longer.push_back(before);
                longer.back().push_back(value);
            }
        }
        all = std::move(longer);
    }
    return all;
}

std::vector<Axis> read_axes(const YamlNode& node, const std::string& section = "") {
    std::vector<Axis> axes;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        const YamlNode &key = node.children[i], &value = node.children[i + 1];
        const std::string path = section + key.text;
        if (section.empty() && holds_axes(key, value)) {
            for (Axis& inner : read_axes(value, path + ".")) axes.push_back(std::move(inner));
        } else {
            axes.push_back({path, axis_values(path, value), key.line, key.column});
        }
    }
    return axes;
}

class Reader {
  public:
    Reader(const std::string& file, Multiply multiply, base::Findings& findings)
        : file_(file),
          folder_(fs::path(file).parent_path()),
          multiply_(multiply),
          findings_(findings) {}

    Study read(const YamlNode& root) {
        Study study;
        text(root, "title", study.title);
        texts(root, "notes", study.notes);
        texts(root, "blocks", study.blocks);
        if (const YamlNode* data = find_key(root, "data")) {
            if (data->kind == Kind::map) study.data.push_back(layer(*data));
            for (const YamlNode& one : data->kind == Kind::list ? data->children : none) {
                study.data.push_back(layer(one));
            }
        }
        for (const YamlNode& name : children(root, "columns")) {
            study.columns.push_back(*find_column(name.text));
        }
        for (const YamlNode& plot : children(root, "plots")) study.plots.push_back(read_plot(plot));
        RowSpec base{.file = file_};
        if (const YamlNode* keys = find_key(root, "base")) base.settings = read_settings(*keys);
        for (const YamlNode& group : children(root, "groups")) {
            RowSpec spec = base;
            spec.line = group.line;
            spec.column = group.column;
            families(group, {spec, {}, {}}, study.families);
            if (multiply_ == Multiply::yes) rows(group, {spec, {}, {}}, {{}}, study.rows);
        }
        for (const Family& family : study.families) {
            check_axes(family, file_, findings_);
            check_when(family, file_, findings_);
        }
        if (const YamlNode* net = find_key(root, "network")) {
            study.network = network(*net);
            if (!study.data.empty())
                findings_.add({file_, net->line, net->column, "network",
                               "found a network beside data; expected one of them"});
        }
        if (const YamlNode* search = find_key(root, "explore"))
            study.search = read_search(*search, file_, findings_);
        return study;
    }

  private:
    inline static const std::vector<YamlNode> none;

    static const std::vector<YamlNode>& children(const YamlNode& map, std::string_view key) {
        const YamlNode* node = find_key(map, key);
        return node ? node->children : none;
    }
    static void text(const YamlNode& map, std::string_view key, std::string& value) {
        if (const YamlNode* node = find_key(map, key)) value = node->text;
    }
    static void flag(const YamlNode& map, std::string_view key, bool& value) {
        if (const YamlNode* node = find_key(map, key)) value = node->text == "true";
    }
    static void texts(const YamlNode& map, std::string_view key, std::vector<std::string>& all) {
        for (const YamlNode& node : children(map, key)) all.push_back(node.text);
    }

    std::string path(const std::string& name) const { return (folder_ / name).string(); }

    /// The path of a file, noted with its place.
    std::string file(const YamlNode& node, const std::string& key,
                     std::vector<SaidFile>& said) const {
        said.push_back({key, path(node.text), node.line, node.column});
        return said.back().path;
    }

    LayerFiles layer(const YamlNode& node) const {
        LayerFiles files;
        text(node, "name", files.name);
        files.weights = file(*find_key(node, "weights"), "data.weights", files.said);
        files.inputs = file(*find_key(node, "inputs"), "data.inputs", files.said);
        if (const YamlNode* v = find_key(node, "vectors")) files.vectors = std::stoul(v->text);
        const auto& operands = children(node, "operands");
        for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
            const std::string& name = operands[i].text;
            files.operands[name] = file(operands[i + 1], "data.operands." + name, files.said);
        }
        return files;
    }

    NetworkFiles network(const YamlNode& node) const {
        NetworkFiles files;
        files.model = file(*find_key(node, "model"), "network.model", files.said);
        files.data = file(*find_key(node, "data"), "network.data", files.said);
        files.labels = file(*find_key(node, "labels"), "network.labels", files.said);
        if (const YamlNode* chips = find_key(node, "chips")) files.chips = std::stoul(chips->text);
        flag(node, "requantize", files.requantize);
        texts(node, "digital", files.digital);
        return files;
    }

    static Plot read_plot(const YamlNode& node) {
        Plot plot{*find_column(find_key(node, "x")->text),
                  *find_column(find_key(node, "y")->text),
                  {},
                  false};
        text(node, "title", plot.title);
        flag(node, "join", plot.join);
        return plot;
    }

    /// What a group, or a row in it, says of its rows.
    void apply(const YamlNode& node, RowSpec& spec) const {
        text(node, "heading", spec.heading);
        text(node, "label", spec.label);
        text(node, "series", spec.series);
        if (const YamlNode* config = find_key(node, "config")) spec.config = path(config->text);
        if (const YamlNode* keys = find_key(node, "set")) {
            for (const Setting& s : read_settings(*keys)) spec.settings.push_back(s);
        }
        flag(node, "rtl", spec.engines.rtl);
        flag(node, "synth", spec.engines.synth);
        flag(node, "netlist", spec.engines.netlist);
        const YamlNode* q = find_key(node, "quantize");
        if (!q) return;
        flag(*q, "integers", spec.quantization.integers);
        flag(*q, "per_output", spec.quantization.options.per_output);
        flag(*q, "one_alpha", spec.quantization.options.one_alpha);
        if (const YamlNode* as = find_key(*q, "as")) spec.quantization.as = read_settings(*as);
    }

    /// What a group, or a row in it, adds to the family that it begins with; its axes are returned.
    std::vector<Axis> extend(const YamlNode& node, Family& family) const {
        apply(node, family.spec);
        family.spec.line = node.line;
        family.spec.column = node.column;
        for (const YamlNode& text : children(node, "when")) {
            Condition one = std::get<Condition>(parse_condition(text.text));
            one.line = text.line;
            one.column = text.column;
            family.when.push_back(one);
        }
        const YamlNode* own = find_key(node, "axes");
        return own ? read_axes(*own) : std::vector<Axis>();
    }

    void families(const YamlNode& node, Family family, std::vector<Family>& all) const {
        for (Axis& axis : extend(node, family)) family.axes.push_back(std::move(axis));
        const auto& inner = children(node, "rows");
        for (const YamlNode& row : inner) families(row, family, all);
        if (inner.empty()) all.push_back(std::move(family));
    }

    /// Axes of the group outside, of its rows inside; an axis counts over what is set.
    void rows(const YamlNode& node, Family family, std::vector<Combination> outer,
              std::vector<RowSpec>& all) {
        const std::vector<Combination> axes = combinations(std::move(outer), extend(node, family));
        if (all.size() + axes.size() > most_rows) {
            findings_.add({file_, node.line, node.column, "",
                           fmt::format("found more than {} rows; expected fewer", most_rows)});
            return;
        }
        const auto& inner = children(node, "rows");
        for (const Combination& settings : axes) {
            for (const YamlNode& row : inner) rows(row, family, {settings}, all);
            if (!inner.empty() || !holds(family.when, family.spec.settings, settings)) continue;
            all.push_back(family.spec);
            all.back().settings.insert(all.back().settings.end(), settings.begin(), settings.end());
        }
    }

    const std::string& file_;
    fs::path folder_;
    Multiply multiply_;
    base::Findings& findings_;
};

}  // namespace

bool holds(const std::vector<Condition>& when, const std::vector<Setting>& set,
           const std::vector<Setting>& axes) {
    const auto value = [&](const std::string& path) -> std::optional<std::string> {
        const Setting* found = find_setting(axes, path);
        if (!found) found = find_setting(set, path);
        return found ? std::optional(found->value) : std::nullopt;
    };
    return std::ranges::all_of(when, [&](const Condition& c) { return holds(c, value); });
}

void check_files(const Study& study, const std::string& file, base::Findings& findings) {
    for (const LayerFiles& layer : study.data) check_files(layer.said, file, findings);
    if (study.network) check_files(study.network->said, file, findings);
}

Study load_study(std::string_view text, const std::string& path, Multiply multiply) {
    base::Findings findings;
    YamlNode root;
    try {
        root = generator::parse_yaml(text);
    } catch (const generator::YamlError& e) {
        findings.add({path, e.line, e.column, "", e.message});
    }
    findings.finish();
    if (root.line == 0) root.line = root.column = 1;  // an empty file
    check_study(root, path, findings);
    findings.finish();
    Study study = Reader(path, multiply, findings).read(root);
    findings.finish();
    return study;
}

Study load_study_file(const std::string& path, Multiply multiply) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    if (in && in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
    if (in.bad() || text.bad() || !(in || in.eof()))
        throw base::Error(
            fmt::format("{}: error: cannot read the study file: {}", path, std::strerror(errno)));
    return load_study(text.str(), path, multiply);
}

}  // namespace study

// SPDX-License-Identifier: Apache-2.0
#include "study/study_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "base/error.hpp"
#include "generator/yaml_tree.hpp"
#include "study_check.hpp"

namespace fs = std::filesystem;

namespace study {

namespace {

using generator::YamlNode;
using Kind = YamlNode::Kind;

/// A value as YAML on one line, for the generator to read.
std::string value_text(const YamlNode& node) {
    if (node.kind == Kind::null) return "";
    if (node.kind == Kind::scalar) {
        if (node.plain) return node.tag.empty() ? node.text : node.tag + " " + node.text;
        std::string quoted = "\"";
        for (const char c : node.text)
            quoted += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
        return quoted + "\"";
    }
    const bool is_map = node.kind == Kind::map;
    std::string text = is_map ? "{" : "[";
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const bool is_value = is_map && i % 2 == 1;
        text += i == 0 ? "" : is_value ? ": " : ", ";
        text += value_text(node.children[i]);
    }
    return text + (is_map ? "}" : "]");
}

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
std::vector<Combination> combinations(std::vector<Combination> all, const YamlNode& axes) {
    for (std::size_t i = 0; i + 1 < axes.children.size(); i += 2) {
        std::vector<Combination> longer;
        for (const Combination& before : all) {
            for (const YamlNode& value : axes.children[i + 1].children) {
                if (longer.size() > most_rows) break;
                longer.push_back(before);
                longer.back().push_back(
                    {axes.children[i].text, value_text(value), value.line, value.column});
            }
        }
        all = std::move(longer);
    }
    return all;
}

class Reader {
  public:
    Reader(const std::string& file, base::Findings& findings)
        : file_(file), folder_(fs::path(file).parent_path()), findings_(findings) {}

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
            rows(group, spec, {Combination()}, study.rows);
        }
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

    LayerFiles layer(const YamlNode& node) const {
        LayerFiles files;
        text(node, "name", files.name);
        files.weights = path(find_key(node, "weights")->text);
        files.inputs = path(find_key(node, "inputs")->text);
        if (const YamlNode* v = find_key(node, "vectors")) files.vectors = std::stoul(v->text);
        const auto& operands = children(node, "operands");
        for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
            files.operands[operands[i].text] = path(operands[i + 1].text);
        }
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

    /// Axes of the group outside, of its rows inside; an axis counts over what is set.
    void rows(const YamlNode& node, RowSpec spec, std::vector<Combination> axes,
              std::vector<RowSpec>& all) {
        apply(node, spec);
        spec.line = node.line;
        spec.column = node.column;
        if (const YamlNode* own = find_key(node, "axes")) axes = combinations(axes, *own);
        if (all.size() + axes.size() > most_rows) {
            findings_.add({file_, node.line, node.column, "",
                           fmt::format("found more than {} rows; expected fewer", most_rows)});
            return;
        }
        const auto& inner = children(node, "rows");
        for (const Combination& settings : axes) {
            for (const YamlNode& row : inner) rows(row, spec, {settings}, all);
            if (!inner.empty()) continue;
            all.push_back(spec);
            all.back().settings.insert(all.back().settings.end(), settings.begin(), settings.end());
        }
    }

    const std::string& file_;
    fs::path folder_;
    base::Findings& findings_;
};

}  // namespace

Study load_study(std::string_view text, const std::string& path) {
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
    Study study = Reader(path, findings).read(root);
    findings.finish();
    return study;
}

Study load_study_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw base::Error(path + ": error: cannot read the study file");
    return load_study(text, path);
}

}  // namespace study

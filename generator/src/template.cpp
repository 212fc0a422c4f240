// SPDX-License-Identifier: Apache-2.0
#include "generator/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "generator/resources.hpp"

namespace generator {

namespace {

namespace mustache = kainjow::mustache;

/// Whether a line only begins or ends a section.
bool is_edge(std::string_view line) {
    const bool edge = line.starts_with("<%#") || line.starts_with("<%/");
    return edge && line.find("%>") == line.size() - 3;  // and the line end
}

/// SystemVerilog needs `{{` for itself; the library's own delimiters are changed in each template.
/// A section's edges lose their line ends (the library keeps that of a section that does not
/// appear); a blank line after them is then a value, or the library would take it for the edge's.
std::string with_delimiters(std::string_view path) {
    std::string text = "{{=<% %>=}}";
    bool after_edge = false;
    for (std::string_view rest = resource(path); !rest.empty();) {
        const std::string_view line =
            rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
        rest.remove_prefix(line.size());
        if (after_edge && line == "\n") {
            text += "<%line_end%>";
            continue;
        }
        after_edge = is_edge(line);
        text += after_edge ? line.substr(0, line.size() - 1) : line;
    }
    return text;
}

/// A partial's text: the line that names it ends its last one.
std::string partial_text(std::string_view path) {
    std::string text = with_delimiters(path);
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

/// Remembers tags that have no value: the library would render them as nothing.
class StrictContext : public mustache::context<std::string> {
  public:
    using context::context;
    const mustache::data* get(const std::string& name) const override {
        const mustache::data* found = context::get(name);
        if (!found) missing_.push_back(name);
        return found;
    }
    const mustache::data* get_partial(const std::string& name) const override {
        const mustache::data* found = context::get_partial(name);
        if (!found) missing_.push_back("> " + name);
        return found;
    }
    const std::vector<std::string>& missing() const { return missing_; }

  private:
    mutable std::vector<std::string> missing_;
};

mustache::data to_data(const TemplateValues& values) {
    mustache::data data;
    data.set("line_end", "\n");
    for (const auto& [name, value] : values.values) data.set(name, value);
    for (const auto& [name, rows] : values.sections) {
        mustache::data list{mustache::data::type::list};
        for (const auto& row : rows) {
            mustache::data item;
            item.set("", "");
            for (const auto& [field, value] : row) item.set(field, value);
            list.push_back(item);
        }
        data.set(name, list);
    }
    for (const auto& [name, path] : values.partials) {
        data.set(name, mustache::partial{[p = path] { return partial_text(p); }});
    }
    return data;
}

}  // namespace

std::string render_template(std::string_view path, const TemplateValues& values) {
    mustache::mustache engine{with_delimiters(path)};
    engine.set_custom_escape([](const std::string& s) { return s; });
    if (!engine.is_valid()) {
        throw base::Error(fmt::format("error: template {}: {}", path, engine.error_message()));
    }
    const mustache::data data = to_data(values);
    StrictContext context(&data);
    std::string text = engine.render(context);
    if (!context.missing().empty()) {
        throw base::Error(fmt::format("error: template {}: no value for tag `{}`", path,
                                      context.missing().front()));
    }
    return text;
}

}  // namespace generator

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

/// A line that only begins or ends a section, or names a partial (whose text ends a line itself),
/// without its line end: the library keeps that of a section that does not appear.
std::string_view without_line_end(std::string_view line) {
    std::string_view tag = line;
    if (tag.ends_with('\n')) tag.remove_suffix(1);
    const bool edge = tag.starts_with("<%#") || tag.starts_with("<%/") || tag.starts_with("<%>");
    return edge && tag.find("%>") == tag.size() - 2 ? tag : line;
}

/// SystemVerilog needs `{{` for itself; the library's own delimiters are changed in each template.
std::string with_delimiters(std::string_view path) {
    std::string text = "{{=<% %>=}}";
    for (std::string_view rest = resource(path); !rest.empty();) {
        const std::string_view line =
            rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
        text += without_line_end(line);
        rest.remove_prefix(line.size());
    }
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
    for (const auto& [name, value] : values.values) data.set(name, value);
    for (const auto& [name, rows] : values.sections) {
        mustache::data list{mustache::data::type::list};
        for (const auto& row : rows) {
            mustache::data item;
            item.set("", "");
            for (const auto& [key, value] : row) item.set(key, value);
            list.push_back(item);
        }
        data.set(name, list);
    }
    for (const auto& [name, path] : values.partials) {
        data.set(name, mustache::partial{[p = path] { return with_delimiters(p); }});
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

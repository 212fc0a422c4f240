#include "cimrtl/template.hpp"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "cimrtl/diagnostic.hpp"
#include "cimrtl/resources.hpp"

namespace cimrtl {

namespace {

namespace mustache = kainjow::mustache;

/// SystemVerilog needs `{{` for itself; the library's own delimiters are changed in each template.
std::string with_delimiters(std::string_view path) {
    return "{{=<% %>=}}" + std::string(resource(path));
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
        throw Error(fmt::format("error: template {}: {}", path, engine.error_message()));
    }
    const mustache::data data = to_data(values);
    StrictContext context(&data);
    std::string text = engine.render(context);
    if (!context.missing().empty()) {
        throw Error(fmt::format("error: template {}: no value for tag `{}`", path,
                                context.missing().front()));
    }
    return text;
}

}  // namespace cimrtl

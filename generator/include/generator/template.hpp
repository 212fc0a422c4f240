// SPDX-License-Identifier: Apache-2.0
/// Mustache templates with the delimiters <% %>, strict: a tag without a value is an error.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace generator {

/// What a template sees: plain values, sections (lists of further values; an empty list renders
/// nothing) and partials (other templates, by resource path).
struct TemplateValues {
    std::map<std::string, std::string> values;
    std::map<std::string, std::vector<std::map<std::string, std::string>>> sections;
    std::map<std::string, std::string> partials;
};

/// `path` is a resource below rtl_templates/. Throws Error naming template and tag.
std::string render_template(std::string_view path, const TemplateValues& values);

}  // namespace generator

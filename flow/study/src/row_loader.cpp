// SPDX-License-Identifier: Apache-2.0
#include "row_loader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/findings.hpp"
#include "base/wording.hpp"
#include "generator/load.hpp"

namespace study {

namespace {

bool related(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    return b.starts_with(a) && (a.size() == b.size() || b[a.size()] == '.');
}

}  // namespace

std::optional<generator::Design> Loader::load(const std::vector<Setting>& settings) {
    std::vector<generator::Override> overrides;
    for (const Setting& s : settings) {
        if (find_setting(settings, s.path) == &s) overrides.push_back({s.path, s.value});
    }
    try {
        if (!spec_.config.empty()) {
            return generator::load_design_file(spec_.config, overrides);
        }
        return generator::load_design("", spec_.file, overrides);
    } catch (const base::FindingsError& e) {
        for (const base::Diagnostic& d : e.findings()) {
            const Setting* s = d.line == 0 ? find_setting(settings, d.path) : nullptr;
            if (s && !s->word.empty())
                findings_.add(fmt::format("{}: error: {}: {}", s->word, d.path, d.message));
            else
                findings_.add(placed(d, settings));
        }
    } catch (const base::Error& e) {
        findings_.add(e.what());
    }
    return std::nullopt;
}

void Loader::error(const std::string& message) {
    if (spec_.file.empty()) {
        findings_.add(fmt::format("{}: error: {}", spec_.config, base::without_word(message)));
    } else {
        findings_.add({spec_.file, spec_.line, spec_.column, "", base::without_word(message)});
    }
}

base::Diagnostic Loader::placed(base::Diagnostic d, const std::vector<Setting>& settings) const {
    const bool of_config = !spec_.config.empty() && d.line > 0;
    if (of_config || spec_.file.empty()) return d;
    d.file = spec_.file;
    d.line = spec_.line;
    d.column = spec_.column;
    for (const Setting& s : settings) {
        if (!related(s.path, d.path) || s.line == 0) continue;
        d.line = s.line;
        d.column = s.column;
    }
    return d;
}

std::vector<Setting> named(const RowSpec& spec) {
    std::vector<Setting> settings = spec.settings;
    if (!spec.config.empty() || find_setting(settings, "name")) return settings;
    const auto value = [&](std::string_view path) {
        const Setting* s = find_setting(settings, path);
        return s ? s->value : std::string("any");
    };
    std::string name =
        fmt::format("{}_{}x{}", value("scheme"), value("array.rows"), value("array.outputs"));
    settings.push_back({"name", name, spec.line, spec.column});
    return settings;
}

std::string filled(const std::string& text, const RowSpec& spec, Loader& loader) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = std::min(text.find('{', at), text.size());
        result += text.substr(at, open - at);
        if (open == text.size()) break;
        const std::size_t close = text.find('}', open);
        const std::string path = close == text.npos ? "" : text.substr(open + 1, close - open - 1);
        const Setting* s = find_setting(spec.settings, path);
        if (!s) {
            loader.error(
                fmt::format("found {{{}}} in \"{}\"; expected {{key}} of a setting of the "
                            "row",
                            path, text));
            return result;
        }
        result += s->value;
        at = close + 1;
    }
    return result;
}

const Setting* find_setting(const std::vector<Setting>& settings, std::string_view path) {
    const Setting* found = nullptr;
    for (const Setting& s : settings) {
        if (s.path == path) found = &s;
    }
    return found;
}

}  // namespace study

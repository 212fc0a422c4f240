// SPDX-License-Identifier: Apache-2.0
/// Keys that the scheme does not take: another scheme's, or nobody's.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "generator/yaml_text.hpp"
#include "load_steps.hpp"

namespace generator {

namespace {

constexpr std::size_t compared_bytes = 64;

/// Levenshtein distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
        }
    }
    return row.back();
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('.') + 1); }

/// Every path that would be right: keys, and section names for a key of the first level.
std::vector<std::string_view> candidates(const SchemeKeys* scheme) {
    std::vector<std::string_view> paths;
    const auto add = [&](std::string_view path) {
        if (std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
    };
    for (const auto& s : schemes()) {
        if (scheme && s.get() != scheme) continue;
        for (const KeySpec* k : keys_of(*s)) {
            add(k->path);
            add(k->path.substr(0, std::min(k->path.find('.'), k->path.size())));
        }
    }
    return paths;
}

/// The nearest right path if it is near enough to be meant, else empty.
std::string_view nearest(std::string_view path, const std::vector<std::string_view>& paths) {
    const std::string_view shown = path.substr(0, compared_bytes);
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(2, last_part(shown).size() / 3) + 1;
    for (std::string_view p : paths) {
        const std::size_t whole = edit_distance(shown, p);
        // The right key in the wrong section is as near as one typing error.
        const std::size_t part = edit_distance(last_part(shown), last_part(p)) + 1;
        const std::size_t distance = std::min(whole, part);
        if (distance < best_distance) {
            best = p;
            best_distance = distance;
        }
    }
    return best;
}

/// The key of which `path` would be a part, or null.
const KeySpec* key_above(std::string_view path, const SchemeKeys* scheme) {
    for (const auto& s : schemes()) {
        if (scheme && s.get() != scheme) continue;
        for (const KeySpec* k : keys_of(*s)) {
            if (path.starts_with(k->path) && path.substr(k->path.size()).starts_with('.')) return k;
        }
    }
    return nullptr;
}

std::string unknown_message(std::string_view path, const SchemeKeys* scheme) {
    if (const KeySpec* whole = key_above(path, scheme)) {
        return fmt::format("found a part of {0}; expected all of it, -P '{0}=VALUE' with {1}",
                           whole->path, expected_text(*whole));
    }
    const std::vector<std::string_view> paths = candidates(scheme);
    std::string prefix(path.substr(0, path.rfind('.') + 1));
    const auto in_section = [&](std::string_view p) { return p.starts_with(prefix); };
    if (std::ranges::none_of(paths, in_section)) prefix.clear();
    std::vector<std::string_view> siblings;
    for (std::string_view p : paths) {
        const bool direct = p.find('.', prefix.size()) == std::string_view::npos;
        if (in_section(p) && direct) siblings.push_back(p.substr(prefix.size()));
    }
    std::string message =
        fmt::format("found an unknown key; expected one of {}", fmt::join(siblings, ", "));
    const std::string_view guess = nearest(path, paths);
    if (!guess.empty()) message += fmt::format(" (did you mean {}?)", guess);
    return message;
}

/// What is wrong with a key that `scheme` does not take; empty if nothing.
std::string complaint(std::string_view path, const SchemeKeys* scheme) {
    if (scheme && key_of(*scheme, path)) return "";
    std::vector<std::string_view> owners;
    for (const auto& s : schemes()) {
        if (key_of(*s, path)) owners.push_back(s->name());
    }
    if (!owners.empty() && !scheme) return "";
    if (!owners.empty()) {
        const std::string_view why = scheme->refusal(path);
        return fmt::format("found a key of scheme{} {}; expected no such key with scheme {}{}{}",
                           owners.size() > 1 ? "s" : "", fmt::join(owners, ", "), scheme->name(),
                           why.empty() ? "" : ": ", why);
    }
    return unknown_message(path, scheme);
}

}  // namespace

std::string path_complaint(std::string_view path) {
    std::vector<std::string_view> inner;
    for (std::string_view p : candidates(nullptr)) {
        if (p.starts_with(path) && p.substr(path.size()).starts_with('.'))
            inner.push_back(p.substr(path.size() + 1));
    }
    if (inner.empty()) return complaint(path, nullptr);
    return fmt::format("found a section; expected one of its keys: {}", fmt::join(inner, ", "));
}

void check_known(const SchemeKeys* scheme, Loading& loading) {
    for (const auto& [path, entry] : loading.entries) {
        const std::string message = complaint(path, scheme);
        if (!message.empty()) {
            loading.error(entry.key, path.empty() ? quote(path) : escape(path), message);
        }
    }
}

}  // namespace generator

// SPDX-License-Identifier: Apache-2.0
/// Writes docs/reference/config.md and cli.md from the tool's own tables: the keys of every scheme,
/// and what each command's --help prints. A test compares them with the pages in the repository.
///
///     reference_pages path/to/cimrtl FOLDER
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "generator/keys.hpp"
#include "generator/scheme.hpp"

namespace fs = std::filesystem;

namespace {

std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
}

std::string value_text(const generator::Value& value) {
    if (const auto* b = std::get_if<bool>(&value)) return *b ? "true" : "false";
    if (const auto* i = std::get_if<std::int64_t>(&value)) return fmt::to_string(*i);
    if (const auto* s = std::get_if<std::string>(&value)) return *s;
    if (const auto* r = std::get_if<generator::Rational>(&value))
        return r->den == 1 ? fmt::to_string(r->num) : fmt::format("{}/{}", r->num, r->den);
    if (const auto* m = std::get_if<generator::ChoiceOrMap>(&value)) return m->choice;
    if (const auto* d = std::get_if<generator::Decimal>(&value))
        return fmt::format("{}", std::ldexp(static_cast<double>(d->units), -d->fraction_bits));
    return "auto";
}

std::string default_text(const generator::KeySpec& key) {
    if (key.fallback) return value_text(*key.fallback);
    return key.derived.empty() ? "required" : std::string(key.derived);
}

/// One row: a key as some schemes take it.
struct Row {
    std::string path, value, fallback, doc;
    std::vector<std::string> schemes;
    bool same(const Row& r) const {
        return path == r.path && value == r.value && fallback == r.fallback && doc == r.doc;
    }
};

/// Rows in the order of the documentation; a key that schemes take differently has a row for each.
std::vector<Row> rows() {
    std::vector<Row> table;
    for (const auto& scheme : generator::schemes()) {
        auto at = table.begin();
        for (const generator::KeySpec* key : generator::keys_of(*scheme)) {
            Row row{std::string(key->path),
                    generator::expected_text(*key),
                    default_text(*key),
                    std::string(key->doc),
                    {}};
            auto found = std::ranges::find_if(table, [&](const Row& r) { return r.same(row); });
            if (found == table.end()) {
                const auto path = std::ranges::find(table, row.path, &Row::path);
                found = table.insert(path == table.end() ? at : path + 1, row);
            }
            found->schemes.emplace_back(scheme->name());
            at = found + 1;
        }
    }
    return table;
}

std::string config_page() {
    std::string text =
        "# Config reference\n\n"
        "Made from the tool's key table by `reference_pages`; a test compares this page with it. "
        "`cimrtl schema` prints the same\nas a JSON schema for editors. Ranges are inclusive. What "
        "a key does to the hardware: [the contract](../spec/contract.md) and the schemes'\n"
        "pages beside it.\n\n"
        "| key | value | default | schemes | what |\n|---|---|---|---|---|\n";
    for (const Row& row : rows()) {
        const std::string who = row.schemes.size() == generator::schemes().size()
                                    ? "all"
                                    : fmt::format("{}", fmt::join(row.schemes, ", "));
        text += fmt::format("| `{}` | {} | {} | {} | {} |\n", row.path, cell(row.value),
                            cell(row.fallback), who, cell(row.doc));
    }
    return text;
}

std::string help_of(const fs::path& tool, std::vector<std::string> words) {
    base::Command command;
    command.argv = {tool.string()};
    for (std::string& word : words) command.argv.push_back(std::move(word));
    command.argv.emplace_back("--help");
    const base::ProcessResult result = base::run_process(command);
    if (result.exit_code != 0) throw base::Error("error: --help failed:\n" + result.output);
    return result.output;
}

/// Names of the commands, from the list that the program's own help prints.
std::vector<std::string> commands(const std::string& help) {
    std::vector<std::string> names;
    bool inside = false;
    for (std::size_t at = 0; at < help.size();) {
        const auto end = std::min(help.find('\n', at), help.size());
        const std::string_view line(help.data() + at, end - at);
        at = end + 1;
        if (line.empty() || line[0] != ' ')
            inside = line.find("ubcommands") != line.npos || line.find("UBCOMMANDS") != line.npos;
        else if (inside && line.size() > 2 && line[2] != ' ')
            names.emplace_back(line.substr(2, line.find(' ', 2) - 2));
    }
    return names;
}

std::string cli_page(const fs::path& tool) {
    const std::string help = help_of(tool, {});
    std::string text =
        "# CLI reference\n\nWhat `--help` prints, made by `reference_pages`; a test compares this "
        "page with it.\n\n## cimrtl\n\n```text\n" +
        help + "```\n";
    for (const std::string& name : commands(help))
        text += fmt::format("\n## cimrtl {}\n\n```text\n{}```\n", name, help_of(tool, {name}));
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: reference_pages path/to/cimrtl FOLDER\n");
        return 2;
    }
    try {
        const fs::path folder = argv[2];
        base::write_together({{(folder / "config.md").string(), config_page()},
                              {(folder / "cli.md").string(), cli_page(argv[1])}});
        return 0;
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());
    }
    return 1;
}

// SPDX-License-Identifier: Apache-2.0
/// The map of the configuration port, as JSON, Markdown and a C header.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <optional>

#include "generator/render.hpp"
#include "generator/template.hpp"
#include "register_entries.hpp"
#include "render_parts.hpp"

namespace generator {

namespace {

constexpr std::uint32_t magic = 0x43494d31;  // "CIM1"

std::string_view wait_name(RegisterWait wait) {
    switch (wait) {
        case RegisterWait::vector:
            return "vector";
        case RegisterWait::tile:
            return "tile";
        case RegisterWait::none:
            return "nothing";
    }
    return "";
}

}  // namespace

std::vector<RegisterEntry> register_entries(const Design& d) {
    std::vector<RegisterEntry> list = {
        {"id_magic", 0, 1, 32, false, false, "0x43494d31, \"CIM1\""},
        {"id_config", 1, 1, 32, false, false, "first 32 bits of the config's SHA-256"},
    };
    for (std::size_t i = 0; i < d.registers.size(); ++i) {
        const auto& file = d.registers[i];
        const std::int64_t base = register_address(d, i, 0);
        list.push_back({file.name, base, file.entries, file.bits, file.is_signed,
                        file.access != RegisterAccess::read_only, file.doc,
                        std::string(wait_name(file.wait)), file.ring, file.reset});
        list.back().is_file = true;
        list.back().clears = file.access == RegisterAccess::clear;
        list.back().changes = file.access != RegisterAccess::read_write;
        if (file.scope != RegisterScope::bank) continue;
        const int banks = d.config.array.banks, per_bank = file.entries / banks;
        list.back().per_bank = per_bank;
        list.back().bank_stride = region_words(file) / banks;
        if (file.line == 0 || file.line == per_bank || file.line == file.line_stride) continue;
        list.back().per_group = file.line;
        list.back().group_stride = file.line_stride;
    }
    return list;
}

namespace {

std::string map_json(const Design& d) {
    nlohmann::ordered_json j;
    j["name"] = d.config.name;
    j["data_bits"] = d.port.data_bits;
    j["address_bits"] = d.port.addr_bits;
    for (const RegisterEntry& e : register_entries(d)) {
        nlohmann::ordered_json entry;
        entry["name"] = e.name;
        entry["address"] = e.address;
        entry["words"] = e.words;
        entry["bits"] = e.bits;
        entry["signed"] = e.is_signed;
        entry["access"] = e.writable ? "read-write" : "read-only";
        if (e.clears) entry["write"] = "one to clear";
        if (e.writable) entry["write_waits_for"] = e.waits;
        if (e.writable) entry["read_waits"] = e.read_waits;
        if (e.reset) entry["reset"] = *e.reset;
        if (e.per_bank > 0) entry["words_per_bank"] = e.per_bank;
        if (e.per_bank > 0) entry["bank_stride"] = e.bank_stride;
        if (e.per_group > 0) entry["words_per_group"] = e.per_group;
        if (e.per_group > 0) entry["group_stride"] = e.group_stride;
        entry["doc"] = e.doc;
        j["registers"].push_back(entry);
    }
    return j.dump(2) + "\n";
}

std::string map_markdown(const Design& d) {
    std::string text = fmt::format(
        "# Registers of {}\n\nConfiguration port: {}-bit words, {} address bits (word addresses).\n"
        "A write waits until the macro holds no vector, or drives and converts no tile, or for\n"
        "nothing, and holds back the next one meanwhile.\n\n"
        "| register | address | words | bits | access | write waits for | after reset | meaning |\n"
        "|---|---|---|---|---|---|---|---|\n",
        d.config.name, d.port.data_bits, d.port.addr_bits);
    for (const RegisterEntry& e : register_entries(d)) {
        std::string banks;
        if (e.per_bank > 0) banks += fmt::format(" + {:#x}·bank", e.bank_stride);
        if (e.per_group > 0) banks += fmt::format(" + {:#x}·group", e.group_stride);
        const int words = e.per_group > 0 ? e.per_group : e.per_bank > 0 ? e.per_bank : e.words;
        text += fmt::format("| {} | {:#x}{} | {} | {}{} | {} | {} | {} | {} |\n", e.name, e.address,
                            banks, words, e.bits, e.is_signed ? " signed" : "",
                            e.writable ? "read-write" : "read-only",
                            !e.writable    ? "-"
                            : e.read_waits ? e.waits + " (reads too)"
                                           : e.waits,
                            e.reset     ? std::to_string(*e.reset)
                            : e.is_file ? "undefined"
                                        : "-",
                            e.doc);
    }
    return text;
}

std::string upper(std::string s) {
    std::ranges::transform(s, s.begin(), [](unsigned char c) { return std::toupper(c); });
    return s;
}

std::string map_header(const Design& d) {
    const std::string prefix = upper(d.config.name);
    std::string text = fmt::format(
        "/* Registers of {} behind its configuration port; word addresses. Generated by cimrtl. */\n"
        "#ifndef {}_REGMAP_H\n#define {}_REGMAP_H\n\n#define {}_CFG_DATA_BITS {}\n"
        "#define {}_CFG_ADDR_BITS {}\n",
        d.config.name, prefix, prefix, prefix, d.port.data_bits, prefix, d.port.addr_bits);
    const auto define = [&](const std::string& name, const std::string& value) {
        text += fmt::format("#define {}_{} {}\n", prefix, name, value);
    };
    for (const RegisterEntry& e : register_entries(d)) {
        const std::string name = upper(e.name);
        text += fmt::format("\n/* {} ({} bits{}, {}) */\n", e.doc, e.bits,
                            e.is_signed ? ", signed" : "", e.writable ? "read-write" : "read-only");
        if (e.per_group > 0) {
            define(name + "_ADDR(bank, group, i)",
                   fmt::format("({:#x} + (bank) * {:#x} + (group) * {:#x} + (i))", e.address,
                               e.bank_stride, e.group_stride));
            define(name + "_GROUPS_PER_BANK", std::to_string(e.per_bank / e.per_group));
            define(name + "_WORDS_PER_GROUP", std::to_string(e.per_group));
        } else if (e.per_bank > 0) {
            define(name + "_ADDR(bank, i)",
                   fmt::format("({:#x} + (bank) * {:#x} + (i))", e.address, e.bank_stride));
            define(name + "_WORDS_PER_BANK", std::to_string(e.per_bank));
        } else if (e.is_file) {
            define(name + "_ADDR(i)", fmt::format("({:#x} + (i))", e.address));
            define(name + "_WORDS", std::to_string(e.words));
        } else {
            define(name + "_ADDR", fmt::format("{:#x}", e.address));
        }
    }
    const auto id = identification(d);
    text += fmt::format(
        "\n#define {}_ID_MAGIC_VALUE {:#x}u\n#define {}_ID_CONFIG_VALUE {:#x}u\n\n"
        "#endif\n",
        prefix, id[0], prefix, id[1]);
    return text;
}

}  // namespace

std::int64_t register_address(const Design& d, std::size_t region, int entry) {
    return (static_cast<std::int64_t>(region + 1) << d.port.index_bits) +
           region_word(d.registers[region], entry);
}

std::vector<std::uint32_t> identification(const Design& d) {
    const auto hash = std::stoul(config_hash(d).substr(0, 8), nullptr, 16);
    return {magic, static_cast<std::uint32_t>(hash)};
}

std::vector<base::OutFile> register_map(const Design& d) {
    std::vector<base::OutFile> files = {
        {"regmap.json", map_json(d)}, {"regmap.md", map_markdown(d)}, {"regmap.h", map_header(d)}};
    if (d.config.test.observe) {
        TemplateValues values;
        values.values = {{"name", d.config.name}, {"prefix", upper(d.config.name)}};
        files.push_back({"bringup.h", render_template("top/bringup.h.tpl", values)});
    }
    return files;
}

}  // namespace generator

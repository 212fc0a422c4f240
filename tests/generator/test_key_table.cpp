// SPDX-License-Identifier: Apache-2.0
/// Rationale: the key tables are read by the loader, the schema and to_yaml(); here each key of
/// each scheme takes every kind of wrong value and its limits, as a list and a loop, and each
/// answer must be one finding on that key (or none). State space: keys x values, all of it.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "generator/adc_range.hpp"
#include "generator/limits.hpp"
#include "generator/resources.hpp"
#include "generator/scheme.hpp"
#include "support.hpp"

namespace {

using namespace support;
using generator::KeyKind;

/// Number of findings, all of which must be about `key`.
int findings(const generator::Scheme& scheme, const std::string& key, const std::string& value) {
    const std::string text = error_of([&] {
        generator::load_config(smallest_text(scheme), "f", {{key, value}});
    });
    if (text == "no error") return 0;
    INFO(key << "=" << value << "\n" << text);
    CHECK_THAT(text, Catch::StartsWith("-P " + key) && Catch::Contains("expected "));
    return 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

TEST_CASE("no key takes a value of a wrong kind") {
    const std::vector<std::string> always_wrong = {
        "4.0", "\"4\"", "0x10", "99999999999999999999", "",  "~", "[4]", "{rows: 4}", "!!int 4",
        "-1",  "1e3",   ".nan", "9223372036854775808",  "[", "{", "&a",  "*a",        "\"",
        "\x01"};
    for (const auto& scheme : generator::schemes()) {
        for (const generator::KeySpec* key : generator::keys_of(*scheme)) {
            for (const std::string& value : always_wrong) {
                if (value == "4.0" && key->kind == KeyKind::decimal) continue;
                if (value == "-1" && key->kind == KeyKind::integer && key->min < 0) continue;
                INFO(key->path << "=" << value);
                CHECK(findings(*scheme, std::string(key->path), value) >= 1);
            }
        }
    }
}

TEST_CASE("integers stop at their limits") {
    for (const auto& scheme : generator::schemes()) {
        for (const generator::KeySpec* key : generator::keys_of(*scheme)) {
            const bool is_auto = key->kind == KeyKind::integer_or_auto;
            if (key->kind != KeyKind::integer && !is_auto) continue;
            const std::string path(key->path);
            INFO(path);
            CHECK(findings(*scheme, path, std::to_string(key->min)) == 0);
            CHECK(findings(*scheme, path, std::to_string(key->min - 1)) == 1);
            CHECK(findings(*scheme, path, std::to_string(key->max + 1)) == 1);
            CHECK(findings(*scheme, path, "auto") == (is_auto ? 0 : 1));
        }
    }
}

TEST_CASE("words are taken exactly") {
    for (const auto& scheme : generator::schemes()) {
        for (const generator::KeySpec* key : generator::keys_of(*scheme)) {
            const std::string path(key->path);
            INFO(path);
            if (key->kind == KeyKind::boolean) {
                for (const char* good : {"true", "false"})
                    CHECK(findings(*scheme, path, good) == 0);
                for (const char* bad : {"True", "yes", "on", "1", "\"true\""}) {
                    CHECK(findings(*scheme, path, bad) == 1);
                }
            }
            if (key->kind == KeyKind::choice || key->kind == KeyKind::choice_or_map) {
                for (const auto& word : key->choices) {
                    if (path == "scheme") continue;
                    CHECK(findings(*scheme, path, std::string(word)) == 0);
                    CHECK(findings(*scheme, path, std::string(word) + "x") == 1);
                }
            }
        }
    }
}

TEST_CASE("each key has its line of documentation and one definition") {
    for (const auto& scheme : generator::schemes()) {
        CHECK(!scheme->summary().empty());
        std::set<std::string_view> paths;
        for (const generator::KeySpec* key : generator::keys_of(*scheme)) {
            INFO(key->path);
            CHECK(!key->doc.empty());
            CHECK(paths.insert(key->path).second);
        }
    }
}

TEST_CASE("no design has the name of a keyword or of a block") {
    const auto names = generator::reserved_names();
    CHECK(std::is_sorted(names.begin(), names.end()));
    for (std::string_view name : names) {
        INFO(name);
        CHECK(findings(*generator::schemes()[0], "name", fmt::format("\"{}\"", name)) == 1);
    }
    for (const char* folder : {"blocks/", "schemes/"}) {
        for (std::string_view path : generator::resource_names(folder)) {
            const std::string name = fs::path(path).stem();
            CHECK(generator::reserved_name_reason(name) == "the name of a block");
        }
    }
    for (const char* free : {"t", "macro", "zebra", "modules", "conventional_64x16"}) {
        CHECK(generator::reserved_name_reason(free).empty());
    }
}

TEST_CASE("the automatic ADC width is the smallest that never clips") {
    // Against the definition: no code of the range is cut at this width, some code is at one less.
    const auto clips = [](const generator::AnalogRange& range, generator::Rational step, int bits) {
        const std::int64_t lo = range.signed_adc ? -(std::int64_t{1} << (bits - 1)) : 0;
        const std::int64_t hi = lo + (std::int64_t{1} << bits) - 1;
        for (std::int64_t v = range.lo; v <= range.hi; ++v) {
            const double exact = std::floor(
                (static_cast<double>(step.den * v) + std::floor(step.num / 2.0)) / step.num);
            CHECK(generator::unclamped_code(v, step) == static_cast<std::int64_t>(exact));
            if (exact < static_cast<double>(lo) || exact > static_cast<double>(hi)) return true;
        }
        return false;
    };
    const std::vector<generator::Rational> steps = {{1, 1}, {2, 1}, {5, 2},
                                                    {3, 7}, {9, 5}, {600, 1}};
    for (std::int64_t top : {1, 2, 3, 4, 7, 8, 31, 64, 255, 256}) {
        for (const bool is_signed : {false, true}) {
            for (const generator::Rational step : steps) {
                const generator::AnalogRange range{is_signed ? -top : 0, top, is_signed};
                const int bits = generator::auto_adc_bits(range, step);
                INFO(top << " " << is_signed << " " << step.num << "/" << step.den);
                CHECK_FALSE(clips(range, step, bits));
                CHECK((bits == 1 || clips(range, step, bits - 1)));
            }
        }
    }
}

TEST_CASE("too many register bits are refused with both numbers") {
    generator::check_register_bits(generator::max_register_bits, "all");
    CHECK(error_of([] {
              generator::check_register_bits(generator::max_register_bits + 1, "all");
          }) == "error: array: found 1048577 register-file bits (all); expected at most 1048576");
}

TEST_CASE("embedded files are the files of the tree") {
    const fs::path root = fs::path(CIMRTL_TEST_DIR).parent_path().parent_path();
    for (const base::Resource& r : generator::embedded_resources()) {
        const std::string path(r.path);
        const fs::path file = root / "rtl_templates" / path;
        INFO(path);
        CHECK(read_file(file) == r.contents);
        CHECK(generator::resource(path) == r.contents);
    }
    CHECK_THROWS_AS(generator::resource("blocks/none.sv"), base::Error);
}

}  // namespace

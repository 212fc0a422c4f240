// SPDX-License-Identifier: Apache-2.0
/// Rationale: every rule of the loader has a tiny config that breaks it (nothing else in it is
/// wrong, except in many.yaml) and the complete text that must come out, so that a lost rule, a
/// moved position, a second finding for one mistake and a changed word all fail. Lines
/// `# -P key=value` at the top are overrides.
#include <catch2/catch.hpp>
#include <sstream>

#include "support.hpp"

namespace {

using namespace support;

std::vector<generator::Override> overrides_of(const std::string& text) {
    static const std::string mark = "# -P ";
    std::vector<generator::Override> overrides;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line) && line.rfind(mark, 0) == 0;) {
        const auto equals = line.find('=');
        overrides.push_back(
            {line.substr(mark.size(), equals - mark.size()), line.substr(equals + 1)});
    }
    return overrides;
}

std::string finding_of(const fs::path& config) {
    const std::string text = read_file(config);
    return error_of([&] {
               generator::load_design(text, config.filename().string(), overrides_of(text));
           }) +
           "\n";
}

TEST_CASE("each bad config gives its message") {
    const auto configs = files_of(fs::path(CIMRTL_TEST_DIR) / "bad_configs", ".yaml");
    REQUIRE(configs.size() > 100);
    for (const fs::path& config : configs) {
        fs::path expected = config;
        expected.replace_extension(".expected");
        INFO(config.filename().string());
        // CIMRTL_UPDATE_EXPECTED=1 writes the texts anew, to be read before they are committed.
        if (std::getenv("CIMRTL_UPDATE_EXPECTED")) std::ofstream(expected) << finding_of(config);
        CHECK(finding_of(config) == read_file(expected));
    }
}

TEST_CASE("a config over the size limit is refused without being parsed") {
    std::string text = conventional_text;
    text.append((std::size_t{1} << 20) - text.size(), '#');
    CHECK(generator::load_config(text, "f.yaml").name == "t");
    text += '#';
    CHECK(error_of([&] { generator::load_config(text, "f.yaml"); }) ==
          "f.yaml:1:1: error: found 1048577 bytes; expected a config of at most 1048576 bytes");
}

TEST_CASE("a config that cannot be read names the reason") {
    const Scratch scratch;
    CHECK(error_of([&] { generator::load_config_file(scratch.path / "none.yaml"); }) ==
          (scratch.path / "none.yaml").string() +
              ": error: cannot read the config: No such file or directory");
    CHECK(error_of([&] { generator::load_config_file(scratch.path); }) ==
          scratch.path.string() + ": error: cannot read the config: Is a directory");
    CHECK_THAT(error_of([&] { generator::load_config_file("/dev/zero"); }),
               Catch::Contains("expected a config of at most 1048576 bytes"));
}

}  // namespace

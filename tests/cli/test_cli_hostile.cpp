// SPDX-License-Identifier: Apache-2.0
// Rationale: a config may be anything. Whatever it is, the program answers with exit 1 and a
// message that names the file, in short time, for every command that reads one; it never aborts
// (128 and above) and writes nothing.
#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

std::string alias_bomb() {
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        text +=
            fmt::format("a{}: &a{} [", i, i) + repeated(fmt::format("*a{}, ", i - 1), 9) + "]\n";
    }
    return text + "name: *a11\n";
}

std::string binary() {
    std::string bytes;
    for (int i = 0; i < 4096; ++i) bytes += static_cast<char>(i * 2654435761u >> 13 & 0xff);
    return bytes;
}

}  // namespace

TEST_CASE("hostile: configs of every kind end in exit 1", "[cli]") {
    const Desk desk;
    const std::vector<std::pair<std::string, std::string>> files = {
        {"empty.yaml", ""},
        {"null.yaml", "~\n"},
        {"scalar.yaml", "just a word\n"},
        {"list.yaml", "- name\n- scheme\n"},
        {"two_documents.yaml", mini_config + "---\n" + mini_config},
        {"open_bracket.yaml", "name: [a, b\narray: {rows: 4\n"},
        {"open_quote.yaml", "name: \"a\nscheme: zebra\n"},
        {"tab.yaml", "array:\n\trows: 4\n"},
        {"bad_anchor.yaml", "name: *nobody\n"},
        {"itself.yaml", "name: &a [*a]\n"},
        {"deep_flow.yaml", "name: " + repeated("[", 100000)},
        {"deep_map.yaml", "name: " + repeated("{a: ", 50000)},
        {"deep_block.yaml", repeated("- ", 50000) + "x\n"},
        {"deep_closed.yaml", "name: " + repeated("[", 20000) + repeated("]", 20000) + "\n"},
        {"bomb.yaml", alias_bomb()},
        {"two_mebibytes.yaml", mini_config + repeated("# a comment that fills\n", 95000)},
        {"long_line.yaml", "name: " + std::string(900000, 'a') + "\n"},
        {"binary.yaml", binary()},
        {"zeros.yaml", std::string(5000, '\0')},
        {"utf16.yaml", std::string("\xff\xfen\0a\0m\0e\0:\0 \0x\0\n\0", 18)},
        {"bad_utf8.yaml", "name: \xc3\x28\nscheme: \xff\n"},
        {"huge_number.yaml", mini_config + "stream: {in: 99999999999999999999999999}\n"},
        {"sums.yaml",
         "name: s\nscheme: column_quant\narray: {rows: 1024, outputs: 4, active_rows: 1}\n"
         "adc: {bits: 8}\ninput: {bits: 8}\nweight: {bits: 8}\naccumulator: {max_tiles: 4096}\n"
         "column_quant: {scale_bits: 16, dac_bits: 1}\n"},
        {"negative.yaml", mini_config + "stream: {in: -9223372036854775808}\n"},
        {"twice.yaml", mini_config + "name: again\n"},
        {"too_many_cells.yaml",
         "name: big\nscheme: conventional\narray: {rows: 1024, outputs: 1024, "
         "banks: 256}\ninput: {bits: 8}\nweight: {bits: 8}\n"},
        {"ratio.yaml",
         "name: z\nscheme: zebra\narray: {rows: 4, outputs: 4}\n"
         "zebra: {pattern: {base: [9, 9, 9, 9], ratio: 3}}\n"},
    };
    for (const auto& [name, bytes] : files) {
        INFO(name);
        desk.put(name, bytes);
        check_failed(desk.run({"check", name}), {name});
        CHECK(desk.run({"gen", name}).exit_code == 1);
    }
    CHECK(!fs::exists(desk.at("gen_out")));
}

TEST_CASE("hostile: folders, devices and unreadable files as a config", "[cli]") {
    const Desk desk;
    fs::create_directory(desk.at("folder.yaml"));
    fs::create_symlink("loop.yaml", desk.at("loop.yaml"));
    for (const Words& line : std::vector<Words>{{"check"}, {"gen"}, {"sim"}, {"synth"}}) {
        for (const std::string name :
             {"folder.yaml", "loop.yaml", "absent.yaml", "/dev/null", "/dev/zero"}) {
            if (!fs::exists(fs::symlink_status(name)) && name[0] == '/') continue;
            INFO(line[0] << " " << name);
            Words words = line;
            words.push_back(name);
            const ProcessResult r = desk.run(words);
            CHECK(r.exit_code == 1);
            CHECK_THAT(r.output, Contains("error"));
        }
    }
    check_failed(desk.golden({}, "/dev/zero"), {"/dev/zero"});
    check_failed(desk.golden({}, "x.npy", "/dev/null"), {"/dev/null"});
}

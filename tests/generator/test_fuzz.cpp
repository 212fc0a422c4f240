// SPDX-License-Identifier: Apache-2.0
/// Rationale: whatever the bytes, load_config() returns or throws base::Error, in bounded time
/// and without touching memory it should not (run under the sanitizers too). Three sources: random
/// bytes, random pieces of YAML syntax, and valid configs with random edits. Then texts of the full
/// size that are built to make a parser slow or deep.
#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "support.hpp"

namespace {

using namespace support;

/// True if the text was a valid config. Any other exception fails the test.
bool loads(const std::string& text) {
    try {
        generator::load_config(text, "fuzz.yaml");
        return true;
    } catch (const base::Error& e) {
        CHECK(std::string(e.what()).rfind("fuzz.yaml:", 0) == 0);
        return false;
    }
}

using Random = std::mt19937;

int below(Random& random, std::size_t n) { return static_cast<int>(random() % n); }

std::string random_bytes(Random& random) {
    std::string text;
    for (int n = below(random, 64); n > 0; --n) text += static_cast<char>(random());
    return text;
}

std::string random_syntax(Random& random) {
    static const std::vector<std::string> pieces = {
        "name", "scheme", "zebra", "array",  "rows", ": ",    "- ",    "\n",     "\n  ",
        "[",    "]",      "{",     "}",      ", ",   "? ",    "&a ",   "*a",     "!!int ",
        "| ",   ">-\n",   "'",     "\"",     "#",    "---\n", "...\n", "%YAML ", "<<",
        "\t",   "~",      "8",     "4.0",    "true", "!",     "@",     "`",      "\\",
        "\r\n", "1/2",    "auto",  "\u00e9", "base", "ratio", "*",     "&",      "\xef\xbb\xbf",
        "0x1",  "? - ",   "- - ",  ": - "};
    std::string text;
    for (int n = below(random, 40); n > 0; --n) text += pieces[below(random, pieces.size())];
    return text;
}

std::string random_edit(Random& random) {
    std::string text = random() % 2 != 0 ? conventional_text : zebra_text;
    for (int n = 1 + below(random, 4); n > 0; --n) {
        const int at = below(random, text.size());
        switch (random() % 4) {
            case 0:
                text.erase(at, 1 + below(random, 6));
                break;
            case 1:
                text.insert(at, random_syntax(random).substr(0, 12));
                break;
            case 2:
                text[at] = static_cast<char>(random() % 128);
                break;
            default:
                text.insert(at, text.substr(below(random, text.size()), 20));
        }
        if (text.empty()) text = "a";
    }
    return text;
}

TEST_CASE("random texts never get past the error handling") {
    constexpr unsigned seed = 20240117;
    INFO("seed " << seed);
    Random random(seed);
    using Source = std::string (*)(Random&);
    for (const Source source : {&random_bytes, &random_syntax, &random_edit}) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(700);
        int valid = 0;
        int tried = 0;
        while (std::chrono::steady_clock::now() < end) {
            valid += loads(source(random)) ? 1 : 0;
            ++tried;
        }
        CHECK(tried > 100);
        // Edits that leave a config valid show that the fuzz reaches the whole loader.
        if (source == &random_edit) CHECK(valid > 0);
    }
}

TEST_CASE("texts of the full size are refused in time") {
    const std::vector<std::string> pieces = {
        "[",      "{",     "- ",      "? ",      "a: ",  "[a, ",  "{a: ",   "a\n",     "a: b\n",
        "&a ",    "*a ",   "!a ",     "\"",      "'",    "|\n",   "- a\n",  "a,",      "[],",
        "%A b\n", "---\n", "# a\n",   "\n",      " ",    "\t",    ":",      "::",      "a:\n a:\n",
        "\r",     "\\",    "<<: a\n", "\"\\x41", "a b ", "a\n ",  "\u00e9", "-",       "?\n",
        "!<",     "k: {",  ", ",      "[{",      "? [",  "\n\n ", "...\n",  "a: |\n ", "a: 'b\n\n"};
    for (const std::string& piece : pieces) {
        std::string text;
        while (text.size() + piece.size() <= (std::size_t{1} << 20)) text += piece;
        INFO("pieces '" << piece << "'");
        const auto begin = std::chrono::steady_clock::now();
        CHECK_FALSE(loads(text));
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
        // Under the sanitizers on a busy machine too; a parser gone quadratic takes minutes.
        CHECK(taken.count() < 20);
    }
}

}  // namespace

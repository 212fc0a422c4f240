// SPDX-License-Identifier: Apache-2.0
/// The HTML page and the plots: everything is inside, and says what the table says.
#include <regex>

#include "study/report.hpp"
#include "study_bench.hpp"

using namespace study_bench;

namespace {

study::Row row(const std::string& label, double db, double ge) {
    study::Row r;
    r.label = label;
    r.config = "name: macro\nscheme: any\n";
    r.measured.sqnr_db = db;
    r.measured.area = study::Area{
        "gates", 10, 2, {}, ge, {{"cim_a", 5, 1, {}, ge - 700}, {"macro_lane", 5, 1, {}, 700}}, {}};
    return r;
}

study::Report report() {
    study::Report r;
    r.title = "A <b> & \"c\"";
    r.columns = study::default_columns(false);
    r.rows = {row("one", 20, 2000), row("two <script>", 30, 4000)};
    r.wanted = r.rows.size();
    r.plots = {{*study::find_column("area_kge"), *study::find_column("sqnr"), "Error", false}};
    return r;
}

std::string page_of(const study::Report& r) { return study::html(r, study::draw(r)); }

/// Addresses that a browser would fetch, or go to.
std::vector<std::string> references(const std::string& page) {
    static const std::regex pattern(
        R"((src|href)\s*=\s*['"]?[^#'"\s>][^'"\s>]*|url\(\s*['"]?[^#'")][^'")]*|@import|(https?:)?//[a-z][^\s'"<]*)",
        std::regex::icase);
    std::vector<std::string> found;
    for (auto it = std::sregex_iterator(page.begin(), page.end(), pattern);
         it != std::sregex_iterator(); ++it) {
        const std::string before = page.substr(std::max<long>(0, it->position() - 14), 14);
        if (before.find("xmlns") == std::string::npos) found.push_back(it->str());
    }
    return found;
}

}  // namespace

TEST_CASE("The page refers to nothing outside itself and escapes what users say", "[page]") {
    CHECK(references("<a href='http://a.b/c'>").size() > 0);  // the search finds what it looks for
    CHECK(references("<img src=x.png>").size() > 0);
    const std::string page = page_of(report());
    CHECK(references(page) == std::vector<std::string>{});
    CHECK_THAT(page, Contains("A &lt;b&gt; &amp;") && Contains("two &lt;script&gt;") &&
                         !Contains("<script>"));
    CHECK_THAT(page, Contains("<td>20.0</td>") && Contains("<td>2.00</td>"));
    if (!find_program("gnuplot")) return;
    CHECK_THAT(page, Contains("<svg") && Contains("Area by block") && Contains("macro") &&
                         !Contains("gnuplot is not installed"));
}

TEST_CASE("Without gnuplot the page says how to get it", "[page]") {
    const Variable path("PATH", "/nowhere");
    const std::string page = page_of(report());
    CHECK_THAT(page, Contains("apt install gnuplot-nox") && !Contains("<svg"));
}

TEST_CASE("Blocks: generated modules have one name in all macros, small ones are summed up",
          "[page]") {
    auto r = report();
    r.rows[0].measured.area->blocks.push_back({"tiny", 1, 0, {}, 3});
    const auto t = study::block_table({&r.rows[0], &r.rows[1]}, 10);
    CHECK(t.unit == "kGE");
    REQUIRE(t.blocks.size() == 3);
    CHECK(t.blocks[0].first == "cim_a");
    CHECK(t.blocks[0].second == std::vector<double>{1.3, 3.3});
    CHECK(t.blocks[1].first == "<name>_lane");
    CHECK(t.blocks[2].first == "others");
    r.blocks = {"all"};
    CHECK_THAT(study::markdown(r), Contains("| block (kGE) | one | two <script> |") &&
                                       Contains("| **whole** | 2.00 | 4.00 |"));
}

TEST_CASE("An incomplete comparison says so", "[page]") {
    auto r = report();
    r.wanted = 5;
    CHECK_THAT(study::markdown(r), Contains("2 of 5 rows; the same command goes on."));
    CHECK(Json::parse(study::json(r)).at("complete") == false);
}

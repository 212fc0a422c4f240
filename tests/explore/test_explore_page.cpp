// SPDX-License-Identifier: Apache-2.0
/// The page: it refers to nothing outside, holds every point and its config, and answers in a
/// browser (Debian's chromium, skipped without it): a filter, a sorted table, a chosen point, the
/// mouse on the plot and along an axis.
#include <algorithm>

#include "explore_bench.hpp"

using namespace explore_bench;

namespace {

std::string page_of(const Desk& desk, const std::string& study) {
    desk.put("s.yaml", study);
    const auto r = desk.run({"explore", "s.yaml", "-q", "--html", "page.html"});
    INFO(r.output);
    REQUIRE(r.exit_code == 0);
    return slurp(desk.at("page.html"));
}

Json data_of(const std::string& page) {
    const std::string open = "<script id=\"data\" type=\"application/json\">";
    const auto at = page.find(open) + open.size();
    return Json::parse(page.substr(at, page.find("</script>", at) - at));
}

/// The page's document after it and then `script` ran.
std::string document_after(const Desk& desk, std::string page, const std::string& script) {
    page.insert(page.rfind("</body>"), "<script>\n" + script + "\n</script>\n");
    desk.put("tried.html", page);
    Command c;
    c.argv = {"chromium",
              "--headless",
              "--no-sandbox",
              "--disable-gpu",
              "--dump-dom",
              "--user-data-dir=" + desk.at("browser"),
              "file://" + desk.at("tried.html")};
    const auto r = run_process(c);
    INFO(r.output);
    REQUIRE(r.exit_code == 0);
    return r.output;
}

}  // namespace

TEST_CASE("A page of its own, with every point and its config", "[page]") {
    const Desk desk;
    const std::string page = page_of(desk, small_study);
    CHECK(page.find("http://") == page.npos);
    CHECK(page.find("https://") == page.npos);
    CHECK(page.find(" src=") == page.npos);
    const Json data = data_of(page);
    REQUIRE(data.at("points").size() == 8);
    std::string config;
    for (const Json& line : data.at("points").at(3).at("config"))
        config += data.at("lines").at(line.get<std::size_t>()).get<std::string>() + "\n";
    desk.put("copied.yaml", config);
    check_passed(desk.run({"check", "copied.yaml"}));
}

TEST_CASE("Texts of the study stay texts", "[page]") {
    const Desk desk;
    const std::string evil = "</script><script>alert(1)</script><!--";
    std::string text = small_study;
    text.replace(text.find("title: Small"), 12, "title: '" + evil + "'");
    text.replace(text.find("axes:"), 5, "series: '" + evil + "', axes:");
    const std::string page = page_of(desk, text);
    CHECK(page.find("<script>alert") == page.npos);
    CHECK(data_of(page).at("points").at(0).at("series") == evil);
}

TEST_CASE("In a browser: filter, sort, choose, copy, hover, range of an axis", "[page]") {
    if (!find_program("chromium")) return;
    const Desk desk;
    const std::string page = page_of(desk, small_study);
    const std::string document = document_after(desk, page, R"js(
const out = [];
const cells = n => [...at('rows').children].map(tr => tr.children[n].textContent);
const column = name => columns.findIndex(c => c.name === name);
out.push('all ' + at('rows').children.length);
const input = at('filters').children[column('adc.bits')].querySelector('input');
input.value = '>= 3';
input.dispatchEvent(new Event('input'));
out.push('filtered ' + at('rows').children.length);
at('heads').children[column('adc.bits')].click();
at('heads').children[column('adc.bits')].click();
out.push('down ' + cells(column('adc.bits')).join(' '));
at('rows').children[0].click();
out.push('chosen ' + at('name').textContent + ', bits: ' + /bits: 4/.test(at('config').textContent) + ', copy: ' + !at('copy').hidden);
at('clear').click();
out.push('again ' + at('rows').children.length);
at('fronts').click();
out.push('front ' + at('rows').children.length + ' of ' + points.filter(p => p.front).length);
out.push('marks ' + marks.length);
const mouse = (id, type, x, y) => {
  const box = at(id).getBoundingClientRect();
  at(id).dispatchEvent(new MouseEvent(type, {clientX: box.left + x, clientY: box.top + y}));
};
const [x, y] = marks[0], nameless = at('tip').textContent;
mouse('plot', 'mousemove', x, y);
out.push('tip ' + at('tip').style.display + ' ' + (at('tip').textContent !== nameless && /on the front/.test(at('tip').textContent)));
mouse('plot', 'mouseleave', x, y);
out.push('then ' + at('tip').style.display);
at('fronts').click();
const bits = figures.findIndex(i => columns[i].name === 'adc.bits'), along = axisX(bits, at('lines').getBoundingClientRect().width);
mouse('lines', 'mousedown', along, room.top);
mouse('lines', 'mouseup', along, (room.top + room.bottom) / 2);
out.push('range ' + at('rows').children.length);
mouse('lines', 'mousedown', along, room.top);
mouse('lines', 'mouseup', along, room.top);
out.push('without ' + at('rows').children.length);
document.documentElement.setAttribute('data-tried', out.join('; '));
)js");
    const auto from = document.find("data-tried=\"");
    REQUIRE(from != document.npos);
    const std::string tried = document.substr(from, document.find('"', from + 12) - from);
    INFO(tried);
    CHECK_THAT(tried, Contains("all 8; filtered 4; down 4 4 3 3; chosen adc.bits=4, ") &&
                          Contains("bits: true, copy: true; again 8; front "));
    const Json data = data_of(page);
    const auto on_front = std::ranges::count_if(
        data.at("points"), [](const Json& p) { return p.at("front").get<bool>(); });
    CHECK_THAT(tried,
               Contains(fmt::format("front {0} of {0}; marks {0}; tip block true; then none; "
                                    "range 4; without 8",
                                    on_front)));
}

// SPDX-License-Identifier: Apache-2.0
/// Figures as CSV, JSON and a table.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bringup/characterize.hpp"
#include "plots.hpp"

namespace bringup {

namespace {

using Json = nlohmann::ordered_json;

std::string both(const Estimate& e) { return fmt::format("{:.6g},{:.6g}", e.value, e.error); }
constexpr std::string_view nothing = ",";

std::string adcs_csv(const Characterization& c) {
    std::string text =
        "adc,flags,offset,offset_error,gain,gain_error,noise,noise_error,inl,inl_error,dnl,"
        "dnl_error\n";
    for (std::size_t a = 0; a < c.adcs.size(); ++a) {
        const AdcFigures& f = c.adcs[a].figures;
        text += fmt::format("{},{}", a, c.adcs[a].flags);
        for (const Estimate* e : {&f.offset, &f.gain, &f.noise, &f.worst_inl, &f.worst_dnl})
            text += fmt::format(",{}", f.measured ? both(*e) : std::string(nothing));
        text += "\n";
    }
    return text;
}

std::string levels_csv(const Characterization& c) {
    std::string text = "adc,ideal,code_mean,code_deviation,level,level_error,inl,inl_error\n";
    for (std::size_t a = 0; a < c.adcs.size(); ++a) {
        for (const LevelFigure& l : c.adcs[a].figures.levels) {
            text += fmt::format("{},{:.6g},{:.6g},{:.6g},", a, l.ideal, l.mean, l.deviation);
            const bool known = l.used && c.adcs[a].figures.measured;
            text += known ? fmt::format("{},{}\n", both(l.level), both(l.inl))
                          : fmt::format("{},{}\n", nothing, nothing);
        }
    }
    return text;
}

std::string codes_csv(const Characterization& c) {
    std::string text = "adc,code,inl,inl_error,dnl,dnl_error\n";
    for (std::size_t a = 0; a < c.adcs.size(); ++a) {
        for (const CodeFigure& f : c.adcs[a].figures.codes) {
            text += fmt::format("{},{},{},{}\n", a, f.code, both(f.inl),
                                f.has_dnl ? both(f.dnl) : std::string(nothing));
        }
    }
    return text;
}

Json json_of(const Estimate& e) { return {{"value", e.value}, {"error", e.error}}; }

Json json_of(const AdcReport& report, std::size_t adc) {
    const AdcFigures& f = report.figures;
    Json j = {
        {"adc", adc}, {"flags", report.flags}, {"dead", report.dead()}, {"measured", f.measured}};
    if (!f.measured) return j;
    j["offset"] = json_of(f.offset);
    j["gain"] = json_of(f.gain);
    j["noise"] = json_of(f.noise);
    j["noise_seen"] = f.noise_seen;
    j["inl"] = json_of(f.worst_inl);
    j["dnl"] = json_of(f.worst_dnl);
    j["levels"] = Json::array();
    for (const LevelFigure& l : f.levels) {
        if (l.used)
            j["levels"].push_back(
                {{"ideal", l.ideal}, {"level", json_of(l.level)}, {"inl", json_of(l.inl)}});
    }
    j["codes"] = Json::array();
    for (const CodeFigure& code : f.codes) {
        Json entry = {{"code", code.code}, {"inl", json_of(code.inl)}};
        if (code.has_dnl) entry["dnl"] = json_of(code.dnl);
        j["codes"].push_back(entry);
    }
    return j;
}

std::string json_text(const Characterization& c) {
    Json j = {{"name", c.name},
              {"scheme", c.scheme},
              {"config", c.config_hash},
              {"chip", c.chip},
              {"bank", c.options.bank},
              {"samples", c.options.samples},
              {"levels", c.levels},
              {"turns", c.turns},
              {"columns_per_adc", c.share},
              {"steps", c.steps},
              {"least_code", c.range.least},
              {"greatest_code", c.range.greatest},
              {"unit", "ADC steps; gain: factor; error: standard error"}};
    j["adcs"] = Json::array();
    for (std::size_t a = 0; a < c.adcs.size(); ++a) j["adcs"].push_back(json_of(c.adcs[a], a));
    return j.dump(2) + "\n";
}

}  // namespace

std::vector<base::OutFile> files_of(const Characterization& c) {
    std::vector<base::OutFile> files = {{"adcs.csv", adcs_csv(c)},
                                        {"levels.csv", levels_csv(c)},
                                        {"codes.csv", codes_csv(c)},
                                        {"characterize.json", json_text(c)}};
    for (base::OutFile& plot : plots_of(c)) files.push_back(std::move(plot));
    files.push_back(base::make_manifest({{"config", c.config_hash}, {"chip", c.chip}}, files));
    return files;
}

std::string table_of(const Characterization& c) {
    std::string text = fmt::format("{:>4}  {:>16}  {:>18}  {:>15}  {:>15}  {:>15}\n", "ADC",
                                   "offset", "gain", "noise", "worst INL", "worst DNL");
    const auto pair = [](const Estimate& e, int digits) {
        std::string value = fmt::format("{:.{}f}", e.value, digits);
        if (value.find_first_not_of("-0.") == value.npos && value.starts_with('-'))
            value.erase(0, 1);  // no -0.000
        return fmt::format("{} ± {:.{}f}", value, e.error, digits);
    };
    for (std::size_t a = 0; a < c.adcs.size(); ++a) {
        const AdcFigures& f = c.adcs[a].figures;
        if (!f.measured) {
            text +=
                fmt::format("{:>4}  {}\n", a,
                            c.adcs[a].dead() ? "dead: timed out"
                                             : "not measured: fewer than 3 levels in its range");
            continue;
        }
        text += fmt::format("{:>4}  {:>16}  {:>18}  {:>15}  {:>15}  {:>15}\n", a, pair(f.offset, 3),
                            pair(f.gain, 5), pair(f.noise, 3), pair(f.worst_inl, 3),
                            pair(f.worst_dnl, 3));
    }
    return text;
}

}  // namespace bringup

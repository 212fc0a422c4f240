/// plot_bfp: the curve of compare_schemes --bfp as SVG: conversions (the energy proxy) against
/// SQNR, one point for each m, static and dynamic, and conventional. Reads the JSON that
/// compare_schemes wrote, writes the SVG; nothing else decides what is drawn.
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "chart.hpp"
#include "base/error.hpp"
#include "operands/npy.hpp"

namespace {

using comparing::Curve;

std::vector<Curve> read(const nlohmann::json& comparison) {
    std::vector<Curve> curves = {{"bfp static, by m", "#0b62a4", {}, false},
                                 {"bfp dynamic, by m", "#c2571a", {}, false},
                                 {"conventional 8-8", "#333", {}, false}};
    for (const auto& row : comparison.at("bfp")) {
        if (row.at("sqnr_db").is_null()) continue;  // exact
        const int m = row.value("mantissa", 0);
        const std::size_t curve = m == 0 ? 2 : row.at("block") == "static" ? 0 : 1;
        curves[curve].marks.push_back({row.at("conversions"), row.at("sqnr_db"),
                                       m > 0 ? std::to_string(m) : curves[curve].name});
    }
    if (curves[0].marks.empty() || curves[1].marks.empty()) {
        throw base::Error(
            "error: no rows of bfp with an SQNR; expected the JSON of "
            "compare_schemes --bfp on float tensors");
    }
    return curves;
}

int run(const std::string& in, const std::string& out) {
    std::ifstream file(in);
    if (!file) throw base::Error(in + ": error: cannot be read");
    const auto comparison = nlohmann::json::parse(file);
    comparing::Chart chart{.title = {},
                           .x_title = "conversions (millions)",
                           .y_title = "SQNR (dB)",
                           .x_unit = 1e6,
                           .curves = read(comparison)};
    chart.title = fmt::format(
        "Conversions against SQNR: {} vectors, {} features, {} outputs on {} x {}",
        comparison.at("vectors").get<int>(), comparison.at("features").get<int>(),
        comparison.at("outputs").get<int>(), comparison.at("macro").at("rows").get<int>(),
        comparison.at("macro").at("outputs").get<int>());
    base::write_file(out, comparing::svg(chart));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: plot_bfp compare.json curve.svg\n");
        return 2;
    }
    try {
        return run(argv[1], argv[2]);
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());
    }
    return 1;
}

#include "area.hpp"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cimrtl/design.hpp"
#include "cimrtl/diagnostic.hpp"
#include "cimrtl/hash.hpp"
#include "cimrtl/load.hpp"
#include "cimrtl/render.hpp"
#include "cimrtl/version.hpp"
#include "cosim/netlist.hpp"
#include "cosim/process.hpp"
#include "cosim/regress.hpp"
#include "cosim/rtl.hpp"
#include "cosim/synth.hpp"

namespace fs = std::filesystem;

namespace comparing {

namespace {

std::string slurp(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) throw cimrtl::Error(path.string() + ": error: cannot be read");
    return text.str();
}

bool synthesized(const cimrtl::OutFile& f) {
    return f.path.starts_with("rtl/") || f.path.starts_with("blackbox/");
}

/// Everything that decides the netlist.
std::string content_key(const std::vector<cimrtl::OutFile>& files, const fs::path& liberty) {
    nlohmann::json key = {cosim::tool_version("yosys", "-V"), cimrtl::version(),
                          cimrtl::sha256(slurp(liberty))};
    for (const cimrtl::OutFile& f : files) {
        if (synthesized(f)) key.push_back({f.path, f.contents});
    }
    return cimrtl::sha256(key.dump());
}

Area read_area(const fs::path& folder) {
    const auto json = nlohmann::json::parse(slurp(folder / "area.json"));
    Area area{json.at("cells").get<long>(), json.at("area_um2").get<double>(), {}, folder};
    for (const auto& b : json.at("blocks")) {
        area.blocks.emplace_back(b.at("name").get<std::string>(), b.at("area_um2").get<double>());
    }
    return area;
}

}  // namespace

Area area_of(const std::string& config, const fs::path& liberty, const fs::path& dir) {
    const cimrtl::Design design = cimrtl::elaborate(cimrtl::load_config(config, "config"));
    const auto files = cimrtl::render(design);
    const fs::path out = fs::absolute(dir) / content_key(files, liberty).substr(0, 16);
    if (fs::exists(out / "area.json")) return read_area(out);
    cimrtl::write_tree(out / "sources", files);
    cosim::SynthJob job;
    job.config_name = job.top = design.config.name;
    job.config_hash = cimrtl::config_hash(design);
    for (const cimrtl::OutFile& f : files) {
        if (synthesized(f)) job.sv_files.push_back((out / "sources" / f.path).string());
    }
    job.liberty = liberty;
    job.out_dir = out;
    job.array_cells = design.cells;
    job.physical_columns = design.columns;
    job.adcs = design.adcs;
    job.tool_versions = {{"cimrtl", std::string(cimrtl::version())}};
    cosim::synthesize(job);
    return read_area(out);
}

void check_netlist(const Area& area, const cimrtl::Design& design) {
    const auto netlist = cosim::netlist_simulation(area.netlist, cimrtl::config_hash(design));
    const auto model = cosim::build_netlist(design, false, netlist);
    const cosim::RegressResult result = cosim::regress(design, model, {.vectors = 4});
    if (result.failure.empty()) return;
    throw cimrtl::Error(
        fmt::format("error: netlist of {}: {}", design.config.name, result.failure));
}

}  // namespace comparing

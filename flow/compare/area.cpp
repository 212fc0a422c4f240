#include "area.hpp"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "generator/design.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "generator/load.hpp"
#include "generator/render.hpp"
#include "base/version.hpp"
#include "sim/netlist.hpp"
#include "base/process.hpp"
#include "sim/regress.hpp"
#include "sim/rtl.hpp"
#include "synth/synth.hpp"

namespace fs = std::filesystem;

namespace comparing {

namespace {

std::string slurp(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) throw base::Error(path.string() + ": error: cannot be read");
    return text.str();
}

bool synthesized(const base::OutFile& f) {
    return f.path.starts_with("rtl/") || f.path.starts_with("blackbox/");
}

/// Everything that decides the netlist.
std::string content_key(const std::vector<base::OutFile>& files, const fs::path& liberty) {
    nlohmann::json key = {base::tool_version("yosys", "-V"), base::version(),
                          base::sha256(slurp(liberty))};
    for (const base::OutFile& f : files) {
        if (synthesized(f)) key.push_back({f.path, f.contents});
    }
    return base::sha256(key.dump());
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
    const generator::Design design = generator::elaborate(generator::load_config(config, "config"));
    const auto files = generator::render(design);
    const fs::path out = fs::absolute(dir) / content_key(files, liberty).substr(0, 16);
    if (fs::exists(out / "area.json")) return read_area(out);
    base::write_tree(out / "sources", files);
    synth::SynthJob job;
    job.config_name = job.top = design.config.name;
    job.config_hash = generator::config_hash(design);
    for (const base::OutFile& f : files) {
        if (synthesized(f)) job.sv_files.push_back((out / "sources" / f.path).string());
    }
    const synth::Library library = synth::read_liberty({liberty.string()});
    job.library = &library;
    job.out_dir = out;
    job.array_cells = design.cells;
    job.physical_columns = design.columns;
    job.adcs = design.adcs;
    job.tool_versions = {{"cimrtl", std::string(base::version())}};
    synth::synthesize(job);
    return read_area(out);
}

void check_netlist(const Area& area, const generator::Design& design) {
    const auto netlist = sim::netlist_simulation(area.netlist, generator::config_hash(design));
    const auto model = sim::build_netlist(design, false, netlist);
    const sim::RegressResult result = sim::regress(design, model, {.vectors = 4});
    if (result.failure.empty()) return;
    throw base::Error(
        fmt::format("error: netlist of {}: {}", design.config.name, result.failure));
}

}  // namespace comparing

// SPDX-License-Identifier: Apache-2.0
#include "study/hardware.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/counted.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/output_tree.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "base/version.hpp"
#include "generator/render.hpp"
#include "sim/activity.hpp"
#include "sim/netlist.hpp"
#include "sim/regress.hpp"
#include "sim/rtl.hpp"
#include "synth/synth.hpp"

namespace fs = std::filesystem;

namespace study {

namespace {

constexpr std::size_t trial_vectors = 4;
constexpr const char* proof = "netlist_equal";

bool synthesized(const base::OutFile& f) {
    return f.path.starts_with("rtl/") || f.path.starts_with("blackbox/");
}

/// Everything that decides the netlist.
std::string content_key(const generator::Design& design, const MeasureOptions& options) {
    nlohmann::json key = {base::tool_version("yosys", "-V"), base::version(),
                          library_hash(options)};
    for (const base::OutFile& f : generator::render(design)) {
        if (synthesized(f)) key.push_back({f.path, f.contents});
    }
    return base::sha256(key.dump());
}

/// One lock for each folder.
std::mutex& lock_of(const fs::path& folder) {
    static std::mutex mutex;
    static std::map<fs::path, std::unique_ptr<std::mutex>> locks;
    const std::lock_guard lock(mutex);
    auto& own = locks[folder];
    if (!own) own = std::make_unique<std::mutex>();
    return *own;
}

std::optional<double> number(const nlohmann::json& j, const char* key) {
    const auto found = j.find(key);
    return found == j.end() || found->is_null() ? std::nullopt
                                                : std::optional(found->get<double>());
}

Area read_area(const fs::path& folder) {
    const auto j = nlohmann::json::parse(base::readable_bytes_of(folder / "area.json"));
    Area area{j.at("library"),
              j.at("cells"),
              j.at("flops"),
              number(j, "area_um2"),
              number(j, "area_ge"),
              {},
              {}};
    if (const auto timing = j.find("timing"); timing != j.end())
        area.worst_ns = number(*timing, "worst_ns");
    for (const auto& b : j.at("blocks")) {
        area.blocks.push_back({b.at("name"), b.at("cells"), b.at("flops"), number(b, "area_um2"),
                               number(b, "area_ge")});
    }
    return area;
}

void synthesize(const generator::Design& design, const MeasureOptions& options,
                const fs::path& folder) {
    const auto files = generator::render(design);
    base::write_tree(folder / "sources", files);
    synth::synthesize(
        synth_job(design, files, folder / "sources", folder, options.library, options.mapping));
}

}  // namespace

synth::SynthJob synth_job(const generator::Design& design, const std::vector<base::OutFile>& files,
                          const fs::path& sources, const fs::path& reports,
                          const synth::Library* library, const synth::Mapping& mapping) {
    synth::SynthJob job;
    job.config_name = job.top = design.config.name;
    job.logic = job.top + "_periphery";
    job.config_hash = generator::config_hash(design);
    for (const base::OutFile& f : files)
        if (synthesized(f)) job.sv_files.push_back(fs::absolute(sources / f.path).string());
    job.library = library;
    job.out_dir = reports;
    job.array_cells = design.cells;
    job.physical_columns = design.columns;
    job.adcs = design.adcs;
    job.memory_bits = generator::bits_of(design.memories);
    job.tool_versions = {{"cimrtl", std::string(base::version())}};
    job.mapping = mapping;
    return job;
}

std::string power_hash(const MeasureOptions& options) {
    if (!options.power) return {};
    std::string files;
    if (options.library)
        for (const std::string& file : options.library->files)
            files += base::sha256(base::readable_bytes_of(file));
    return base::sha256(base::tool_version("sta", "-version") + files);
}

std::string library_hash(const MeasureOptions& options) {
    const synth::Library& library = options.library ? *options.library : synth::gate_equivalents();
    return base::sha256(fmt::format("{} {} {}\n", options.mapping.clock_ps,
                                    options.mapping.hierarchical, options.mapping.sta) +
                        library.mended);
}

Hardware::Hardware(const generator::Design& design, const MeasureOptions& options)
    : design_(design),
      options_(options),
      key_(content_key(design, options)),
      folder_(fs::absolute(options.folder) / key_.substr(0, 16)) {}

Area Hardware::area() const {
    const std::lock_guard lock(lock_of(folder_));
    if (!fs::exists(folder_ / "area.json")) synthesize(design_, options_, folder_);
    return read_area(folder_);
}

NetlistRun run_netlist(const generator::Design& design, const golden::Operands& operands,
                       const operands::Settings& settings, const synth::SynthJob& job) {
    const base::ScratchFolder scratch("cimrtl-power");
    const fs::path vcd = scratch.path() / "netlist.vcd";
    sim::write_netlist_waves(design, operands, settings, job.out_dir, job.config_hash, vcd);
    const std::uint64_t vectors = operands.inputs.rows;
    return {synth::read_activity(vcd, job.top),
            {vectors, vectors * operands.inputs.cols * operands.weights.cols}};
}

Power Hardware::power(const golden::Operands& operands) const {
    const std::lock_guard lock(lock_of(folder_));
    const synth::SynthJob job =
        synth_job(design_, {}, folder_ / "sources", folder_, options_.library, options_.mapping);
    const NetlistRun run = run_netlist(design_, operands, {}, job);
    const synth::Power power = synth::find_power(job, run.activity, run.work);
    return {1e3 * power.whole.total(), power.pj_per_vector(), power.pj_per_mac()};
}

std::string Hardware::check_netlist() const {
    const std::lock_guard lock(lock_of(folder_));
    if (fs::exists(folder_ / proof)) return {};
    const auto netlist = sim::netlist_simulation(folder_, generator::config_hash(design_));
    const auto model = sim::build_netlist(design_, false, netlist);
    const sim::RegressResult result = sim::regress(design_, model, {.vectors = trial_vectors});
    if (result.failure.empty()) {
        base::write_file((folder_ / proof).string(),
                         base::counted(result.outputs, "output") + " equal to golden's\n");
    }
    return result.failure;
}

}  // namespace study

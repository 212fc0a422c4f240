// SPDX-License-Identifier: Apache-2.0
#include "study/store.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/process.hpp"
#include "base/version.hpp"
#include "generator/load.hpp"
#include "study/hardware.hpp"

namespace fs = std::filesystem;

namespace study {

std::string tools_key(const Engines& engines) {
    nlohmann::json versions = {base::version(), base::program_hash()};
    if (engines.rtl) versions.push_back(base::tool_version("verilator", "--version"));
    if (engines.synth) versions.push_back(base::tool_version("yosys", "-V"));
    // A fault trial puts other RTL in the place of the generated one.
    if (const char* fault = std::getenv("CIMRTL_RTL_OVERRIDE")) versions.push_back(fault);
    return versions.dump();
}

std::string row_key(const Task& task, const MeasureOptions& options) {
    const quantize::QuantizeOptions& q = task.quantization.options;
    const nlohmann::json key = {
        {"tools", tools_key(task.engines)},
        {"config", generator::to_yaml(task.design.config)},
        {"quantize_config", generator::to_yaml(task.quantize_config)},
        {"quantize", {task.quantizes(), q.per_output, q.one_alpha}},
        {"fit_step", task.fit_step},
        {"engines", {task.engines.rtl, task.engines.synth, task.engines.netlist}},
        {"layer", task.layer->hash},
        {"library", task.engines.synth ? library_hash(options) : std::string()},
        {"power", task.engines.synth ? power_hash(options) : std::string()}};
    return base::sha256(key.dump());
}

bool Store::find(const std::string& key, Row& row) const {
    std::ifstream in(folder_ / (key + ".json"), std::ios::binary);
    if (!in) return false;
    try {
        const auto j = nlohmann::ordered_json::parse(in);
        Measurements m = measurements_from(j.at("measured"));
        row.config = j.at("config");
        row.measured = std::move(m);
        row.reused = true;
        return true;
    } catch (const nlohmann::json::exception&) {
        return false;  // damaged: measured again
    }
}

void Store::keep(const std::string& key, const Row& row) const {
    if (!row.measured.agrees()) return;
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error)
        throw base::Error(folder_.string() + ": error: rows cannot be kept: " + error.message() +
                          "; expected another folder (-o, or CIMRTL_CACHE)");
    const nlohmann::ordered_json j = {{"config", row.config}, {"measured", to_json(row.measured)}};
    base::write_file((folder_ / (key + ".json")).string(), j.dump(1) + "\n");
}

}  // namespace study

// SPDX-License-Identifier: Apache-2.0
#include "sim/activity.hpp"

#include <cstdint>

#include "base/error.hpp"

namespace sim {

void write_netlist_waves(const generator::Design& design, const golden::Operands& operands,
                         const operands::Settings& settings, const std::filesystem::path& synth_dir,
                         const std::string& config_hash, const std::filesystem::path& vcd) {
    RtlModel model = build_netlist(design, false, netlist_simulation(synth_dir, config_hash));
    model.executable = model.vcd();
    JobOptions how;
    if (!settings.empty()) how.settings.assign(operands.inputs.rows, settings);
    RtlOptions options;
    options.wave = vcd.string();
    // The harness begins its waves two steps before a range: here in the cycle after the first
    // conversion, so that loading weights is not in them.
    const auto before = 2 * static_cast<std::uint64_t>(design.columns);
    options.log = {{before + 1, UINT64_C(1) << 62}};
    const RtlAnswer answer = run_rtl(model, make_job(design, operands, how), options);
    if (answer.violations != 0 || answer.mismatches != 0)
        throw base::Error(
            "the netlist broke the array's protocol; `cimrtl sim --netlist` says more");
}

}  // namespace sim

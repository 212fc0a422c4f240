// SPDX-License-Identifier: Apache-2.0
/// Cells and area of a design and the proof of its netlist, each made once for the same hardware.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/output_tree.hpp"
#include "generator/design.hpp"
#include "operands/settings.hpp"
#include "study/measure.hpp"

namespace study {

/// What synthesizes a design whose generated `files` lie below `sources`, with its reports in
/// `reports`.
synth::SynthJob synth_job(const generator::Design& design, const std::vector<base::OutFile>& files,
                          const std::filesystem::path& sources,
                          const std::filesystem::path& reports, const synth::Library* library,
                          const synth::Mapping& mapping);

/// What the pins of a netlist did on some operands, and how much was done meanwhile.
struct NetlistRun {
    synth::Activity activity;
    synth::PowerWork work;
};
/// Simulates the netlist that synthesis left in `job.out_dir`. Throws base::Error as
/// sim::write_netlist_waves and synth::read_activity.
NetlistRun run_netlist(const generator::Design& design, const golden::Operands& operands,
                       const operands::Settings& settings, const synth::SynthJob& job);

class Hardware {
  public:
    /// Reports are kept below `options.folder`, in a folder named after the content of the hardware
    /// and of the library; threads that want the same one wait for the first.
    Hardware(const generator::Design& design, const MeasureOptions& options);

    /// SHA-256 of everything that decides the netlist.
    const std::string& key() const { return key_; }
    /// Throws base::Error as synth::synthesize.
    Area area() const;
    /// Of the netlist, which area() has made, on this layer. Throws base::Error as
    /// synth::find_power.
    Power power(const golden::Operands& operands) const;
    /// The netlist against golden on corner and random stimulus (sim::regress); empty: equal.
    std::string check_netlist() const;

  private:
    const generator::Design& design_;
    const MeasureOptions& options_;
    std::string key_;
    std::filesystem::path folder_;
};

/// SHA-256 of what is asked of synthesis, and of the library that areas are in; of the tool's own
/// without one of the user's.
std::string library_hash(const MeasureOptions& options);

/// SHA-256 of what else decides the power: OpenSTA and the library with its energies, which is not
/// in `library_hash`. Empty where no power is asked for.
std::string power_hash(const MeasureOptions& options);

}  // namespace study

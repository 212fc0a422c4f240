// SPDX-License-Identifier: Apache-2.0
/// What the command line leaves out of measurements.
#pragma once

#include "study/task.hpp"

namespace cli {

/// `--no-rtl`, `--no-synth`, `--no-netlist`.
struct LeftOut {
    bool rtl = false, synth = false, netlist = false;

    /// No netlist without synthesis.
    void apply(study::Engines& engines) const {
        if (rtl) engines.rtl = false;
        if (synth) engines.synth = false;
        if (netlist || !engines.synth) engines.netlist = false;
    }
};

}  // namespace cli

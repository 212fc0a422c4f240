// SPDX-License-Identifier: Apache-2.0
#include "synth_options.hpp"

#include "base/error.hpp"

namespace cli {

CLI::Option* add_liberty(CLI::App& command, std::vector<std::string>& files) {
    return command
        .add_option(
            "--liberty", files,
            "cell library: areas in square micrometres beside gate equivalents; may be repeated "
            "for a library in several files")
        ->type_name("F.lib")
        ->allow_extra_args(false);
}

void add_power(CLI::App& command, CLI::Option* liberty, bool& power) {
    command
        .add_flag("--power", power,
                  "power of the netlist on the layer, energy of a vector and of a "
                  "multiply-accumulate (OpenSTA); needs a library with power tables")
        ->needs(liberty)
        ->excludes("--hierarchical");
}

void require_power(const synth::Library* library, bool network) {
    if (network)
        throw base::Error("--power: found a network; expected a layer (--weights and --inputs)");
    synth::require_power(library);
}

void add_mapping(CLI::App& command, CLI::Option* liberty, synth::Mapping& mapping) {
    auto* quick = command.add_flag(
        "--hierarchical", mapping.hierarchical,
        "map each module for itself: quick, but nets between modules stay unbuffered");
    command
        .add_flag("--sta", mapping.sta,
                  "worst paths by block, slack, fan-out and highest clock (OpenSTA); needs a "
                  "library with delays")
        ->needs(liberty)
        ->excludes(quick);
    command.add_option("--clock-ps", mapping.clock_ps, "clock to map for (default 8000)")
        ->check(CLI::Range(1, 1000000000))
        ->type_name("PS");
}

}  // namespace cli

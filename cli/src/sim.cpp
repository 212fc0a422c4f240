// SPDX-License-Identifier: Apache-2.0
/// sim: a Verilator regression of one config.
#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdint>

#include "base/counted.hpp"
#include "base/streams.hpp"
#include "command.hpp"
#include "generator/design.hpp"
#include "generator/render.hpp"
#include "sim/regress.hpp"

namespace cli {

namespace {

struct Sim {
    std::string config;
    std::string netlist;  ///< folder of `synth`: its netlist instead of the RTL
    sim::RegressOptions options;
};

/// Decimal digits of at most 64 bits; anything else is a wrong command line.
std::uint64_t read_seed(const std::string& text) {
    std::uint64_t seed = 0;
    const char* end = text.data() + text.size();
    const auto [rest, status] = std::from_chars(text.data(), end, seed);
    if (status == std::errc() && rest == end) return seed;
    throw CLI::ValidationError(
        "--seed", fmt::format("found {}; expected an integer from 0 to {}", text, UINT64_MAX));
}

sim::RtlModel build(const Sim& o, const generator::Design& design) {
    if (o.netlist.empty()) return sim::build_rtl(design, o.options.progress);
    const auto netlist = sim::netlist_simulation(o.netlist, generator::config_hash(design));
    return sim::build_netlist(design, o.options.progress, netlist);
}

int sim(Sim& o, const Common& common) {
    const generator::Design design = load(o.config, common);
    o.options.progress = !common.quiet && isatty(STDERR_FILENO);
    const sim::RtlModel model = build(o, design);
    const sim::RegressResult r = sim::regress(design, model, o.options);
    if (!r.failure.empty()) {
        base::print_error(fmt::format("error: {}: {}\n", design.config.name, r.failure));
        return 1;
    }
    using base::counted;
    say(common,
        fmt::format("{}: {}, {}, {}, {}: golden and {} agree; back to back {} ({}); seed {}",
                    design.config.name, counted(r.trials, "trial"), counted(r.vectors, "vector"),
                    counted(r.outputs, "output"), counted(r.conversions, "conversion"),
                    o.netlist.empty() ? "RTL" : "netlist", counted(r.cycles, "cycle"),
                    r.rate_limit > 0 ? fmt::format("limit {}", r.rate_limit)
                                     : std::string("no limit: stream.in or stream.out is set"),
                    o.options.seed));
    return 0;
}

}  // namespace

void add_sim(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "sim", "Verilator regression: corner and random stimulus against golden",
        "Stalls on every handshake, random conversion times, reset in the middle, bank reloads, the\n"
        "rate law. A failure prints the trial and what differs; the same seed repeats it.");
    auto o = std::make_shared<Sim>();
    command->add_option("config", o->config, "YAML config")->required()->type_name("CONFIG");
    command->add_option("--vectors", o->options.vectors, "random vectors per trial (default 32)")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N");
    command
        ->add_option_function<std::string>(
            "--seed", [o](const std::string& text) { o->options.seed = read_seed(text); },
            "seed of the stimulus (default 1)")
        ->type_name("S");
    command->add_option("--netlist", o->netlist, "simulate the netlist in this folder of `synth`")
        ->type_name("DIR");
    command->callback([&action, &common, o] { action = [&common, o] { return sim(*o, common); }; });
}

}  // namespace cli

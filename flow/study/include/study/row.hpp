// SPDX-License-Identifier: Apache-2.0
/// One row of a comparison: a config and what was measured of it. How a row was measured (a layer,
/// a network) is not known here.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "generator/config.hpp"

namespace study {

/// Whether something was compared with golden, and what was found.
enum class Check { not_run, equal, differs };

struct Block {
    std::string name;
    long cells = 0, flops = 0;
    std::optional<double> um2, ge;
};

/// Of the digital periphery; the array and the ADCs are not in it.
struct Area {
    std::string library;
    long cells = 0, flops = 0;
    std::optional<double> um2;       ///< with a library of the user's
    std::optional<double> ge;        ///< gate equivalents
    std::vector<Block> blocks;       ///< each without what is inside other blocks
    std::optional<double> worst_ns;  ///< slowest path between registers, with `--sta`
};

/// Of the netlist on the row's layer, with `--power`.
struct Power {
    double mw = 0, pj_per_vector = 0, pj_per_mac = 0;
};

struct Measurements {
    std::optional<double> sqnr_db;  ///< +infinity: exact; none: the results are no product
    std::optional<generator::Rational> step;  ///< adc.step, where the scheme has it
    int adc_bits = 0, adcs = 0, columns = 0, accumulator_bits = 0;
    std::uint64_t conversions = 0, adc_clipped = 0;
    std::uint64_t vectors = 0;            ///< of the layer; 0: a network
    std::optional<std::uint64_t> cycles;  ///< of the RTL
    /// Further numbers by name: golden's of the scheme, quantize's, a network's accuracy.
    std::vector<std::pair<std::string, double>> statistics;
    Check rtl = Check::not_run, netlist = Check::not_run;
    std::string difference;  ///< the first one, if a check differs
    std::optional<Area> area;
    std::optional<Power> power;

    /// None if there is no such number.
    std::optional<double> statistic(std::string_view name) const;
    /// Walden's proxy of the ADCs' energy: conversions · 2^bits.
    double conversion_steps() const;
    bool agrees() const { return rtl != Check::differs && netlist != Check::differs; }
};

struct Row {
    std::string heading, label, series;
    std::string config;  ///< complete YAML, as measured
    Measurements measured;
    bool reused = false;  ///< from an earlier run
};

nlohmann::ordered_json to_json(const Measurements& m);
/// The inverse. Throws nlohmann::json::exception for anything else.
Measurements measurements_from(const nlohmann::ordered_json& j);

}  // namespace study

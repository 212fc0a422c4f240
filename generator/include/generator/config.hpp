// SPDX-License-Identifier: Apache-2.0
/// The configuration as plain data: what the YAML says, with defaults filled in, `auto` still
/// `auto`.
///
/// Source of every field, range and default: docs/spec/contract.md, "Config keys (YAML)". Nothing
/// is derived here; `elaborate()` derives, `validate()` holds the rules between fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "generator/sections.hpp"

namespace generator {

/// A positive rational number num/den, as written (not reduced).
struct Rational {
    int num = 1;
    int den = 1;
};

enum class Hold { column, none };

/// How an ADC answers: in the macro's clock, or by a four-phase handshake with one of its own.
enum class AdcKind { response, async };

/// Whether registers rest behind clock gates (rtl_templates/blocks/cim_clock_gate.sv).
enum class ClockGating { none, cell };

/// Absent means `auto`: the elaborator chooses.
using AutoInt = std::optional<int>;

struct ArrayConfig {
    int rows = 0;         ///< N, wordlines
    int outputs = 0;      ///< O, logical output channels per macro
    int active_rows = 0;  ///< A, rows driven together; divides rows
    int banks = 16;       ///< weights per local computing cell
    int precharge = 0;    ///< cycles before each drive
    int settle = 0;       ///< cycles from drive to sample
    Hold hold = Hold::column;
    int sample_gap = 0;  ///< cycles that a drive stands after its sample, at least
    int max_drive = 0;   ///< cycles that rows stand driven before they are driven anew; 0: no bound
    bool write_while_compute = false;  ///< weight accesses to banks that nothing uses do not wait
};

struct AdcConfig {
    AutoInt bits;             ///< code width; auto = smallest that never clips
    Rational step;            ///< one ADC step in units of the analog value v
    int share = 0;            ///< physical columns per ADC
    int latency = 4;          ///< cycles from request to code
    int correction_bits = 0;  ///< of an offset correction for each ADC; 0: none
    AdcKind kind = AdcKind::response;
};

struct AccumulatorConfig {
    int max_tiles = 16;
    AutoInt bits;
    bool bias = false;
    bool chain = false;
};

/// An array that is not ideal (docs/spec/analog.md). It describes the array: nothing of the
/// periphery depends on it. σ as integers in the unit that each names; 0 everywhere: ideal.
struct AnalogConfig {
    std::int64_t seed = 1;
    std::int64_t noise = 0;       ///< 2^-16 of an ADC step, or of v
    bool noise_in_v = false;      ///< noise_unit: v
    std::int64_t mismatch = 0;    ///< 2^-16
    bool lognormal = false;       ///< mismatch_kind: lognormal
    bool per_unit = false;        ///< mismatch_per: unit
    std::int64_t ir_drop = 0;     ///< 2^-32
    std::int64_t adc_offset = 0;  ///< 2^-16 of an ADC step
    std::int64_t adc_gain = 0;    ///< 2^-16

    bool has_effect() const {
        return noise != 0 || mismatch != 0 || ir_drop != 0 || adc_offset != 0 || adc_gain != 0;
    }
};

/// The output stage (docs/spec/output.md).
struct OutputConfig {
    bool requant = false;  ///< mode: requant; raw: results leave as they are
    int bits = 8;          ///< of an output
    bool is_signed = false;
    int multiplier_bits = 16;  ///< of each output's multiplier, unsigned
};

/// Lowest and highest number that an output of the stage can be. Source: docs/spec/output.md.
constexpr std::pair<std::int64_t, std::int64_t> output_range(const OutputConfig& output) {
    const std::int64_t values = std::int64_t{1} << output.bits;
    if (output.is_signed) return {-values / 2, values / 2 - 1};
    return {0, values - 1};
}

struct StreamConfig {
    AutoInt in;          ///< elements per beat of the input stream
    AutoInt out;         ///< elements per beat of the output stream (and of the chain stream)
    AutoInt weight;      ///< physical columns per beat of the weight stream
    int max_bits = 128;  ///< of a beat of `in` and of `out` where they are auto
};

/// Where factors of banks are kept. `automatic`: `elaborate()` decides by their bits.
enum class FactorStore { automatic, flops, macro };

struct MemoryConfig {
    FactorStore factors = FactorStore::automatic;
};

struct ResetConfig {
    bool synchronizer = false;  ///< the release of rst_ni passes two flip-flops of clk_i
};

struct TestConfig {
    bool observe = false;  ///< hardware to bring the macro up: registers, masks, steps by hand
};

/// A complete, valid configuration. `section` says the scheme and holds its own plain struct (for
/// example `zebra::Section`): made by that scheme, read by it and, beside it, where its numbers
/// become golden's (operands/src/spec.cpp) and where `quantize` learns its integers.
struct Config {
    std::string name;
    ClockGating clock_gating = ClockGating::none;
    ArrayConfig array;
    AdcConfig adc;
    AccumulatorConfig accumulator;
    StreamConfig stream;
    MemoryConfig memory;
    ResetConfig reset;
    TestConfig test;
    AnalogConfig analog;
    OutputConfig output;
    SchemeSection section;

    /// The scheme's name in a config.
    std::string_view scheme() const {
        return std::visit([](const auto& own) { return own.scheme; }, section);
    }
};

}  // namespace generator

/// The configuration as plain data: what the YAML says, with defaults filled in, `auto` still
/// `auto`.
///
/// Source of every field, range and default: the contract, "Config keys (YAML)". Nothing is derived
/// here; `elaborate()` derives, `validate()` holds the rules between fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "generator/sections.hpp"

namespace generator {

/// A positive rational number num/den, as written (not reduced).
struct Rational {
    int num = 1;
    int den = 1;
};

enum class Hold { column, none };

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
};

struct AdcConfig {
    AutoInt bits;     ///< code width; auto = smallest that never clips
    Rational step;    ///< one ADC step in units of the analog value v
    int share = 0;    ///< physical columns per ADC
    int latency = 4;  ///< cycles from request to code
};

struct AccumulatorConfig {
    int max_tiles = 16;
    AutoInt bits;
    bool bias = false;
    bool chain = false;
};

struct StreamConfig {
    AutoInt in;      ///< elements per beat of the input stream
    AutoInt out;     ///< elements per beat of the output stream (and of the chain stream)
    AutoInt weight;  ///< physical columns per beat of the weight stream
};

/// A complete, valid configuration. `section` says the scheme and holds its own plain struct (for
/// example `zebra::Section`): made by that scheme, read by it and, beside it, where its numbers
/// become golden's (operands/src/spec.cpp) and where `quantize` learns its integers.
struct Config {
    std::string name;
    ArrayConfig array;
    AdcConfig adc;
    AccumulatorConfig accumulator;
    StreamConfig stream;
    SchemeSection section;

    /// The scheme's name in a config.
    std::string_view scheme() const {
        return std::visit([](const auto& own) { return own.scheme; }, section);
    }
};

}  // namespace generator

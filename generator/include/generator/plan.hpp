// SPDX-License-Identifier: Apache-2.0
/// What a scheme decides before any width is derived. Source: docs/spec, each scheme's page.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace generator {

/// Least and greatest, both included.
using Extremes = std::pair<std::int64_t, std::int64_t>;

struct ArrayPort {
    int drive_bits = 1;               ///< row_drive bits per row
    int cell_bits = 1;                ///< bits written per row and physical column
    int weight_bits = 0;              ///< memory bits that one weight occupies in the array
    bool sign_level = false;          ///< drive and cell are {sign, level, magnitude}: 3 bits each
    int ratio = 1;                    ///< what level 1 multiplies by
    std::vector<bool> signed_planes;  ///< planes whose digit's top bit counts negatively
    bool scaled_columns = false;      ///< transfer by a factor alpha and a centre of each column
    int alpha_frac = 0;               ///< ... fraction bits of alpha
    int center = 0;                   ///< ... centre, for a model that is told of no other
    int trim_bits = 0;                ///< bits that trim an ADC's step, driven at the port
    int trim_entries = 0;             ///< ... for each ADC, each plane, or once; 0: none
    bool trim_by_adc = false;         ///< ... with each request, of the requested column
};

/// The analog value that an ADC sees.
struct AnalogValue {
    std::int64_t v_min = 0, v_max = 0;
    bool signed_adc = false;
};

/// One element of the input stream.
struct InputWidths {
    int port_bits = 0;     ///< as it arrives
    int element_bits = 0;  ///< as stored in the load buffer
    int work_bits = 0;     ///< ... and in the work buffer
};

/// How many ADCs and outputs one lane has.
struct LaneShare {
    int adcs = 1;
    int outputs = 1;
};

struct Plan {
    int planes = 0;  ///< physical columns per output
    int steps = 0;   ///< input planes driven per group
    ArrayPort array;
    AnalogValue analog;
    InputWidths input;
    /// Steps that nothing needs are skipped at run time: a vector may have none at all.
    bool skips_steps = false;
    /// Steps that conventional drives for a group of the same inputs, to compare with; 0: none.
    int plain_steps = 0;
    /// Cycles a tile may take beyond its steps and the law's two: G for schemes that form passes.
    int pass_cycles = 0;
    std::vector<int> step_pos;       ///< each step counts 2^pos
    bool negate_last_step = false;   ///< two's complement inputs
    std::vector<int> plane_pos;      ///< each plane counts 2^pos
    std::vector<bool> plane_negate;  ///< ... negatively
    /// Bits that a step tells the back end; none: its position and its sign.
    std::optional<int> own_context_bits;
    int lane_stages = 2;  ///< cycles from an ADC's code to the accumulator's sum, both included
    /// None: the ADCs of an output, or the outputs of an ADC.
    std::optional<LaneShare> own_lane;
    /// What leaves the macro, if not the accumulator: width of an unsigned result; 0: accumulator.
    int result_bits = 0;
};

/// Bits that hold each of these positions.
int position_bits(const std::vector<int>& positions);

}  // namespace generator

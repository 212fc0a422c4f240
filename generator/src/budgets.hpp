// SPDX-License-Identifier: Apache-2.0
/// The budgets that constraints and the array's Liberty placeholder state: chosen once, the same in
/// both. Nothing in the RTL depends on them.
#pragma once

namespace generator::budgets {

constexpr double period_ns = 2.0;  ///< of clk_i: 500 MHz

/// Shares of the period. What comes: after the edge; what is needed: before the next one.
constexpr double input = 0.3, output = 0.3;  ///< ports of the top
constexpr double earliest = 0.05;            ///< whatever comes, not before this
constexpr double uncertainty = 0.05;
constexpr double reset = 0.5, reset_earliest = 0.2;  ///< the released reset comes
constexpr double response = 0.5;  ///< an ADC's ready, valid and code come; read weights too
constexpr double request = 0.2;   ///< latency 1: a request comes at the array
constexpr double ready = 0.3;     ///< the weight port's ready comes
constexpr double array = 0.4;     ///< the array's inputs are needed

}  // namespace generator::budgets

// SPDX-License-Identifier: Apache-2.0
// Follows a step from the start of its conversions to the sums, where the codes are used as they
// come: its context and marks for the lanes, and where a tile and a vector begin and end in them.
//
// A composition of cim_step_context and cim_code_marks, for back ends; Stages registers lie between
// an ADC's code and the accumulator's sum. Golden twin: none (flow control).
`default_nettype none

module cim_code_follow #(
  parameter int unsigned ContextBits = 4,
  parameter int unsigned Stages      = 2
) (
  input  wire logic                   clk_i,
  input  wire logic                   rst_ni,
  // Conversions of a step begin in the next cycle
  input  wire logic                   start_i,
  input  wire logic                   start_first_tile_i,
  input  wire logic                   start_first_vector_i,
  input  wire logic                   start_last_vector_i,
  input  wire logic [ContextBits-1:0] start_context_i,
  input  wire logic                   adcs_done_i,
  // With the codes
  output logic [ContextBits-1:0]      code_context_o,
  output logic                        code_first_tile_o,
  output logic                        code_first_vector_o,
  // In the accumulators
  output logic                        begin_tile_o,
  output logic                        begin_vector_o,
  output logic                        complete_o
);
  cim_step_context #(
    .Bits(ContextBits + 2)
  ) u_step_context (
    .clk_i(clk_i),
    .start_i(start_i),
    .context_i({start_first_tile_i, start_first_vector_i, start_context_i}),
    .code_context_o({code_first_tile_o, code_first_vector_o, code_context_o})
  );

  cim_code_marks #(
    .Stages(Stages)
  ) u_code_marks (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .start_i(start_i),
    .start_first_tile_i(start_first_tile_i),
    .start_first_i(start_first_vector_i),
    .start_last_i(start_last_vector_i),
    .adcs_done_i(adcs_done_i),
    .begin_tile_o(begin_tile_o),
    .begin_vector_o(begin_vector_o),
    .complete_o(complete_o)
  );
endmodule

`default_nettype wire

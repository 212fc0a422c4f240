// SPDX-License-Identifier: Apache-2.0
// The steps of a tile where every step of every group is driven: which step of which group it is,
// and the rows that it drives.
//
// A composition of cim_step_sequencer and cim_row_select, for front ends. The parameters and ports
// are theirs. Combinational from the sequencer's counters. Golden twin: the loops over groups and
// steps of golden::run_reference.
`default_nettype none

module cim_plain_steps #(
  parameter int unsigned Rows       = 64,
  parameter int unsigned ActiveRows = 64,
  parameter int unsigned Steps      = 8,
  parameter int unsigned PosBits    = 3,
  parameter logic [Steps*PosBits-1:0] StepPos = '0,
  parameter bit          NegateTop  = 1'b0,
  localparam int unsigned RowsBits  = $clog2(Rows + 1),
  localparam int unsigned StepBits  = (Steps > 1) ? $clog2(Steps) : 1
) (
  input  wire logic                clk_i,
  input  wire logic                rst_ni,
  // The tile at work
  input  wire logic                tile_valid_i,
  output logic                     tile_ready_o,
  input  wire logic                tile_first_i,
  input  wire logic                tile_last_i,
  input  wire logic [RowsBits-1:0] tile_rows_i,
  // The step to drive
  output logic                     valid_o,
  input  wire logic                ready_i,
  output logic [StepBits-1:0]      step_o,
  output logic [RowsBits-1:0]      base_o,             // first row of the group
  output logic [PosBits-1:0]       pos_o,
  output logic                     negate_o,
  output logic                     first_of_tile_o,
  output logic                     first_of_vector_o,
  output logic                     last_of_vector_o,
  output logic [Rows-1:0]          row_en_o
);
  cim_step_sequencer #(
    .Rows(Rows),
    .ActiveRows(ActiveRows),
    .Steps(Steps),
    .PosBits(PosBits),
    .StepPos(StepPos),
    .NegateTop(NegateTop)
  ) u_step_sequencer (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .tile_valid_i(tile_valid_i),
    .tile_ready_o(tile_ready_o),
    .tile_first_i(tile_first_i),
    .tile_last_i(tile_last_i),
    .tile_rows_i(tile_rows_i),
    .valid_o(valid_o),
    .ready_i(ready_i),
    .step_o(step_o),
    .base_o(base_o),
    .pos_o(pos_o),
    .negate_o(negate_o),
    .first_of_tile_o(first_of_tile_o),
    .first_of_vector_o(first_of_vector_o),
    .last_of_vector_o(last_of_vector_o)
  );

  cim_row_select #(
    .Rows(Rows),
    .ActiveRows(ActiveRows)
  ) u_row_select (
    .rows_i(tile_rows_i),
    .base_i(base_o),
    .row_en_o(row_en_o)
  );
endmodule

`default_nettype wire

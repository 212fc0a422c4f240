// SPDX-License-Identifier: Apache-2.0
// Goes through the steps of a tile: group by group (ActiveRows rows each), in a group step by step.
//
// A group without a present row is not driven. Each step carries its weight for the shift-add: the
// position StepPos[step] (a power of two) and, with NegateTop, the sign of the last step (two's
// complement inputs). Combinational from its counters to the step; the counters move when the step
// is taken (ready_i); one step a cycle. Golden twin: the loops over groups and steps of
// golden::run_reference.
`default_nettype none

module cim_step_sequencer #(
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
  output logic [RowsBits-1:0]      base_o,          // first row of the group
  output logic [PosBits-1:0]       pos_o,
  output logic                     negate_o,
  output logic                     first_of_tile_o,
  output logic                     first_of_vector_o,
  output logic                     last_of_vector_o
);
  if (ActiveRows < 1 || Rows % ActiveRows != 0) begin : gen_check
    $error("cim_step_sequencer: ActiveRows must divide Rows");
  end

  logic [StepBits-1:0] step_q;
  logic [RowsBits-1:0] base_q;
  logic                last_step, last_group, taken;

  assign taken     = tile_valid_i && ready_i;
  assign last_step = step_q == StepBits'(Steps - 1);

  if (Steps > 1) begin : gen_steps
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) step_q <= '0;
      else if (taken) step_q <= last_step ? '0 : step_q + StepBits'(1);
    end
  end else begin : gen_one_step
    assign step_q = '0;
  end

  if (ActiveRows < Rows) begin : gen_groups
    localparam logic [RowsBits-1:0] Active = RowsBits'(ActiveRows);
    // Rows past the group's own: none left means it is the last.
    assign last_group = tile_rows_i - base_q <= Active;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) base_q <= '0;
      else if (taken && last_step) base_q <= last_group ? '0 : base_q + Active;
    end
  end else begin : gen_one_group
    assign base_q     = '0;
    assign last_group = 1'b1;
    logic unused_rows;
    assign unused_rows = ^tile_rows_i;
  end

  always_comb begin
    pos_o = '0;
    for (int unsigned t = 0; t < Steps; t++) begin
      if (step_q == StepBits'(t)) pos_o = StepPos[t*PosBits +: PosBits];
    end
  end

  assign valid_o           = tile_valid_i;
  assign tile_ready_o      = taken && last_step && last_group;
  assign step_o            = step_q;
  assign base_o            = base_q;
  assign negate_o          = NegateTop && last_step;
  assign first_of_tile_o   = step_q == '0 && base_q == '0;
  assign first_of_vector_o = first_of_tile_o && tile_first_i;
  assign last_of_vector_o  = last_step && last_group && tile_last_i;

  // Without steps or groups to count there is no state.
  logic unused;
  assign unused = ^{clk_i, rst_ni};
endmodule

`default_nettype wire

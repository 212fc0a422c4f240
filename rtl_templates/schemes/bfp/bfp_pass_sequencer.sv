// SPDX-License-Identifier: Apache-2.0
// Goes through the steps of a tile that something needs: group by group, in a group pass by pass,
// in a pass the bits t of the mantissas, ascending. A step in which no row of the pass has a 1 is
// left out without a cycle.
//
// Static (Dynamic = 0): a group is one pass, under its shared shift shift_i; codes_i are mantissas.
// Dynamic: a code holds the row's own shift above its mantissa; bfp_pass_finder takes one cycle at
// a group's begin and gives the passes. A group all of whose mantissas are 0 costs one cycle.
// Groups without present rows, behind the last, cost none. Codes of absent rows may be anything.
//
// A vector whose last tile ends without a driven step to carry its end sends a step without
// conversion (convert_o low), at most one a vector. first_of_vector_o and first_of_tile_o go with
// the first step that is sent. pos_o: the step counts 2^pos = 2^(s + t).
// Combinational from its counters and the codes; the counters move when a step is taken (ready_i).
// Reset: control only. Golden twin: the order of steps in the trace of the bfp scheme of golden.
`default_nettype none

module bfp_pass_sequencer #(
  parameter int unsigned Rows         = 64,
  parameter int unsigned ActiveRows   = 64,
  parameter int unsigned Bits         = 8,
  parameter int unsigned MantissaBits = 4,
  parameter int unsigned PosBits      = 3,
  parameter bit          Dynamic      = 1'b0,
  localparam int unsigned ShiftBits   = (Bits > 1) ? $clog2(Bits) : 1,
  localparam int unsigned CodeBits    = MantissaBits + (Dynamic ? ShiftBits : 0),
  localparam int unsigned RowsBits    = $clog2(Rows + 1)
) (
  input  wire logic                     clk_i,
  input  wire logic                     rst_ni,
  // The tile at work
  input  wire logic                     tile_valid_i,
  output logic                          tile_ready_o,
  input  wire logic                     tile_last_i,
  input  wire logic [RowsBits-1:0]      tile_rows_i,
  input  wire logic [Rows*CodeBits-1:0] codes_i,
  output logic [RowsBits-1:0]           base_o,   // first row of the group
  input  wire logic [ShiftBits-1:0]     shift_i,  // of that group (static)
  // The step to drive
  output logic                          valid_o,
  input  wire logic                     ready_i,
  output logic                          convert_o,
  output logic [Rows-1:0]               row_en_o,
  output logic [Rows-1:0]               row_drive_o,
  output logic [PosBits-1:0]            pos_o,
  output logic                          first_of_tile_o,
  output logic                          first_of_vector_o,
  output logic                          last_of_vector_o
);
  if (ActiveRows < 1 || Rows % ActiveRows != 0) begin : gen_check
    $error("bfp_pass_sequencer: ActiveRows must divide Rows");
  end

  logic [RowsBits-1:0]     base_q;
  logic [MantissaBits-1:0] done_q, done_d;     // steps of the pass that are behind: thermometer
  logic                    in_tile_q, in_vector_q;
  logic                    last_group, group_empty, group_end, skip, taken, end_only;
  logic                    pass_valid, last_pass, last_step;
  logic [Rows-1:0]         group_en;
  logic [ShiftBits-1:0]    shift;
  logic [MantissaBits-1:0] any, left, step;    // step: one-hot
  logic [PosBits-1:0]      index;              // ... as a number

  cim_row_select #(.Rows(Rows), .ActiveRows(ActiveRows)) u_row_select (
    .rows_i(tile_rows_i), .base_i(base_q), .row_en_o(group_en)
  );

  // The bits that some row of the pass has, and the lowest that is still to come.
  always_comb begin
    any = '0;
    for (int unsigned r = 0; r < Rows; r++) begin
      any = any | (codes_i[r*CodeBits +: MantissaBits] & {MantissaBits{row_en_o[r]}});
    end
  end
  assign left      = any & ~done_q;
  assign step      = left & (~left + MantissaBits'(1));
  assign last_step = (left & ~step) == '0;
  // All steps up to the present one.
  assign done_d    = step | (step - MantissaBits'(1));

  if (Dynamic) begin : gen_dynamic
    bfp_pass_finder #(
      .Rows(Rows), .Bits(Bits), .MantissaBits(MantissaBits)
    ) u_pass_finder (
      .clk_i(clk_i), .rst_ni(rst_ni),
      .valid_i(tile_valid_i), .group_en_i(group_en), .codes_i(codes_i),
      .group_empty_o(group_empty), .pass_valid_o(pass_valid), .pass_end_i(taken && last_step),
      .last_o(last_pass), .shift_o(shift), .row_en_o(row_en_o)
    );
    logic unused_shift;
    assign unused_shift = ^shift_i;
  end else begin : gen_static
    assign row_en_o    = group_en;
    assign group_empty = any == '0;
    assign pass_valid  = !group_empty;
    assign last_pass   = 1'b1;
    assign shift       = shift_i;
  end

  if (ActiveRows < Rows) begin : gen_groups
    localparam logic [RowsBits-1:0] Active = RowsBits'(ActiveRows);
    assign last_group = tile_rows_i - base_q <= Active;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) base_q <= '0;
      else if (group_end) base_q <= last_group ? '0 : base_q + Active;
    end
  end else begin : gen_one_group
    assign base_q     = '0;
    assign last_group = 1'b1;
  end

  // A group without steps passes by itself, unless it has to carry the vector's end.
  assign end_only  = tile_valid_i && group_empty && last_group && tile_last_i;
  assign skip      = tile_valid_i && group_empty && !end_only;
  assign valid_o   = (tile_valid_i && pass_valid) || end_only;
  assign taken     = valid_o && ready_i;
  assign group_end = skip || (taken && (end_only || (last_step && last_pass)));
  assign tile_ready_o = group_end && last_group;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      done_q      <= '0;
      in_tile_q   <= 1'b0;
      in_vector_q <= 1'b0;
    end else begin
      if (taken) done_q <= (end_only || last_step) ? '0 : done_d;
      in_tile_q   <= (in_tile_q || taken) && !tile_ready_o;
      in_vector_q <= (in_vector_q || taken) && !(tile_ready_o && tile_last_i);
    end
  end

  always_comb begin
    index = '0;
    for (int unsigned t = 1; t < MantissaBits; t++) begin
      if (step[t]) index = index | PosBits'(t);
    end
  end
  for (genvar r = 0; r < Rows; r++) begin : gen_drive
    assign row_drive_o[r] = row_en_o[r] && |(codes_i[r*CodeBits +: MantissaBits] & step);
  end

  assign pos_o             = PosBits'(shift) + index;
  assign base_o            = base_q;
  assign convert_o         = !end_only;
  assign first_of_tile_o   = !in_tile_q;
  assign first_of_vector_o = !in_vector_q;
  assign last_of_vector_o  = tile_last_i && last_group && (end_only || (last_step && last_pass));
endmodule

`default_nettype wire

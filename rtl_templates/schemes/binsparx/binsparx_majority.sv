// SPDX-License-Identifier: Apache-2.0
// Decides for each group of a tile, as it is driven, whether its rows are inverted: one comparator
// for all groups in turn.
//
// With n present rows of the group (which begins at base_i), and sa ones among them:
//   flip_o = Activations and 2·sa > n;  ones_o = flip_o ? n - sa : sa: the ones that are driven;
//   odd_o = n mod 2;  line_o = bank·Groups + group: which registers the step's codes need.
// The counts of all groups come with the tile (move_i); the group in turn is the lowest, and the
// others follow as steps are taken. A tile of one group stays in the load buffer, and so does its
// count (counts_i is read itself; the input buffer's Direct). Combinational from the counts'
// register. Reset: the group's number only. Golden twin: f_x and sa' of the binsparx scheme.
`default_nettype none

module binsparx_majority #(
  parameter int unsigned Rows        = 64,
  parameter int unsigned ActiveRows  = 64,
  parameter int unsigned Banks       = 16,
  parameter bit          Activations = 1'b1,
  localparam int unsigned Groups     = Rows / ActiveRows,
  localparam int unsigned BankBits   = (Banks > 1) ? $clog2(Banks) : 1,
  localparam int unsigned LineBits   = (Banks * Groups > 1) ? $clog2(Banks * Groups) : 1,
  localparam int unsigned CountBits  = $clog2(ActiveRows + 1),
  localparam int unsigned RowsBits   = $clog2(Rows + 1),
  localparam int unsigned MostOnes   = Activations ? ActiveRows / 2 : ActiveRows,
  localparam int unsigned OnesBits   = (MostOnes > 0) ? $clog2(MostOnes + 1) : 1
) (
  input  wire logic                        clk_i,
  input  wire logic                        rst_ni,
  // The tile that moves to work
  input  wire logic                        move_i,
  input  wire logic [Groups*CountBits-1:0] counts_i,
  // The step in hand: of the group that begins at base_i
  input  wire logic                        step_valid_i,
  input  wire logic                        step_ready_i,
  input  wire logic                        tile_ready_i,  // ... the tile's last
  input  wire logic [BankBits-1:0]         bank_i,
  input  wire logic [RowsBits-1:0]         rows_i,
  input  wire logic [RowsBits-1:0]         base_i,
  output logic                             flip_o,
  output logic [OnesBits-1:0]              ones_o,
  output logic                             odd_o,
  output logic [LineBits-1:0]              line_o
);
  if (ActiveRows < 1 || Rows % ActiveRows != 0) begin : gen_check
    $error("binsparx_majority: ActiveRows must divide Rows");
  end

  logic [CountBits-1:0] sum, present;

  if (Groups > 1) begin : gen_groups
    logic [Groups*CountBits-1:0] counts_q;
    localparam int unsigned GroupBits = $clog2(Groups);
    logic [GroupBits-1:0]        group_q;
    logic [RowsBits-1:0]         left;
    logic                        taken;
    assign taken = step_valid_i && step_ready_i;
    always_ff @(posedge clk_i) begin
      if (move_i) counts_q <= counts_i;
      else if (taken) counts_q <= counts_q >> CountBits;
    end
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) group_q <= '0;
      else if (taken) group_q <= tile_ready_i ? '0 : group_q + GroupBits'(1);
    end
    assign left    = rows_i - base_i;
    assign present = (left > RowsBits'(ActiveRows)) ? CountBits'(ActiveRows) : left[CountBits-1:0];
    assign sum     = counts_q[0 +: CountBits];
    assign line_o  = LineBits'(LineBits'(bank_i) * LineBits'(Groups)) + LineBits'(group_q);
  end else begin : gen_one_group
    assign present = rows_i;
    assign sum     = counts_i;
    assign line_o  = bank_i;
    logic unused_group;
    assign unused_group =
        ^{clk_i, rst_ni, move_i, step_valid_i, step_ready_i, tile_ready_i, base_i};
  end

  if (Activations) begin : gen_flip
    logic [CountBits-1:0] driven;
    assign flip_o = {sum, 1'b0} > {1'b0, present};
    assign driven = flip_o ? present - sum : sum;
    assign ones_o = driven[OnesBits-1:0];
    if (CountBits > OnesBits) begin : gen_unused
      logic unused_driven;
      assign unused_driven = ^driven[CountBits-1:OnesBits];
    end
  end else begin : gen_plain
    assign flip_o = 1'b0;
    assign ones_o = sum;
    if (CountBits > 1) begin : gen_unused
      logic unused_present;
      assign unused_present = ^present[CountBits-1:1];
    end
  end
  assign odd_o = present[0];
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Variants of bfp_group_range; the list is repeated in bfp_group_range_test.cpp.
module bfp_group_range_case #(
  parameter int unsigned Rows = 1, ActiveRows = 1, Bits = 8, BeatElements = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned Beats    = (Rows + BeatElements - 1) / BeatElements;
  localparam int unsigned BeatBits = (Beats > 1) ? $clog2(Beats) : 1;
  localparam int unsigned RowsBits = $clog2(Rows + 1);
  logic                            taken;
  logic [BeatBits-1:0]             beat;
  logic [RowsBits-1:0]             left;
  logic [BeatElements*Bits-1:0]    elements;
  logic [Rows/ActiveRows*Bits-1:0] ranges;
  assign {elements, left, beat, taken} = in_i;
  assign out_o = ranges;
  bfp_group_range #(
    .Rows(Rows), .ActiveRows(ActiveRows), .Bits(Bits), .BeatElements(BeatElements)
  ) u_dut (
    .clk_i(clk_i), .beat_taken_i(taken), .beat_i(beat), .beat_left_i(left), .elements_i(elements),
    .ranges_o(ranges)
  );
endmodule

module tb_bfp_group_range (
  input  logic clk_i, rst_ni,
  input  logic [13*1024-1:0] in_i,
  output logic [13*1024-1:0] out_o
);
  bfp_group_range_case #(1, 1, 2, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  bfp_group_range_case #(8, 8, 5, 3)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  bfp_group_range_case #(12, 12, 8, 12)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  bfp_group_range_case #(12, 6, 8, 3)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  bfp_group_range_case #(12, 3, 8, 12)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  bfp_group_range_case #(12, 2, 3, 6)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  bfp_group_range_case #(12, 3, 8, 4)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  bfp_group_range_case #(21, 7, 8, 5)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
  bfp_group_range_case #(20, 10, 4, 4)
      u_8 (.in_i(in_i[8*1024 +: 1024]), .out_o(out_o[8*1024 +: 1024]), .*);
  bfp_group_range_case #(64, 64, 8, 16)
      u_9 (.in_i(in_i[9*1024 +: 1024]), .out_o(out_o[9*1024 +: 1024]), .*);
  bfp_group_range_case #(15, 5, 6, 7)
      u_10 (.in_i(in_i[10*1024 +: 1024]), .out_o(out_o[10*1024 +: 1024]), .*);
  bfp_group_range_case #(9, 1, 8, 4)
      u_11 (.in_i(in_i[11*1024 +: 1024]), .out_o(out_o[11*1024 +: 1024]), .*);
  bfp_group_range_case #(30, 6, 7, 13)
      u_12 (.in_i(in_i[12*1024 +: 1024]), .out_o(out_o[12*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of binsparx_popcount; the list is repeated in binsparx_popcount_test.cpp.
module binsparx_popcount_case #(
  parameter int unsigned Rows = 1, ActiveRows = 1, BeatElements = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned Beats     = (Rows + BeatElements - 1) / BeatElements;
  localparam int unsigned BeatBits  = (Beats > 1) ? $clog2(Beats) : 1;
  localparam int unsigned RowsBits  = $clog2(Rows + 1);
  localparam int unsigned CountBits = $clog2(ActiveRows + 1);
  logic                    taken;
  logic [BeatBits-1:0]     beat;
  logic [RowsBits-1:0]     left;
  logic [BeatElements-1:0] bits;
  logic [Rows/ActiveRows*CountBits-1:0] counts;
  assign {bits, left, beat, taken} = in_i;
  assign out_o = counts;
  binsparx_popcount #(.Rows(Rows), .ActiveRows(ActiveRows), .BeatElements(BeatElements)) u_dut (
    .clk_i(clk_i), .beat_taken_i(taken), .beat_i(beat), .beat_left_i(left), .bits_i(bits),
    .counts_o(counts)
  );
endmodule

module tb_binsparx_popcount (
  input  logic clk_i, rst_ni,
  input  logic [13*1024-1:0] in_i,
  output logic [13*1024-1:0] out_o
);
  binsparx_popcount_case #(1, 1, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  binsparx_popcount_case #(8, 8, 3)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  binsparx_popcount_case #(12, 12, 12)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  binsparx_popcount_case #(12, 6, 3)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  binsparx_popcount_case #(12, 3, 12)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  binsparx_popcount_case #(12, 2, 6)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  binsparx_popcount_case #(12, 3, 4)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  binsparx_popcount_case #(21, 7, 5)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
  binsparx_popcount_case #(20, 10, 4)
      u_8 (.in_i(in_i[8*1024 +: 1024]), .out_o(out_o[8*1024 +: 1024]), .*);
  binsparx_popcount_case #(64, 64, 16)
      u_9 (.in_i(in_i[9*1024 +: 1024]), .out_o(out_o[9*1024 +: 1024]), .*);
  binsparx_popcount_case #(15, 5, 7)
      u_10 (.in_i(in_i[10*1024 +: 1024]), .out_o(out_o[10*1024 +: 1024]), .*);
  binsparx_popcount_case #(9, 1, 4)
      u_11 (.in_i(in_i[11*1024 +: 1024]), .out_o(out_o[11*1024 +: 1024]), .*);
  binsparx_popcount_case #(30, 6, 13)
      u_12 (.in_i(in_i[12*1024 +: 1024]), .out_o(out_o[12*1024 +: 1024]), .*);
endmodule

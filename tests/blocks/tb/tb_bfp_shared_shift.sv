// SPDX-License-Identifier: Apache-2.0
// Variants of bfp_shared_shift; the list is repeated in bfp_shared_shift_test.cpp.
module bfp_shared_shift_case #(parameter int unsigned Rows = 1, ActiveRows = 1, ShiftBits = 3) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned RowsBits = $clog2(Rows + 1);
  logic [Rows/ActiveRows*ShiftBits-1:0] shifts;
  logic [RowsBits-1:0]                  base;
  logic [ShiftBits-1:0]                 shift;
  logic                                 load;
  assign {shifts, base, load} = in_i;
  assign out_o = shift;
  bfp_shared_shift #(.Rows(Rows), .ActiveRows(ActiveRows), .ShiftBits(ShiftBits)) u_dut (
    .clk_i(clk_i), .load_i(load), .shifts_i(shifts), .base_i(base), .shift_o(shift)
  );
endmodule

module tb_bfp_shared_shift (
  input  logic clk_i, rst_ni,
  input  logic [4*1024-1:0] in_i,
  output logic [4*1024-1:0] out_o
);
  bfp_shared_shift_case #(4, 4, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  bfp_shared_shift_case #(12, 3, 3)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  bfp_shared_shift_case #(5, 1, 2)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  bfp_shared_shift_case #(64, 8, 3)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
endmodule

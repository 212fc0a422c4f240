// SPDX-License-Identifier: Apache-2.0
// Variants of bfp_leading_one; the list is repeated in bfp_leading_one_test.cpp.
module bfp_leading_one_case #(parameter int unsigned Bits = 8, MantissaBits = 4) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ShiftBits = (Bits > 1) ? $clog2(Bits) : 1;
  localparam int unsigned LengthBits = $clog2(MantissaBits + 1);
  logic [Bits-1:0]       value;
  logic [LengthBits-1:0] length;
  logic [ShiftBits-1:0]  shift;
  assign {length, value} = in_i;
  assign out_o = shift;
  bfp_leading_one #(.Bits(Bits), .MantissaBits(MantissaBits)) u_dut (
    .value_i(value), .length_i(length), .shift_o(shift)
  );
endmodule

module tb_bfp_leading_one (
  input  logic clk_i, rst_ni,
  input  logic [6*1024-1:0] in_i,
  output logic [6*1024-1:0] out_o
);
  bfp_leading_one_case #(8, 4)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  bfp_leading_one_case #(8, 8)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  bfp_leading_one_case #(2, 1)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  bfp_leading_one_case #(5, 3)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
  bfp_leading_one_case #(7, 1)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]));
  bfp_leading_one_case #(4, 4)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]));
endmodule

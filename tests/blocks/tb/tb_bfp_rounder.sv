// SPDX-License-Identifier: Apache-2.0
// Variants of bfp_rounder; the list is repeated in bfp_rounder_test.cpp.
module bfp_rounder_case #(parameter int unsigned Bits = 8, MantissaBits = 4, bit Own = 0) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ShiftBits = (Bits > 1) ? $clog2(Bits) : 1;
  logic [Bits-1:0]         value;
  logic [ShiftBits-1:0]    shift, shift_out;
  logic [MantissaBits-1:0] mask, mantissa;
  assign {mask, shift, value} = in_i;
  assign out_o = {mantissa, shift_out};
  bfp_rounder #(.Bits(Bits), .MantissaBits(MantissaBits), .Own(Own)) u_dut (
    .values_i(value), .shift_i(shift), .mask_i(mask), .shift_o(shift_out), .mantissas_o(mantissa)
  );
endmodule

module tb_bfp_rounder (
  input  logic clk_i, rst_ni,
  input  logic [8*1024-1:0] in_i,
  output logic [8*1024-1:0] out_o
);
  bfp_rounder_case #(8, 4, 0)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  bfp_rounder_case #(8, 4, 1)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  bfp_rounder_case #(5, 3, 1)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  bfp_rounder_case #(8, 8, 1)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
  bfp_rounder_case #(2, 1, 0)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]));
  bfp_rounder_case #(8, 1, 1)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]));
  bfp_rounder_case #(3, 3, 0)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]));
  bfp_rounder_case #(6, 5, 1)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]));
endmodule

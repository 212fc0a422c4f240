// SPDX-License-Identifier: Apache-2.0
// Variants of bfp_mantissa; the list is repeated in bfp_mantissa_test.cpp.
module bfp_mantissa_case #(parameter int unsigned MantissaBits = 4) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned LengthBits = $clog2(MantissaBits + 1);
  logic [LengthBits-1:0]   value, length;
  logic [MantissaBits-1:0] mask;
  logic                    begins;
  assign {begins, value} = in_i;
  assign out_o = {mask, length};
  bfp_mantissa #(.MantissaBits(MantissaBits)) u_dut (
    .clk_i(clk_i), .register_i(value), .vector_begin_i(begins), .length_o(length), .mask_o(mask)
  );
endmodule

module tb_bfp_mantissa (
  input  logic clk_i, rst_ni,
  input  logic [4*1024-1:0] in_i,
  output logic [4*1024-1:0] out_o
);
  bfp_mantissa_case #(1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  bfp_mantissa_case #(3)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  bfp_mantissa_case #(4)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  bfp_mantissa_case #(8)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of bfp_element_encoder; the list is repeated in bfp_element_encoder_test.cpp.
module bfp_element_encoder_case #(parameter int unsigned Bits = 8, MantissaBits = 4) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ShiftBits = (Bits > 1) ? $clog2(Bits) : 1;
  localparam int unsigned LengthBits = $clog2(MantissaBits + 1);
  logic [Bits-1:0]                   value;
  logic [LengthBits-1:0]             length;
  logic [MantissaBits-1:0]           mask;
  logic [ShiftBits+MantissaBits-1:0] code;
  assign {mask, length, value} = in_i;
  assign out_o = code;
  bfp_element_encoder #(.Bits(Bits), .MantissaBits(MantissaBits)) u_dut (
    .value_i(value), .length_i(length), .mask_i(mask), .code_o(code)
  );
endmodule

module tb_bfp_element_encoder (
  input  logic clk_i, rst_ni,
  input  logic [6*1024-1:0] in_i,
  output logic [6*1024-1:0] out_o
);
  bfp_element_encoder_case #(8, 4)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  bfp_element_encoder_case #(8, 8)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  bfp_element_encoder_case #(2, 2)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  bfp_element_encoder_case #(2, 1)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
  bfp_element_encoder_case #(5, 3)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]));
  bfp_element_encoder_case #(7, 6)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]));
endmodule

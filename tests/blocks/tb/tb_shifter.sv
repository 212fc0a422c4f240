// SPDX-License-Identifier: Apache-2.0
// Variants of cim_shifter; the list is repeated in shifter_test.cpp.
module shifter_case #(parameter int unsigned InBits = 2, PosBits = 1, OutBits = 2) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic [InBits-1:0]  value;
  logic               fill;
  logic [PosBits-1:0] pos;
  logic [OutBits-1:0] shifted;
  assign {pos, fill, value} = in_i;
  assign out_o = shifted;
  cim_shifter #(.InBits(InBits), .PosBits(PosBits), .OutBits(OutBits)) u_dut (
    .value_i(value), .fill_i(fill), .pos_i(pos), .value_o(shifted)
  );
endmodule

module tb_shifter (
  input  logic clk_i, rst_ni,
  input  logic [6*1024-1:0] in_i,
  output logic [6*1024-1:0] out_o
);
  shifter_case #(2, 1, 3)   u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  shifter_case #(8, 4, 24)  u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  shifter_case #(9, 3, 5)   u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  shifter_case #(5, 5, 17)  u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
  shifter_case #(13, 5, 63) u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]));
  shifter_case #(17, 2, 17) u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]));
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of bfp_or_tree; the list is repeated in bfp_or_tree_test.cpp.
module bfp_or_tree_case #(parameter int unsigned Rows = 1, Bits = 8) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic [Bits-1:0] any;
  assign out_o = any;
  bfp_or_tree #(.Rows(Rows), .Bits(Bits)) u_dut (
    .elements_i(in_i[Rows*Bits-1:0]), .enable_i(in_i[Rows*Bits +: Rows]), .any_o(any)
  );
endmodule

module tb_bfp_or_tree (
  input  logic clk_i, rst_ni,
  input  logic [4*1024-1:0] in_i,
  output logic [4*1024-1:0] out_o
);
  bfp_or_tree_case #(1, 2)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  bfp_or_tree_case #(3, 8)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  bfp_or_tree_case #(12, 5)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  bfp_or_tree_case #(100, 8)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
endmodule

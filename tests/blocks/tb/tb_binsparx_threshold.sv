// SPDX-License-Identifier: Apache-2.0
// Variants of binsparx_threshold; the list is repeated in binsparx_threshold_test.cpp.
module binsparx_threshold_case #(
  parameter int unsigned Outputs = 1, ResultBits = 2, Bits = 2
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic [Outputs*ResultBits-1:0] results;
  logic [Outputs*Bits-1:0]       thresholds;
  logic [Outputs-1:0]            reached;
  assign {thresholds, results} = in_i;
  assign out_o = reached;
  binsparx_threshold #(.Outputs(Outputs), .ResultBits(ResultBits), .Bits(Bits)) u_dut (
    .result_i(results), .threshold_i(thresholds), .reached_o(reached)
  );
endmodule

module tb_binsparx_threshold (
  input  logic clk_i, rst_ni,
  input  logic [5*1024-1:0] in_i,
  output logic [5*1024-1:0] out_o
);
  binsparx_threshold_case #(1, 5, 5)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  binsparx_threshold_case #(1, 4, 7)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  binsparx_threshold_case #(2, 2, 3)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  binsparx_threshold_case #(3, 24, 24)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  binsparx_threshold_case #(5, 13, 63)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
endmodule

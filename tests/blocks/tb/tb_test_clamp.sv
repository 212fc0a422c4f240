// SPDX-License-Identifier: Apache-2.0
// Variants of cim_test_clamp; the list is repeated in test_clamp_test.cpp.
module test_clamp_case #(parameter int unsigned Rows = 1, parameter int unsigned Adcs = 1) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic [Rows-1:0] row_en, row_en_o;
  logic [Adcs-1:0] request, request_o;
  logic precharge, sample, weight, mode, precharge_o, sample_o, weight_o;
  assign {mode, weight, sample, precharge, request, row_en} = in_i;
  assign out_o = {weight_o, sample_o, precharge_o, request_o, row_en_o};
  cim_test_clamp #(.Rows(Rows), .Adcs(Adcs)) u_dut (
    .test_mode_i(mode), .precharge_i(precharge), .sample_i(sample), .row_en_i(row_en),
    .request_i(request), .weight_valid_i(weight), .precharge_o(precharge_o), .sample_o(sample_o),
    .row_en_o(row_en_o), .request_o(request_o), .weight_valid_o(weight_o)
  );
endmodule

module tb_test_clamp (
  input  logic clk_i, rst_ni,
  input  logic [2*1024-1:0] in_i,
  output logic [2*1024-1:0] out_o
);
  test_clamp_case #(1, 1) u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  test_clamp_case #(5, 3) u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
endmodule

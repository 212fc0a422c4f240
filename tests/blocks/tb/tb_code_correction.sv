// SPDX-License-Identifier: Apache-2.0
// Variants of cim_code_correction; the list is repeated in code_correction_test.cpp.
module code_correction_case #(
  parameter int unsigned Adcs = 1, parameter int unsigned CodeBits = 1, parameter bit Signed = 0,
  parameter int unsigned CorrectionBits = 1, parameter int unsigned UsedBits = 3
) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic [Adcs*CodeBits-1:0]       code;
  logic [Adcs*CorrectionBits-1:0] correction;
  logic [Adcs*UsedBits-1:0]       used;
  assign {correction, code} = in_i;
  assign out_o = used;
  cim_code_correction #(
    .Adcs(Adcs), .CodeBits(CodeBits), .Signed(Signed), .CorrectionBits(CorrectionBits),
    .UsedBits(UsedBits)
  ) u_dut (.code_i(code), .correction_i(correction), .code_o(used));
endmodule

module tb_code_correction (
  input  logic clk_i, rst_ni,
  input  logic [4*1024-1:0] in_i,
  output logic [4*1024-1:0] out_o
);
  code_correction_case #(1, 1, 0, 1, 3) u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  code_correction_case #(3, 7, 0, 4, 9) u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  code_correction_case #(2, 4, 1, 8, 9) u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  code_correction_case #(2, 8, 1, 8, 9) u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
endmodule

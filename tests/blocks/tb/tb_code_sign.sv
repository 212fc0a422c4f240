// SPDX-License-Identifier: Apache-2.0
// Variants of cim_code_sign; the list is repeated in code_sign_test.cpp.
module code_sign_case #(parameter int unsigned CodeBits = 1, parameter bit Signed = 0) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic                valid, negate, carry;
  logic [CodeBits-1:0] code;
  logic [CodeBits:0]   value;
  assign {negate, code, valid} = in_i;
  assign out_o = {carry, value};
  cim_code_sign #(.CodeBits(CodeBits), .Signed(Signed)) u_dut (
    .valid_i(valid), .code_i(code), .negate_i(negate), .value_o(value), .carry_o(carry)
  );
endmodule

module tb_code_sign (
  input  logic clk_i, rst_ni,
  input  logic [5*1024-1:0] in_i,
  output logic [5*1024-1:0] out_o
);
  code_sign_case #(1, 0)  u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  code_sign_case #(2, 1)  u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  code_sign_case #(7, 0)  u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  code_sign_case #(8, 1)  u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
  code_sign_case #(16, 1) u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]));
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of binsparx_correction; the list is repeated in binsparx_correction_test.cpp.
module binsparx_correction_case #(
  parameter bit CodeSigned = 0,
  parameter int unsigned CodeBits = 1, Step = 1, OnesBits = 1, WordBits = 1,
  parameter bit Weights = 1,
  parameter int unsigned TermBits = 2, Bits = 2
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic valid, flip, odd, carry;
  logic [CodeBits-1:0] code;
  logic [WordBits-1:0] word;
  logic [OnesBits-1:0] ones;
  logic [Bits-1:0]     term;
  assign {ones, word, code, odd, flip, valid} = in_i;
  assign out_o = {carry, term};
  binsparx_correction #(
    .CodeBits(CodeBits), .CodeSigned(CodeSigned), .Step(Step), .OnesBits(OnesBits), .WordBits(WordBits), .Weights(Weights),
    .TermBits(TermBits), .Bits(Bits)
  ) u_dut (
    .valid_i(valid), .code_i(code), .word_i(word), .flip_i(flip), .odd_i(odd), .ones_i(ones),
    .term_o(term), .carry_o(carry)
  );
endmodule

module tb_binsparx_correction (
  input  logic clk_i, rst_ni,
  input  logic [10*1024-1:0] in_i,
  output logic [10*1024-1:0] out_o
);
  binsparx_correction_case #(0, 3, 1, 3, 4, 1, 7, 7)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  binsparx_correction_case #(0, 3, 1, 4, 5, 0, 7, 12)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  binsparx_correction_case #(0, 1, 1, 1, 1, 0, 4, 9)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  binsparx_correction_case #(0, 4, 5, 3, 4, 1, 10, 14)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  binsparx_correction_case #(0, 4, 7, 3, 4, 0, 10, 10)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  binsparx_correction_case #(0, 16, 65535, 10, 11, 1, 36, 40)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  binsparx_correction_case #(0, 5, 2, 1, 2, 1, 9, 9)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  binsparx_correction_case #(0, 4, 43690, 4, 3, 1, 23, 30)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
  binsparx_correction_case #(1, 4, 1, 3, 4, 1, 8, 8)
      u_8 (.in_i(in_i[8*1024 +: 1024]), .out_o(out_o[8*1024 +: 1024]), .*);
  binsparx_correction_case #(1, 5, 5, 3, 4, 0, 11, 14)
      u_9 (.in_i(in_i[9*1024 +: 1024]), .out_o(out_o[9*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of bfp_pass_finder; the list is repeated in bfp_pass_finder_test.cpp.
module bfp_pass_finder_case #(parameter int unsigned Rows = 1, Bits = 8, MantissaBits = 4) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ShiftBits = (Bits > 1) ? $clog2(Bits) : 1;
  localparam int unsigned CodeBits = MantissaBits + ShiftBits;
  logic [Rows*CodeBits-1:0] codes;
  logic [Rows-1:0]          group_en, row_en;
  logic [ShiftBits-1:0]     shift;
  logic                     valid, pass_end, empty, pass_valid, last;
  assign {codes, group_en, pass_end, valid} = in_i;
  assign out_o = {row_en, shift, last, pass_valid, empty};
  bfp_pass_finder #(.Rows(Rows), .Bits(Bits), .MantissaBits(MantissaBits)) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .valid_i(valid), .group_en_i(group_en), .codes_i(codes),
    .group_empty_o(empty), .pass_valid_o(pass_valid), .pass_end_i(pass_end), .last_o(last),
    .shift_o(shift), .row_en_o(row_en)
  );
endmodule

module tb_bfp_pass_finder (
  input  logic clk_i, rst_ni,
  input  logic [4*1024-1:0] in_i,
  output logic [4*1024-1:0] out_o
);
  bfp_pass_finder_case #(1, 2, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  bfp_pass_finder_case #(5, 5, 3)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  bfp_pass_finder_case #(16, 8, 4)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  bfp_pass_finder_case #(40, 8, 8)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
endmodule

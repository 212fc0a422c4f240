// SPDX-License-Identifier: Apache-2.0
// Variants of bfp_block_encoder; the list is repeated in bfp_block_encoder_test.cpp.
module bfp_block_encoder_case #(parameter int unsigned Rows = 1, ActiveRows = 1, Bits = 8,
  MantissaBits = 4) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ShiftBits = (Bits > 1) ? $clog2(Bits) : 1;
  localparam int unsigned LengthBits = $clog2(MantissaBits + 1);
  logic [Rows*Bits-1:0]                 elements;
  logic [Rows/ActiveRows*Bits-1:0]      ranges;
  logic [LengthBits-1:0]                length;
  logic [MantissaBits-1:0]              mask;
  logic [Rows*MantissaBits-1:0]         mantissas;
  logic [Rows/ActiveRows*ShiftBits-1:0] shifts;
  assign {mask, length, ranges, elements} = in_i;
  assign out_o = {shifts, mantissas};
  bfp_block_encoder #(
    .Rows(Rows), .ActiveRows(ActiveRows), .Bits(Bits), .MantissaBits(MantissaBits)
  ) u_dut (
    .elements_i(elements), .ranges_i(ranges), .length_i(length), .mask_i(mask),
    .mantissas_o(mantissas), .shifts_o(shifts)
  );
endmodule

module tb_bfp_block_encoder (
  input  logic clk_i, rst_ni,
  input  logic [5*1024-1:0] in_i,
  output logic [5*1024-1:0] out_o
);
  bfp_block_encoder_case #(1, 1, 2, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  bfp_block_encoder_case #(6, 3, 5, 3)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  bfp_block_encoder_case #(4, 4, 8, 4)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  bfp_block_encoder_case #(12, 12, 8, 8)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
  bfp_block_encoder_case #(5, 1, 8, 4)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]));
endmodule

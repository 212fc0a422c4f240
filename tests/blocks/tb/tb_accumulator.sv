// SPDX-License-Identifier: Apache-2.0
// Variants of cim_accumulator; the list is repeated in accumulator_test.cpp.
module accumulator_case #(
  parameter int unsigned Outputs = 1, Bits = 8, ResultBits = 8, parameter bit Saturate = 0,
  HasStart = 0,
  LoadZero = 0, parameter int unsigned GateBits = 0
) (
  input  logic clk_i,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic valid, carry, begin_tile, begin_vector, first_plane, last_plane, first_tile, first_vector;
  logic [Bits-1:0]               term;
  logic [Outputs*ResultBits-1:0] start, result;
  logic [Outputs-1:0]            start_saturated, saturated;
  assign {start, start_saturated, term, first_vector, first_tile, last_plane, first_plane,
          begin_vector, begin_tile, carry, valid} = in_i;
  assign out_o = {result, saturated};
  cim_accumulator #(
    .Outputs(Outputs), .Bits(Bits), .ResultBits(ResultBits), .Saturate(Saturate),
    .HasStart(HasStart),
    .LoadZero(LoadZero), .GateBits(GateBits)
  ) u_dut (
    .clk_i(clk_i), .test_en_i(1'b0), .valid_i(valid), .term_i(term), .carry_i(carry), .begin_tile_i(begin_tile),
    .begin_vector_i(begin_vector), .first_plane_i(first_plane), .last_plane_i(last_plane),
    .first_tile_i(first_tile), .first_vector_i(first_vector), .start_i(start),
    .start_saturated_i(start_saturated), .result_o(result), .saturated_o(saturated)
  );
endmodule

module tb_accumulator (
  input  logic clk_i, rst_ni,
  input  logic [24*1024-1:0] in_i,
  output logic [24*1024-1:0] out_o
);
  accumulator_case #(1, 20, 20, 0, 0)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  accumulator_case #(1, 12, 8, 1, 0)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  accumulator_case #(1, 12, 8, 1, 1)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  accumulator_case #(1, 16, 16, 1, 1)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  accumulator_case #(2, 20, 20, 0, 0)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  accumulator_case #(5, 63, 63, 0, 0)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  accumulator_case #(2, 12, 8, 1, 0)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  accumulator_case #(3, 12, 8, 1, 0)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
  accumulator_case #(2, 12, 7, 1, 1)
      u_8 (.in_i(in_i[8*1024 +: 1024]), .out_o(out_o[8*1024 +: 1024]), .*);
  accumulator_case #(4, 11, 2, 1, 1)
      u_9 (.in_i(in_i[9*1024 +: 1024]), .out_o(out_o[9*1024 +: 1024]), .*);
  accumulator_case #(3, 18, 18, 1, 1)
      u_10 (.in_i(in_i[10*1024 +: 1024]), .out_o(out_o[10*1024 +: 1024]), .*);
  accumulator_case #(2, 20, 20, 0, 0, 1)
      u_11 (.in_i(in_i[11*1024 +: 1024]), .out_o(out_o[11*1024 +: 1024]), .*);
  accumulator_case #(3, 12, 8, 1, 0, 1)
      u_12 (.in_i(in_i[12*1024 +: 1024]), .out_o(out_o[12*1024 +: 1024]), .*);
  accumulator_case #(1, 12, 8, 1, 0, 1)
      u_13 (.in_i(in_i[13*1024 +: 1024]), .out_o(out_o[13*1024 +: 1024]), .*);
  accumulator_case #(4, 14, 9, 1, 1, 1)
      u_14 (.in_i(in_i[14*1024 +: 1024]), .out_o(out_o[14*1024 +: 1024]), .*);
  // Behind clock gates.
  accumulator_case #(1, 20, 20, 0, 0, 0, 8)
      u_15 (.in_i(in_i[15*1024 +: 1024]), .out_o(out_o[15*1024 +: 1024]), .*);
  accumulator_case #(1, 12, 8, 1, 0, 0, 8)
      u_16 (.in_i(in_i[16*1024 +: 1024]), .out_o(out_o[16*1024 +: 1024]), .*);
  accumulator_case #(1, 12, 8, 1, 1, 0, 8)
      u_17 (.in_i(in_i[17*1024 +: 1024]), .out_o(out_o[17*1024 +: 1024]), .*);
  accumulator_case #(2, 20, 20, 0, 0, 0, 8)
      u_18 (.in_i(in_i[18*1024 +: 1024]), .out_o(out_o[18*1024 +: 1024]), .*);
  accumulator_case #(3, 12, 8, 1, 0, 0, 2)
      u_19 (.in_i(in_i[19*1024 +: 1024]), .out_o(out_o[19*1024 +: 1024]), .*);
  accumulator_case #(4, 11, 2, 1, 1, 0, 2)
      u_20 (.in_i(in_i[20*1024 +: 1024]), .out_o(out_o[20*1024 +: 1024]), .*);
  accumulator_case #(2, 20, 20, 0, 0, 1, 8)
      u_21 (.in_i(in_i[21*1024 +: 1024]), .out_o(out_o[21*1024 +: 1024]), .*);
  accumulator_case #(3, 12, 8, 1, 0, 1, 8)
      u_22 (.in_i(in_i[22*1024 +: 1024]), .out_o(out_o[22*1024 +: 1024]), .*);
  accumulator_case #(3, 4, 4, 0, 0, 0, 8)
      u_23 (.in_i(in_i[23*1024 +: 1024]), .out_o(out_o[23*1024 +: 1024]), .*);
endmodule

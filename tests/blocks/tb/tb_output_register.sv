// SPDX-License-Identifier: Apache-2.0
// Variants of cim_output_register; the list is repeated in output_register_test.cpp.
module output_register_case #(
  parameter int unsigned Outputs = 1, StoredBits = 2, ResultBits = 2, BeatElements = 1,
  parameter bit HasFlags = 0, Signed = 1, parameter int unsigned GateBits = 0
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic load, ready, free, valid, last;
  logic [Outputs*StoredBits-1:0]      result;
  logic [Outputs-1:0]                 saturated;
  logic [BeatElements*ResultBits-1:0] data;
  logic [BeatElements-1:0]            flags;
  assign {result, saturated, ready, load} = in_i;
  assign out_o = {data, flags, last, valid, free};
  cim_output_register #(
    .Outputs(Outputs), .StoredBits(StoredBits), .ResultBits(ResultBits),
    .BeatElements(BeatElements), .HasFlags(HasFlags), .Signed(Signed),
    .GateBits(GateBits)
  ) u_dut (
    .clk_i(clk_i), .test_en_i(1'b0), .rst_ni(rst_ni), .load_i(load), .result_i(result), .saturated_i(saturated),
    .free_o(free), .valid_o(valid), .ready_i(ready), .data_o(data), .saturated_o(flags),
    .last_o(last)
  );
endmodule

module tb_output_register (
  input  logic clk_i, rst_ni,
  input  logic [10*1024-1:0] in_i,
  output logic [10*1024-1:0] out_o
);
  output_register_case #(1, 5, 9, 1, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  output_register_case #(5, 7, 7, 2, 1)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  output_register_case #(16, 11, 24, 1, 0)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  output_register_case #(6, 33, 63, 6, 1)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  output_register_case #(7, 4, 5, 3, 0)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  output_register_case #(8, 2, 2, 4, 1)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  output_register_case #(9, 1, 1, 4, 1, 0)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  output_register_case #(3, 3, 6, 2, 0, 0)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
  // Behind clock gates.
  output_register_case #(5, 7, 7, 2, 1, 1, 8)
      u_8 (.in_i(in_i[8*1024 +: 1024]), .out_o(out_o[8*1024 +: 1024]), .*);
  output_register_case #(16, 11, 24, 1, 0, 1, 8)
      u_9 (.in_i(in_i[9*1024 +: 1024]), .out_o(out_o[9*1024 +: 1024]), .*);
endmodule

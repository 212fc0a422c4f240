// SPDX-License-Identifier: Apache-2.0
// Variants of cim_output_stage; the list is repeated in output_stage_test.cpp.
module output_stage_case #(
  parameter int unsigned Outputs = 1, BeatElements = 1, AccBits = 2, MultiplierBits = 1, OutBits = 1,
  GateBits = 0
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic valid, ready, last, out_valid, out_ready, out_last, idle;
  logic [Outputs*MultiplierBits-1:0] m;
  logic [Outputs*6-1:0]              s;
  logic [OutBits:0]                  zero, low, high;
  logic [BeatElements*AccBits-1:0]   data;
  logic [BeatElements*OutBits-1:0]   result;
  logic [BeatElements-1:0]           saturated, out_saturated;
  assign {data, saturated, high, low, zero, s, m, last, out_ready, valid} = in_i;
  assign out_o = {result, out_saturated, out_last, idle, out_valid, ready};
  cim_output_stage #(
    .Outputs(Outputs), .BeatElements(BeatElements), .AccBits(AccBits),
    .MultiplierBits(MultiplierBits), .OutBits(OutBits), .GateBits(GateBits)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .test_en_i(1'b0), .m_i(m), .s_i(s), .zero_i(zero), .low_i(low), .high_i(high),
    .valid_i(valid), .ready_o(ready), .data_i(data), .last_i(last), .saturated_i(saturated),
    .valid_o(out_valid), .ready_i(out_ready), .data_o(result), .last_o(out_last),
    .saturated_o(out_saturated), .idle_o(idle)
  );
endmodule

module tb_output_stage (
  input  logic clk_i, rst_ni,
  input  logic [5*1024-1:0] in_i,
  output logic [5*1024-1:0] out_o
);
  output_stage_case #(1, 1, 5, 3, 2)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  output_stage_case #(6, 4, 24, 16, 8)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  output_stage_case #(5, 1, 40, 24, 16)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  output_stage_case #(3, 3, 2, 1, 1)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  // Behind clock gates.
  output_stage_case #(6, 4, 24, 16, 8, 8)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of cim_chain_input; the list is repeated in chain_input_test.cpp.
module chain_input_case #(
  parameter int unsigned Outputs = 1, ResultBits = 4, BeatElements = 1, parameter bit HasBias = 0,
  parameter int unsigned MostWaiting = 4, GateBits = 0
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned BiasBits = HasBias ? Outputs * ResultBits : 1;
  logic block, begin_vector, valid, ready, ahead, full, claim, pop;
  logic [BeatElements*ResultBits-1:0] data;
  logic [BeatElements-1:0]            flags;
  logic [BiasBits-1:0]                bias;
  logic [Outputs*ResultBits-1:0]      start;
  logic [Outputs-1:0]                 saturated;
  assign {bias, data, flags, claim, pop, valid, begin_vector, block} = in_i;
  assign out_o = {start, saturated, full, ahead, ready};
  cim_chain_input #(
    .Outputs(Outputs), .ResultBits(ResultBits), .BeatElements(BeatElements), .HasBias(HasBias),
    .MostWaiting(MostWaiting), .GateBits(GateBits)
  ) u_dut (
    .clk_i(clk_i), .test_en_i(1'b0), .rst_ni(rst_ni), .block_i(block), .vector_begin_i(begin_vector),
    .valid_i(valid), .ready_o(ready),
    .data_i(data), .saturated_i(flags), .bias_i(bias), .ahead_o(ahead),
    .valid_o(full), .claim_i(claim), .pop_i(pop), .start_o(start), .start_saturated_o(saturated)
  );
endmodule

module tb_chain_input (
  input  logic clk_i, rst_ni,
  input  logic [8*1024-1:0] in_i,
  output logic [8*1024-1:0] out_o
);
  chain_input_case #(1, 4, 1, 0, 4)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  chain_input_case #(1, 5, 1, 1, 3)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  chain_input_case #(5, 6, 2, 1, 4)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  chain_input_case #(7, 24, 3, 0, 2)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  chain_input_case #(8, 2, 8, 1, 6)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  chain_input_case #(6, 63, 1, 1, 7)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  // Behind clock gates.
  chain_input_case #(5, 6, 2, 1, 4, 8)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  chain_input_case #(7, 24, 3, 0, 2, 8)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of cim_ring; the list is repeated in ring_test.cpp.
module ring_case #(parameter int unsigned Banks = 1, Slots = 1, Bits = 1, GateBits = 0) (
  input  logic clk_i,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic turn, write;
  logic [Banks-1:0] bank_sel;
  logic [Bits-1:0]  data, value;
  assign {data, bank_sel, write, turn} = in_i;
  assign out_o = value;
  cim_ring #(.Banks(Banks), .Slots(Slots), .Bits(Bits), .GateBits(GateBits)) u_dut (
    .clk_i(clk_i), .test_en_i(1'b0), .bank_sel_i(bank_sel), .turn_i(turn), .write_i(write), .data_i(data),
    .value_o(value)
  );
endmodule

module tb_ring (
  input  logic clk_i, rst_ni,
  input  logic [6*1024-1:0] in_i,
  output logic [6*1024-1:0] out_o
);
  ring_case #(1, 1, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  ring_case #(3, 1, 4)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  ring_case #(2, 4, 8)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  ring_case #(5, 3, 16)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  // Behind clock gates.
  ring_case #(2, 4, 8, 8)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  ring_case #(5, 3, 16, 8)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
endmodule

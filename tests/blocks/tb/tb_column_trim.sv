// SPDX-License-Identifier: Apache-2.0
// Variants of column_trim; the list is repeated in column_trim_test.cpp.
module column_trim_case #(parameter int unsigned Banks = 1, Slots = 1, Bits = 1) (
  input  logic clk_i,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic ring_turn, write, start, next;
  logic [Banks-1:0] bank_sel;
  logic [Bits-1:0]  data, value, trim;
  assign {data, bank_sel, next, start, write, ring_turn} = in_i;
  assign out_o = {value, trim};
  column_trim #(.Banks(Banks), .Slots(Slots), .Bits(Bits)) u_dut (
    .clk_i(clk_i), .test_en_i(1'b0), .bank_sel_i(bank_sel), .ring_turn_i(ring_turn), .write_i(write), .data_i(data),
    .value_o(value), .start_i(start), .next_i(next), .trim_o(trim)
  );
endmodule

module tb_column_trim (
  input  logic clk_i, rst_ni,
  input  logic [3*1024-1:0] in_i,
  output logic [3*1024-1:0] out_o
);
  column_trim_case #(1, 1, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  column_trim_case #(3, 4, 4)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  column_trim_case #(2, 3, 8)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
endmodule

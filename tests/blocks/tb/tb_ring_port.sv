// SPDX-License-Identifier: Apache-2.0
// Variants of cim_ring_port, each with its rings; the list is repeated in
// ring_port_test.cpp.
module ring_port_case #(
  parameter int unsigned Rings = 1, Slots = 1, Groups = 1, Banks = 1, Bits = 1,
  parameter bit Signed = 0, parameter int unsigned IndexBits = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1;
  logic access, write, turn, ready, port_turn;
  logic [IndexBits-1:0]  index;
  logic [BankBits-1:0]   bank;
  logic [Bits-1:0]       data;
  logic [31:0]           rdata;
  logic [Banks-1:0]      bank_sel;
  logic [Rings-1:0]      ring_write;
  logic [Rings*Bits-1:0] values;
  assign {data, bank, index, turn, write, access} = in_i;
  assign out_o = {values, rdata, ready};
  cim_ring_port #(
    .Rings(Rings), .Slots(Slots), .Groups(Groups), .Banks(Banks), .Bits(Bits), .Signed(Signed),
    .DataBits(32), .IndexBits(IndexBits)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .access_i(access), .write_i(write), .index_i(index),
    .ready_o(ready), .data_o(rdata), .bank_i(bank), .bank_sel_o(bank_sel),
    .ring_turn_o(port_turn), .ring_write_o(ring_write), .values_i(values)
  );
  for (genvar r = 0; r < Rings; r++) begin : gen_ring
    cim_ring #(.Banks(Banks), .Slots(Slots), .Bits(Bits)) u_ring (
      .clk_i(clk_i), .test_en_i(1'b0), .bank_sel_i(bank_sel), .turn_i(port_turn || turn), .write_i(ring_write[r]),
      .data_i(data), .value_o(values[r*Bits +: Bits])
    );
  end
endmodule

module tb_ring_port (
  input  logic clk_i, rst_ni,
  input  logic [5*1024-1:0] in_i,
  output logic [5*1024-1:0] out_o
);
  ring_port_case #(1, 1, 1, 1, 1, 0, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  ring_port_case #(4, 3, 1, 2, 5, 0, 5)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  ring_port_case #(2, 4, 2, 3, 8, 1, 6)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  ring_port_case #(1, 8, 4, 1, 6, 0, 3)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  ring_port_case #(5, 1, 1, 4, 32, 1, 5)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
endmodule

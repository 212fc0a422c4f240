// SPDX-License-Identifier: Apache-2.0
// Variants of cim_factor_file; the list is repeated in factor_file_test.cpp.
module factor_file_case #(
  parameter int unsigned Lanes = 1, Turns = 1, Groups = 1, Terms = 1, Stride = 1, Reads = 1,
  parameter int unsigned Banks = 1, Bits = 1,
  parameter bit Signed = 0, parameter int unsigned IndexBits = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1;
  logic access, write, start, turn, ready;
  logic [IndexBits-1:0]        index;
  logic [BankBits-1:0]         bank;
  logic [31:0]                 data, rdata;
  logic [Lanes*Terms*Bits-1:0] values;
  assign {data, bank, index, turn, start, write, access} = in_i;
  assign out_o = {values, rdata, ready};
  cim_factor_file #(
    .Lanes(Lanes), .Turns(Turns), .Groups(Groups), .Terms(Terms), .Stride(Stride), .Reads(Reads),
    .Banks(Banks), .Bits(Bits), .Signed(Signed), .DataBits(32), .IndexBits(IndexBits)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .access_i(access), .write_i(write), .index_i(index),
    .data_i(data), .ready_o(ready), .data_o(rdata), .start_i(start), .bank_i(bank),
    .turn_i(turn), .values_o(values)
  );
endmodule

module tb_factor_file (
  input  logic clk_i, rst_ni,
  input  logic [6*1024-1:0] in_i,
  output logic [6*1024-1:0] out_o
);
  factor_file_case #(1, 1, 1, 1, 1, 1, 1, 1, 0, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  factor_file_case #(3, 2, 2, 1, 3, 12, 3, 8, 0, 8)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  factor_file_case #(1, 1, 2, 2, 2, 4, 3, 8, 1, 6)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  factor_file_case #(1, 1, 1, 1, 3, 12, 2, 8, 1, 3)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  factor_file_case #(5, 1, 1, 1, 1, 1, 4, 16, 0, 5)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  factor_file_case #(2, 4, 1, 1, 2, 8, 5, 32, 1, 7)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
endmodule

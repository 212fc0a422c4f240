// SPDX-License-Identifier: Apache-2.0
// Variants of cim_weight_port; the list is repeated in weight_port_test.cpp.
module weight_port_case #(parameter int unsigned RowBits = 1, BankBits = 1, AddrBits = 1,
  WordBits = 1, parameter bit WhileCompute = 1'b0, parameter int unsigned GateBits = 0) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic valid, ready, write, rvalid, idle, block, busy;
  logic array_valid, array_ready, array_write, array_rvalid;
  logic loading, working, driving;
  logic [BankBits-1:0] bank, array_bank, loading_bank, working_bank, driving_bank;
  logic [RowBits-1:0]  row, array_row;
  logic [AddrBits-1:0] word, array_word;
  logic [WordBits-1:0] data, rdata, array_data, array_rdata;
  assign {driving_bank, driving, working_bank, working, loading_bank, loading, array_rdata,
          array_rvalid, array_ready, idle, data, word, row, bank, write, valid} = in_i;
  assign out_o = {rdata, rvalid, array_data, array_word, array_row, array_bank, array_write,
                  array_valid, busy, block, ready};
  cim_weight_port #(
    .RowBits(RowBits), .BankBits(BankBits), .AddrBits(AddrBits), .WordBits(WordBits),
    .WhileCompute(WhileCompute), .GateBits(GateBits)
  ) u_dut (
    .clk_i(clk_i), .test_en_i(1'b0), .rst_ni(rst_ni), .valid_i(valid), .ready_o(ready), .write_i(write),
    .bank_i(bank), .row_i(row), .word_i(word), .data_i(data), .rvalid_o(rvalid), .rdata_o(rdata),
    .idle_i(idle), .block_o(block), .busy_o(busy), .loading_i(loading),
    .loading_bank_i(loading_bank), .working_i(working), .working_bank_i(working_bank),
    .driving_i(driving), .driving_bank_i(driving_bank), .array_valid_o(array_valid),
    .array_ready_i(array_ready), .array_write_o(array_write), .array_bank_o(array_bank),
    .array_row_o(array_row), .array_word_o(array_word), .array_data_o(array_data),
    .array_rvalid_i(array_rvalid), .array_rdata_i(array_rdata)
  );
endmodule

module tb_weight_port (
  input  logic clk_i, rst_ni,
  input  logic [5*1024-1:0] in_i,
  output logic [5*1024-1:0] out_o
);
  weight_port_case #(1, 1, 1, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  weight_port_case #(6, 4, 3, 17)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  weight_port_case #(10, 8, 5, 48)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  weight_port_case #(5, 2, 3, 9, 1'b1)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  // Behind clock gates.
  weight_port_case #(6, 4, 3, 17, 1'b0, 8)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Drives the macro of tiny.yaml and prints the array port, one line a clock cycle: the values that
// stand at the rising edge which ends the cycle. diagrams.py makes the timing diagrams from it.
`timescale 1ns / 1ps
`default_nettype none

module bench;
  logic clk = 1'b0, rst_n = 1'b0;
  always #5 clk = ~clk;

  logic in_valid = 1'b0, in_ready, out_valid, out_last, cfg_ready, cfg_rvalid;
  logic [7:0]  in_data = '0;
  logic [21:0] out_data;
  logic [1:0]  out_saturated;
  logic [31:0] cfg_rdata;
  logic weight_valid = 1'b0, weight_ready, weight_write = 1'b0, weight_data = 1'b0;
  logic weight_rvalid, weight_rdata;
  logic [1:0] weight_row = '0, weight_word = '0;

  tiny u_dut (
    .clk_i(clk), .rst_ni(rst_n),
    .in_valid_i(in_valid), .in_ready_o(in_ready), .in_data_i(in_data), .in_bank_i(1'b1),
    .in_first_i(1'b1), .in_last_i(1'b1), .in_rows_i(3'd4),
    .out_valid_o(out_valid), .out_ready_i(1'b1), .out_data_o(out_data),
    .out_saturated_o(out_saturated), .out_last_o(out_last),
    .cfg_valid_i(1'b0), .cfg_ready_o(cfg_ready), .cfg_write_i(1'b0), .cfg_addr_i(2'd0),
    .cfg_data_i(32'd0), .cfg_rvalid_o(cfg_rvalid), .cfg_rdata_o(cfg_rdata),
    .weight_valid_i(weight_valid), .weight_ready_o(weight_ready), .weight_write_i(weight_write),
    .weight_bank_i(1'b1), .weight_row_i(weight_row), .weight_word_i(weight_word),
    .weight_data_i(weight_data), .weight_rvalid_o(weight_rvalid), .weight_rdata_o(weight_rdata)
  );

  // Row r's weights: output 0 is Cells[4r +: 2], output 1 is Cells[4r+2 +: 2].
  localparam logic [15:0] Cells = 16'b1011_0110_1101_0111;

  int unsigned cycle = 0;
  always @(posedge clk) begin
    cycle <= cycle + 1;
    $display("T %0d %b %b %b %b %b %b %b %b %b %b %b %b %b %b %0d %0d %b %b %b", cycle,
             u_dut.precharge, u_dut.bank, u_dut.row_en, u_dut.row_drive, u_dut.sample, u_dut.hold,
             u_dut.adc_req_valid[0], u_dut.adc_req_ready[0], u_dut.adc_req_column[0],
             u_dut.adc_resp_valid[0], u_dut.cell_valid, u_dut.cell_ready, u_dut.cell_write,
             u_dut.cell_rvalid, u_dut.cell_row, u_dut.cell_word, u_dut.cell_data, u_dut.cell_rdata,
             u_dut.adc_resp_code[2:0]);
  end

  // Driven at the falling edge: nothing moves with the edge at which it is taken.
  task automatic access(input logic write, input int unsigned word);
    weight_valid = 1'b1;
    weight_write = write;
    weight_row   = 2'(word / 4);
    weight_word  = 2'(word % 4);
    weight_data  = Cells[word];
    #1 while (!weight_ready) #10;
    @(negedge clk) weight_valid = 1'b0;
  endtask

  task automatic tile(input logic [7:0] elements);
    in_valid = 1'b1;
    in_data  = elements;
    #1 while (!in_ready) #10;
    @(negedge clk) in_valid = 1'b0;
  endtask

  initial begin
    repeat (3) @(negedge clk);
    rst_n = 1'b1;
    @(negedge clk);
    for (int unsigned w = 0; w < 16; w++) access(1'b1, w);
    access(1'b0, 15);
    repeat (4) @(negedge clk);
    $display("COMPUTE");
    // Elements of row 3 .. row 0: the steps drive 1101, 1110, then 0101, 1001.
    tile({2'd3, 2'd3, 2'd2, 2'd1});
    tile({2'd2, 2'd1, 2'd0, 2'd3});
    repeat (40) @(negedge clk);
    $finish;
  end
endmodule

`default_nettype wire

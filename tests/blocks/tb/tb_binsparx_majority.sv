// SPDX-License-Identifier: Apache-2.0
// Variants of binsparx_majority; the list is repeated in binsparx_majority_test.cpp.
module binsparx_majority_case #(
  parameter int unsigned Rows = 1, ActiveRows = 1, Banks = 1,
  parameter bit Activations = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned Groups    = Rows / ActiveRows;
  localparam int unsigned RowsBits  = $clog2(Rows + 1);
  localparam int unsigned CountBits = $clog2(ActiveRows + 1);
  localparam int unsigned Most      = Activations ? ActiveRows / 2 : ActiveRows;
  localparam int unsigned OnesBits  = (Most > 0) ? $clog2(Most + 1) : 1;
  localparam int unsigned BankBits  = (Banks > 1) ? $clog2(Banks) : 1;
  localparam int unsigned LineBits  = (Banks * Groups > 1) ? $clog2(Banks * Groups) : 1;
  logic move, step_valid, step_ready, tile_ready, flip, odd;
  logic [RowsBits-1:0]         rows, base;
  logic [Groups*CountBits-1:0] counts;
  logic [OnesBits-1:0]         ones;
  logic [BankBits-1:0]         bank;
  logic [LineBits-1:0]         line;
  assign {counts, base, rows, bank, tile_ready, step_ready, step_valid, move} = in_i;
  assign out_o = {line, odd, ones, flip};
  binsparx_majority #(.Rows(Rows), .ActiveRows(ActiveRows), .Banks(Banks),
    .Activations(Activations)) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .move_i(move), .counts_i(counts), .step_valid_i(step_valid),
    .step_ready_i(step_ready), .tile_ready_i(tile_ready), .bank_i(bank), .rows_i(rows),
    .base_i(base),
    .flip_o(flip), .ones_o(ones), .odd_o(odd), .line_o(line)
  );
endmodule

module tb_binsparx_majority (
  input  logic clk_i, rst_ni,
  input  logic [8*1024-1:0] in_i,
  output logic [8*1024-1:0] out_o
);
  binsparx_majority_case #(1, 1, 1, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  binsparx_majority_case #(8, 8, 5, 1)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  binsparx_majority_case #(8, 8, 2, 0)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  binsparx_majority_case #(12, 3, 16, 1)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  binsparx_majority_case #(12, 4, 3, 0)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  binsparx_majority_case #(6, 1, 1, 1)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  binsparx_majority_case #(63, 63, 256, 1)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  binsparx_majority_case #(40, 8, 7, 1)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of cim_row_select; the list is repeated in row_select_test.cpp.
module row_select_case #(parameter int unsigned Rows = 1, ActiveRows = 1) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned RowsBits = $clog2(Rows + 1);
  logic [RowsBits-1:0] rows, base;
  logic [Rows-1:0]     row_en;
  assign {base, rows} = in_i;
  assign out_o = row_en;
  cim_row_select #(.Rows(Rows), .ActiveRows(ActiveRows)) u_dut (
    .rows_i(rows), .base_i(base), .row_en_o(row_en)
  );
endmodule

module tb_row_select (
  input  logic clk_i, rst_ni,
  input  logic [6*1024-1:0] in_i,
  output logic [6*1024-1:0] out_o
);
  row_select_case #(1, 1)    u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  row_select_case #(4, 2)    u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  row_select_case #(7, 7)    u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  row_select_case #(5, 1)    u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
  row_select_case #(12, 3)   u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]));
  row_select_case #(64, 16)  u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]));
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of zebra_row_driver; the list is repeated in zebra_row_driver_test.cpp.
module zebra_row_driver_case #(parameter int unsigned Rows = 1) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic [Rows*6-1:0] codes;
  logic [1:0]        step;
  logic [Rows-1:0]   row_en;
  logic [Rows*3-1:0] drive;
  assign {codes, row_en, step} = in_i;
  assign out_o = drive;
  zebra_row_driver #(.Rows(Rows)) u_dut (
    .codes_i(codes), .step_i(step), .row_en_i(row_en), .row_drive_o(drive)
  );
endmodule

module tb_zebra_row_driver (
  input  logic clk_i, rst_ni,
  input  logic [3*1024-1:0] in_i,
  output logic [3*1024-1:0] out_o
);
  zebra_row_driver_case #(1)  u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  zebra_row_driver_case #(2)  u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  zebra_row_driver_case #(45) u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
endmodule

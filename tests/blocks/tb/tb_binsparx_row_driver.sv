// SPDX-License-Identifier: Apache-2.0
// Variants of binsparx_row_driver; the list is repeated in binsparx_row_driver_test.cpp.
module binsparx_row_driver_case #(
  parameter int unsigned Rows = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic [Rows-1:0] bits, row_en, drive;
  logic            flip;
  assign {row_en, bits, flip} = in_i;
  assign out_o = drive;
  binsparx_row_driver #(.Rows(Rows)) u_dut (
    .bits_i(bits), .flip_i(flip), .row_en_i(row_en), .row_drive_o(drive)
  );
endmodule

module tb_binsparx_row_driver (
  input  logic clk_i, rst_ni,
  input  logic [3*1024-1:0] in_i,
  output logic [3*1024-1:0] out_o
);
  binsparx_row_driver_case #(1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  binsparx_row_driver_case #(5)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  binsparx_row_driver_case #(60)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of cim_digit_driver; the list is repeated in digit_driver_test.cpp.
module digit_driver_case #(parameter int unsigned Rows = 1, ElementBits = 1, DigitBits = 1) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned Steps    = ElementBits / DigitBits;
  localparam int unsigned StepBits = (Steps > 1) ? $clog2(Steps) : 1;
  logic [Rows*ElementBits-1:0] elements;
  logic [StepBits-1:0]         step;
  logic [Rows-1:0]             row_en;
  logic [Rows*DigitBits-1:0]   drive;
  assign {elements, row_en, step} = in_i;
  assign out_o = drive;
  cim_digit_driver #(.Rows(Rows), .ElementBits(ElementBits), .DigitBits(DigitBits)) u_dut (
    .elements_i(elements), .step_i(step), .row_en_i(row_en), .row_drive_o(drive)
  );
endmodule

module tb_digit_driver (
  input  logic clk_i, rst_ni,
  input  logic [6*1024-1:0] in_i,
  output logic [6*1024-1:0] out_o
);
  digit_driver_case #(1, 1, 1)  u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  digit_driver_case #(2, 5, 1)  u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  digit_driver_case #(2, 6, 2)  u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  digit_driver_case #(3, 4, 4)  u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
  digit_driver_case #(1, 8, 1)  u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]));
  digit_driver_case #(33, 8, 1) u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]));
endmodule

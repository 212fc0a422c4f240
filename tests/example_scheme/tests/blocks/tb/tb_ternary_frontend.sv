// SPDX-License-Identifier: Apache-2.0
// Variants of ternary_frontend; the list is repeated in ternary_frontend_test.cpp.
module ternary_frontend_case #(
  parameter int unsigned Rows = 1, ActiveRows = 1, Bits = 1, PosBits = 1,
  parameter logic [Bits*PosBits-1:0] StepPos = '0
) (
  input  logic          clk_i,
  input  logic          rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned RowsBits = $clog2(Rows + 1);
  logic                 valid, ready, first, last, step_valid, step_ready, convert;
  logic                 first_tile, first_vector, last_vector;
  logic [RowsBits-1:0]  rows;
  logic [Rows*Bits-1:0] data, work;
  logic [Rows-1:0]      row_en, drive;
  logic [PosBits:0]     context_bits;
  logic [Bits-1:0]      element;
  assign {data, rows, step_ready, last, first, valid} = in_i;
  assign out_o = {element, work, context_bits, drive, row_en, last_vector, first_vector, first_tile,
                  convert, step_valid, ready};
  ternary_frontend #(
    .Rows(Rows), .ActiveRows(ActiveRows), .BankBits(1), .InBeat(1), .InBits(Bits),
    .ContextBits(PosBits + 1), .Steps(Bits), .StepPosBits(PosBits), .StepPos(StepPos)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .in_data_i(data[Bits-1:0]), .elements_o(element),
    .vector_begin_i('0), .beat_taken_i('0), .beat_i('0), .beat_left_i('0), .load_data_i(data),
    .move_i('0), .work_data_o(work), .tile_valid_i(valid), .tile_ready_o(ready),
    .tile_first_i(first), .tile_last_i(last), .tile_bank_i('0), .tile_rows_i(rows),
    .tile_data_i(data), .step_valid_o(step_valid), .step_ready_i(step_ready),
    .step_convert_o(convert), .step_first_tile_o(first_tile), .step_first_vector_o(first_vector),
    .step_last_vector_o(last_vector), .step_row_en_o(row_en), .step_row_drive_o(drive),
    .step_context_o(context_bits), .file_access_i('0), .file_write_i('0), .access_write_i('0),
    .file_index_i('0), .file_wdata_i('0), .file_ready_o(), .file_rdata_o()
  );
endmodule

module tb_ternary_frontend (
  input  logic clk_i, rst_ni,
  input  logic [3*1024-1:0] in_i,
  output logic [3*1024-1:0] out_o
);
  ternary_frontend_case #(9, 3, 3, 2, 6'b10_01_00) u_0 (
    .clk_i, .rst_ni, .in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  ternary_frontend_case #(1, 1, 1, 1, 1'b0) u_1 (
    .clk_i, .rst_ni, .in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  ternary_frontend_case #(20, 20, 4, 2, 8'b11_10_01_00) u_2 (
    .clk_i, .rst_ni, .in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
endmodule

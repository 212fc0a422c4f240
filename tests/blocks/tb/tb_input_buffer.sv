// SPDX-License-Identifier: Apache-2.0
// Variants of cim_input_buffer; the list is repeated in input_buffer_test.cpp. An element e of the
// load buffer becomes the low WorkBits of {~e, e} in the work buffer.
module input_buffer_case #(
  parameter int unsigned Rows = 1, ElementBits = 1, BeatElements = 1, BankBits = 1,
  parameter bit Direct = 0, parameter int unsigned WorkBits = ElementBits, GateBits = 0
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned RowsBits = $clog2(Rows + 1);
  logic valid, ready, first, last, block_tile, block_vector, vector_begin, empty, loading;
  logic tile_valid, tile_ready, tile_first, tile_last;
  logic [BeatElements*ElementBits-1:0] data;
  logic [BankBits-1:0]                 bank, tile_bank, loading_bank;
  logic [RowsBits-1:0]                 rows, tile_rows;
  localparam int unsigned Beats = (Rows + BeatElements - 1) / BeatElements;
  localparam int unsigned BeatBits = (Beats > 1) ? $clog2(Beats) : 1;
  logic [Rows*ElementBits-1:0]         load_data;
  logic [Rows*WorkBits-1:0]            tile_data, work_data;
  logic [BeatBits-1:0]                 beat;
  logic [RowsBits-1:0]                 beat_left;
  logic                                beat_taken, move;
  always_comb begin
    for (int unsigned r = 0; r < Rows; r++) begin
      work_data[r*WorkBits +: WorkBits] = WorkBits'({~load_data[r*ElementBits +: ElementBits],
                                                     load_data[r*ElementBits +: ElementBits]});
    end
  end
  assign {data, rows, bank, last, first, tile_ready, block_vector, block_tile, valid} = in_i;
  assign out_o = {tile_data, tile_rows, tile_bank, tile_last, tile_first, tile_valid, beat_left,
                  beat, move, beat_taken, empty, vector_begin, ready,
                  loading_bank, loading};
  cim_input_buffer #(
    .Rows(Rows), .ElementBits(ElementBits), .BeatElements(BeatElements), .BankBits(BankBits),
    .Direct(Direct), .WorkBits(WorkBits), .GateBits(GateBits)
  ) u_dut (
    .clk_i(clk_i), .test_en_i(1'b0), .rst_ni(rst_ni), .valid_i(valid), .ready_o(ready), .data_i(data),
    .bank_i(bank), .first_i(first), .last_i(last), .rows_i(rows), .block_tile_i(block_tile),
    .block_vector_i(block_vector), .vector_begin_o(vector_begin), .empty_o(empty), .loading_o(loading),
    .loading_bank_o(loading_bank),
    .beat_taken_o(beat_taken), .beat_o(beat), .beat_left_o(beat_left), .load_data_o(load_data),
    .move_o(move), .work_data_i(work_data),
    .tile_valid_o(tile_valid), .tile_ready_i(tile_ready), .tile_data_o(tile_data),
    .tile_bank_o(tile_bank), .tile_first_o(tile_first), .tile_last_o(tile_last),
    .tile_rows_o(tile_rows)
  );
endmodule

module tb_input_buffer (
  input  logic clk_i, rst_ni,
  input  logic [11*1024-1:0] in_i,
  output logic [11*1024-1:0] out_o
);
  input_buffer_case #(1, 3, 1, 1, 0)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  input_buffer_case #(1, 8, 1, 4, 1)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  input_buffer_case #(5, 2, 2, 1, 0, 3)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  input_buffer_case #(8, 6, 8, 3, 0, 4)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  input_buffer_case #(7, 1, 3, 2, 1)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  input_buffer_case #(6, 8, 1, 1, 0)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  input_buffer_case #(64, 8, 16, 4, 0)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  input_buffer_case #(12, 1, 4, 8, 1)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
  // Behind clock gates.
  input_buffer_case #(5, 2, 2, 1, 0, 3, 2)
      u_8 (.in_i(in_i[8*1024 +: 1024]), .out_o(out_o[8*1024 +: 1024]), .*);
  input_buffer_case #(7, 8, 3, 2, 1, 8, 8)
      u_9 (.in_i(in_i[9*1024 +: 1024]), .out_o(out_o[9*1024 +: 1024]), .*);
  input_buffer_case #(64, 8, 16, 4, 0, 8, 8)
      u_10 (.in_i(in_i[10*1024 +: 1024]), .out_o(out_o[10*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of bfp_pass_sequencer; the list is repeated in bfp_pass_sequencer_test.cpp.
module bfp_pass_sequencer_case #(parameter int unsigned Rows = 1, ActiveRows = 1, Bits = 8,
  MantissaBits = 4,
                                 bit Dynamic = 0) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ShiftBits = (Bits > 1) ? $clog2(Bits) : 1;
  localparam int unsigned RowsBits = $clog2(Rows + 1);
  localparam int unsigned CodeBits = MantissaBits + (Dynamic ? ShiftBits : 0);
  localparam int unsigned Groups = Rows / ActiveRows;
  localparam int unsigned PosBits = $clog2(Bits);
  logic [Rows*CodeBits-1:0]    codes;
  logic [Groups*ShiftBits-1:0] shifts;
  logic [RowsBits-1:0]         rows, base;
  logic [Rows-1:0]             row_en, row_drive;
  logic [ShiftBits-1:0]        shift;
  logic [PosBits-1:0]          pos;
  logic tile_valid, tile_ready, tile_last, valid, ready, convert;
  logic first_of_tile, first_of_vector, last_of_vector;
  assign {codes, shifts, rows, tile_last, ready, tile_valid} = in_i;
  assign out_o = {row_drive, row_en, pos, last_of_vector, first_of_vector, first_of_tile, convert,
                  tile_ready, valid};
  assign shift = shifts[base / ActiveRows * ShiftBits +: ShiftBits];
  bfp_pass_sequencer #(
    .Rows(Rows), .ActiveRows(ActiveRows), .Bits(Bits), .MantissaBits(MantissaBits),
    .PosBits(PosBits), .Dynamic(Dynamic)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .tile_valid_i(tile_valid), .tile_ready_o(tile_ready),
    .tile_last_i(tile_last), .tile_rows_i(rows), .codes_i(codes), .base_o(base), .shift_i(shift),
    .valid_o(valid), .ready_i(ready), .convert_o(convert), .row_en_o(row_en),
    .row_drive_o(row_drive), .pos_o(pos), .first_of_tile_o(first_of_tile),
    .first_of_vector_o(first_of_vector), .last_of_vector_o(last_of_vector)
  );
endmodule

module tb_bfp_pass_sequencer (
  input  logic clk_i, rst_ni,
  input  logic [8*1024-1:0] in_i,
  output logic [8*1024-1:0] out_o
);
  bfp_pass_sequencer_case #(1, 1, 2, 1, 0)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  bfp_pass_sequencer_case #(6, 2, 5, 3, 0)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  bfp_pass_sequencer_case #(12, 12, 8, 4, 0)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  bfp_pass_sequencer_case #(5, 1, 8, 8, 0)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  bfp_pass_sequencer_case #(1, 1, 2, 2, 1)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  bfp_pass_sequencer_case #(6, 2, 5, 3, 1)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  bfp_pass_sequencer_case #(24, 24, 8, 4, 1)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  bfp_pass_sequencer_case #(8, 4, 8, 1, 1)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
endmodule

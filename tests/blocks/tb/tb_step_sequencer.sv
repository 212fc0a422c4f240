// SPDX-License-Identifier: Apache-2.0
// Variants of cim_step_sequencer; the list is repeated in step_sequencer_test.cpp. Step t has the
// position (3t + 1) mod 2^PosBits, which is not its number.
module step_sequencer_case #(
  parameter int unsigned Rows = 1, ActiveRows = 1, Steps = 1, PosBits = 1,
  parameter bit NegateTop = 0
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned RowsBits = $clog2(Rows + 1);
  localparam int unsigned StepBits = (Steps > 1) ? $clog2(Steps) : 1;
  function automatic logic [Steps*PosBits-1:0] positions();
    positions = '0;
    for (int unsigned t = 0; t < Steps; t++) positions[t*PosBits +: PosBits] = PosBits'(3*t + 1);
  endfunction

  logic tile_valid, tile_ready, tile_first, tile_last, valid, ready, negate;
  logic first_of_tile, first_of_vector, last_of_vector;
  logic [RowsBits-1:0] rows, base;
  logic [StepBits-1:0] step;
  logic [PosBits-1:0]  pos;
  assign {rows, tile_last, tile_first, tile_valid, ready} = in_i;
  assign out_o = {pos, step, base, negate, last_of_vector, first_of_vector, first_of_tile,
                  tile_ready, valid};
  cim_step_sequencer #(
    .Rows(Rows), .ActiveRows(ActiveRows), .Steps(Steps), .PosBits(PosBits),
    .StepPos(positions()), .NegateTop(NegateTop)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .tile_valid_i(tile_valid), .tile_ready_o(tile_ready),
    .tile_first_i(tile_first), .tile_last_i(tile_last), .tile_rows_i(rows), .valid_o(valid),
    .ready_i(ready), .step_o(step), .base_o(base), .pos_o(pos), .negate_o(negate),
    .first_of_tile_o(first_of_tile), .first_of_vector_o(first_of_vector),
    .last_of_vector_o(last_of_vector)
  );
endmodule

module tb_step_sequencer (
  input  logic clk_i, rst_ni,
  input  logic [7*1024-1:0] in_i,
  output logic [7*1024-1:0] out_o
);
  step_sequencer_case #(1, 1, 1, 1, 0)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  step_sequencer_case #(1, 1, 8, 3, 1)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  step_sequencer_case #(6, 2, 3, 4, 1)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  step_sequencer_case #(5, 1, 1, 2, 1)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  step_sequencer_case #(12, 3, 5, 4, 0)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  step_sequencer_case #(64, 64, 4, 3, 0)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  step_sequencer_case #(16, 8, 8, 5, 1)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
endmodule

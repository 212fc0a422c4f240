// SPDX-License-Identifier: Apache-2.0
// Variants of cim_code_marks and cim_result_control: Stages, MostVectors; the list is repeated in
// result_control_test.cpp.
module result_control_case #(parameter int unsigned Stages = 2, MostVectors = 6) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic vector_begin, start, first_tile, first, last, adcs_done, start_ok, out_free, out_empty;
  logic result_ok, begin_tile, begin_vector, complete, copy, idle;
  assign {out_empty, out_free, start_ok, adcs_done, last, first, first_tile, start,
    vector_begin} = in_i;
  assign out_o = {idle, copy, begin_vector, begin_tile, result_ok};
  cim_code_marks #(.Stages(Stages)) u_marks (
    .clk_i(clk_i), .rst_ni(rst_ni), .start_i(start), .start_first_tile_i(first_tile),
    .start_first_i(first), .start_last_i(last), .adcs_done_i(adcs_done),
    .begin_tile_o(begin_tile), .begin_vector_o(begin_vector), .complete_o(complete)
  );
  cim_result_control #(.MostVectors(MostVectors)) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .vector_begin_i(vector_begin), .start_last_i(start && last),
    .complete_i(complete), .start_ok_i(start_ok), .out_free_i(out_free), .out_empty_i(out_empty),
    .result_ok_o(result_ok), .copy_o(copy), .idle_o(idle)
  );
endmodule

module tb_result_control (
  input  logic clk_i, rst_ni,
  input  logic [3*1024-1:0] in_i,
  output logic [3*1024-1:0] out_o
);
  result_control_case #(2, 6)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  result_control_case #(3, 7)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  result_control_case #(5, 4)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
endmodule

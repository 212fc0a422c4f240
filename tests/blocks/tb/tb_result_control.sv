// cim_result_control; it has no parameters.
module tb_result_control (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic vector_begin, start, first_tile, first, last, adcs_done, start_ok, out_free;
  logic result_ok, begin_tile, begin_vector, copy, idle;
  assign {out_free, start_ok, adcs_done, last, first, first_tile, start, vector_begin} = in_i;
  assign out_o = {idle, copy, begin_vector, begin_tile, result_ok};
  cim_result_control u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .vector_begin_i(vector_begin), .start_i(start),
    .start_first_tile_i(first_tile), .start_first_i(first), .start_last_i(last),
    .adcs_done_i(adcs_done), .start_ok_i(start_ok), .out_free_i(out_free),
    .result_ok_o(result_ok), .begin_tile_o(begin_tile), .begin_vector_o(begin_vector),
    .copy_o(copy), .idle_o(idle)
  );
endmodule

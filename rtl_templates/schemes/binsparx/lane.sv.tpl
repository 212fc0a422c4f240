<%banner%>
// <%name%>_lane: one ADC and what serves it: its interface, the corrections of its
// <%lane_outputs%> output(s), one adder, their accumulators. <%lanes%> of them make the back end.
`default_nettype none

module <%name%>_lane (
  input  wire logic clk_i,
  input  wire logic rst_ni,
  input  wire logic start_i,
  output logic [<%lane_adcs_msb%>:0] done_o,
  // The step of the codes now registered; where a tile and a vector begin
<%#bsx_line_context%>
  // {line, flip, odd, ones}
<%/bsx_line_context%>
<%#bsx_one_line%>
  // {flip, odd, ones}
<%/bsx_one_line%>
  input  wire logic [<%context_msb%>:0] code_context_i,
  input  wire logic code_first_tile_i,
  input  wire logic code_first_vector_i,
  input  wire logic begin_tile_i,
  input  wire logic begin_vector_i,
  // Flips and corrections: the line in turn (of the codes, or of the configuration port's access)
  input  wire logic [<%bsx_lines_msb%>:0] correction_line_i,
  input  wire logic correction_turn_i,
  input  wire logic correction_write_i,
  input  wire logic [<%bsx_word_msb%>:0] correction_data_i,
  output logic [<%bsx_word_msb%>:0] correction_data_o,
<%#bsx_threshold%>
  input  wire logic [<%bsx_lane_threshold_msb%>:0] threshold_i,
<%/bsx_threshold%>
<%#has_start_section%>
  input  wire logic [<%lane_result_msb%>:0] start_values_i,
  input  wire logic [<%lane_outputs_msb%>:0] start_saturated_i,
<%/has_start_section%>
  // ADC
  output logic [<%lane_adcs_msb%>:0] req_valid_o,
  input  wire logic [<%lane_adcs_msb%>:0] req_ready_i,
  output logic [<%lane_column_msb%>:0] req_column_o,
  input  wire logic [<%lane_adcs_msb%>:0] resp_valid_i,
  input  wire logic [<%lane_code_msb%>:0] resp_code_i,
  // Results
  output logic [<%lane_out_msb%>:0] result_o,
  output logic [<%lane_outputs_msb%>:0] saturated_o
);
  logic code_valid;
  logic [<%lane_code_msb%>:0] code;
  logic [<%lane_column_msb%>:0] unused_next;  // the ring says which output's code it is
  logic flip, odd, carry;
  logic [<%bsx_ones_msb%>:0] ones;
  logic [<%register_msb%>:0] term;
  logic [<%lane_result_msb%>:0] sums;

<%#bsx_line_context%>
  logic [<%bsx_line_msb%>:0] unused_line;  // decoded once for all lanes
<%/bsx_line_context%>
  assign {<%#bsx_line_context%>unused_line, <%/bsx_line_context%>flip, odd, ones} = code_context_i;

  cim_adc_interface #(
    .Share(<%share%>),
    .CodeBits(<%code_bits%>)
  ) u_adc_interface (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .start_i(start_i),
    .done_o(done_o),
    .req_valid_o(req_valid_o),
    .req_ready_i(req_ready_i),
    .req_column_o(req_column_o),
    .resp_valid_i(resp_valid_i),
    .resp_code_i(resp_code_i),
    .code_valid_o(code_valid),
    .code_o(code),
    .next_column_o(unused_next)
  );

  // A line's words in the order of the codes.
  cim_ring #(
    .Banks(<%bsx_lines%>),
    .Slots(<%lane_outputs%>),
    .Bits(<%bsx_word_bits%>)
  ) u_corrections (
    .clk_i(clk_i),
    .bank_sel_i(correction_line_i),
    .turn_i(code_valid || correction_turn_i),
    .write_i(correction_write_i),
    .data_i(correction_data_i),
    .value_o(correction_data_o)
  );

  binsparx_correction #(
    .CodeBits(<%code_bits%>),
    .Signed(1'b<%code_signed%>),
    .Step(<%step_num%>),
    .OnesBits(<%bsx_ones_bits%>),
    .WordBits(<%bsx_word_bits%>),
    .Weights(1'b<%bsx_weights%>),
    .TermBits(<%bsx_term_bits%>),
    .Bits(<%register_bits%>)
  ) u_correction (
    .valid_i(code_valid),
    .code_i(code),
    .word_i(correction_data_o),
    .flip_i(flip),
    .odd_i(odd),
    .ones_i(ones),
    .term_o(term),
    .carry_o(carry)
  );

  // Each code is a whole output's.
  cim_accumulator #(
    .Outputs(<%lane_outputs%>),
    .Bits(<%register_bits%>),
    .ResultBits(<%stored_bits%>),
    .Saturate(1'b<%saturates%>),
    .HasStart(1'b<%has_start%>),
    .LoadZero(1'b<%skips_steps%>)
  ) u_accumulator (
    .clk_i(clk_i),
    .valid_i(code_valid),
    .term_i(term),
    .carry_i(carry),
    .begin_tile_i(begin_tile_i),
    .begin_vector_i(begin_vector_i),
    .first_plane_i(1'b1),
    .last_plane_i(1'b1),
    .first_tile_i(code_first_tile_i),
    .first_vector_i(code_first_vector_i),
<%#has_start_section%>
    .start_i(start_values_i),
    .start_saturated_i(start_saturated_i),
<%/has_start_section%>
<%#no_start_section%>
    .start_i('0),
    .start_saturated_i('0),
<%/no_start_section%>
    .result_o(sums),
    .saturated_o(saturated_o)
  );

<%#bsx_threshold%>
  binsparx_threshold #(
    .Outputs(<%lane_outputs%>),
    .ResultBits(<%stored_bits%>),
    .Bits(<%result_bits%>)
  ) u_threshold (
    .result_i(sums),
    .threshold_i(threshold_i),
    .reached_o(result_o)
  );
<%/bsx_threshold%>
<%#bsx_no_threshold%>
  assign result_o = sums;
<%/bsx_no_threshold%>
endmodule

`default_nettype wire

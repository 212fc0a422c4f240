<%banner%>
// <%name%>_lane: what <%lane_adcs%> ADC(s) share: their interfaces, one shift-add, the accumulators of
// <%lane_outputs%> output(s). <%lanes%> of them make the back end.
`default_nettype none

module <%name%>_lane (
  input  wire logic clk_i,
  input  wire logic rst_ni,
  input  wire logic start_i,
  output logic [<%lane_adcs_msb%>:0] done_o,
  // The step of the codes now registered; where a tile and a vector begin
  input  wire logic [<%context_msb%>:0] code_context_i,  // {negate, position}
  input  wire logic code_first_tile_i,
  input  wire logic code_first_vector_i,
  input  wire logic begin_tile_i,
  input  wire logic begin_vector_i,
<%#has_start_section%>
  input  wire logic [<%lane_result_msb%>:0] start_values_i,
  input  wire logic [<%lane_outputs_msb%>:0] start_saturated_i,
<%/has_start_section%>
  // ADCs
  output logic [<%lane_adcs_msb%>:0] req_valid_o,
  input  wire logic [<%lane_adcs_msb%>:0] req_ready_i,
  output logic [<%lane_column_msb%>:0] req_column_o,
  input  wire logic [<%lane_adcs_msb%>:0] resp_valid_i,
  input  wire logic [<%lane_code_msb%>:0] resp_code_i,
  // Results
  output logic [<%lane_result_msb%>:0] result_o,
  output logic [<%lane_outputs_msb%>:0] saturated_o
);
  logic [<%lane_adcs_msb%>:0] code_valid;
  logic [<%lane_code_msb%>:0] code;
  logic [<%lane_column_msb%>:0] next_column;
  logic [<%register_msb%>:0] term;
  logic carry, first_plane, last_plane, step_negate;
  logic [<%step_pos_msb%>:0] step_pos;

  assign {step_negate, step_pos} = code_context_i;

  for (genvar a = 0; a < <%lane_adcs%>; a++) begin : gen_adc
    cim_adc_interface #(
      .Share(<%share%>),
      .CodeBits(<%code_bits%>)
    ) u_adc_interface (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .start_i(start_i),
      .done_o(done_o[a]),
      .req_valid_o(req_valid_o[a]),
      .req_ready_i(req_ready_i[a]),
      .req_column_o(req_column_o[a*<%column_bits%> +: <%column_bits%>]),
      .resp_valid_i(resp_valid_i[a]),
      .resp_code_i(resp_code_i[a*<%code_bits%> +: <%code_bits%>]),
      .code_valid_o(code_valid[a]),
      .code_o(code[a*<%code_bits%> +: <%code_bits%>]),
      .next_column_o(next_column[a*<%column_bits%> +: <%column_bits%>])
    );
  end

  cim_shift_add #(
    .Adcs(<%lane_adcs%>),
    .Share(<%share%>),
    .Planes(<%planes%>),
    .CodeBits(<%code_bits%>),
    .Signed(1'b<%code_signed%>),
    .PlanePosBits(<%plane_pos_bits%>),
    .PlanePos(<%plane_pos_table%>),
    .PlaneNegate(<%plane_negate_table%>),
    .StepPosBits(<%step_pos_bits%>),
    .SumBits(<%sum_bits%>),
    .Bits(<%register_bits%>)
  ) u_shift_add (
    .valid_i(code_valid),
    .code_i(code),
    .next_column_i(next_column),
    .step_pos_i(step_pos),
    .step_negate_i(step_negate),
    .term_o(term),
    .carry_o(carry),
    .first_plane_o(first_plane),
    .last_plane_o(last_plane)
  );

  cim_accumulator #(
    .Outputs(<%lane_outputs%>),
    .Bits(<%register_bits%>),
    .ResultBits(<%stored_bits%>),
    .Saturate(1'b<%saturates%>),
    .HasStart(1'b<%has_start%>),
    .LoadZero(1'b<%skips_steps%>)
  ) u_accumulator (
    .clk_i(clk_i),
    .valid_i(code_valid[0]),
    .term_i(term),
    .carry_i(carry),
    .begin_tile_i(begin_tile_i),
    .begin_vector_i(begin_vector_i),
    .first_plane_i(first_plane),
    .last_plane_i(last_plane),
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
    .result_o(result_o),
    .saturated_o(saturated_o)
  );
endmodule

`default_nettype wire

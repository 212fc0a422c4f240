<%banner%>
// <%name%>_lane: <%lane_adcs%> ADC(s) that share one datapath in <%visits%> visit(s) a column, <%terms%> at once: centre,
// scale, shift, and the accumulators of <%lane_outputs%> output(s). <%lanes%> of them make the back end.
`default_nettype none

module <%name%>_lane (
  input  wire logic clk_i,
  input  wire logic rst_ni,
  input  wire logic start_i,
  output logic [<%lane_adcs_msb%>:0] done_o,
  // The visit: which codes of the column are used, and with what
  output logic [<%lane_adcs_msb%>:0] code_valid_o,
  input  wire logic [<%visits_msb%>:0] take_i,
  input  wire logic [<%visits_msb%>:0] soon_i,
  input  wire logic visit_valid_i,
  input  wire logic [<%visit_msb%>:0] visit_i,
  input  wire logic [<%centers_msb%>:0] visit_center_i,
  input  wire logic [<%terms_msb%>:0] visit_negate_i,
  input  wire logic [<%plane_poses_msb%>:0] visit_plane_pos_i,
<%#scale_by_column%>
  // The ADCs' scale factors, and the configuration port's access to them
  input  wire logic [<%banks_msb%>:0] scale_bank_i,
  input  wire logic scale_turn_i,
  input  wire logic [<%lane_adcs_msb%>:0] scale_write_i,
  input  wire logic [<%scale_msb%>:0] scale_data_i,
  output logic [<%lane_scales_msb%>:0] scale_o,
<%/scale_by_column%>
<%#scale_by_plane%>
  input  wire logic [<%scales_msb%>:0] visit_scale_i,
<%/scale_by_plane%>
<%#scale_in_lane%>
  input  wire logic [<%scales_msb%>:0] visit_scale_i,
<%/scale_in_lane%>
<%#trim_by_column%>
  output logic [<%lane_adcs_msb%>:0] next_o,
<%/trim_by_column%>
  // One cycle later: where the terms stand
  input  wire logic add_valid_i,
  input  wire logic [<%add_pos_msb%>:0] add_pos_i,
  input  wire logic add_first_i,
  input  wire logic add_turn_i,
  input  wire logic add_first_tile_i,
  input  wire logic add_first_vector_i,
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
  logic [<%lane_code_msb%>:0] code;
  logic [<%term_msb%>:0] sum;
  logic [<%register_msb%>:0] term;
  logic carry;
<%#scale_by_column%>
  logic [<%lane_scales_msb%>:0] scale;  // in the order of the visits, as the codes are
<%/scale_by_column%>
<%#no_trim_by_column%>
  logic [<%lane_adcs_msb%>:0] unused_next;
<%/no_trim_by_column%>

  for (genvar a = 0; a < <%lane_adcs%>; a++) begin : gen_adc
    // Where the ADC comes in a round: an output's ADCs one after the other, at each of them all
    // outputs; so the planes of a step are used in one fixed order.
    localparam int Place = a % <%output_adcs%> * <%lane_outputs%> + a / <%output_adcs%>;
    localparam int Visit = Place / <%terms%>;

    column_adc_interface #(
      .Share(<%share%>),
      .CodeBits(<%code_bits%>),
      .HoldColumn(1'b<%hold_column%>)
    ) u_adc_interface (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .start_i(start_i),
      .done_o(done_o[a]),
      .req_valid_o(req_valid_o[a]),
      .req_ready_i(req_ready_i[a]),
      .req_column_o(req_column_o[a*<%column_bits%> +: <%column_bits%>]),
<%#trim_by_column%>
      .next_o(next_o[a]),
<%/trim_by_column%>
<%#no_trim_by_column%>
      .next_o(unused_next[a]),
<%/no_trim_by_column%>
      .resp_valid_i(resp_valid_i[a]),
      .resp_code_i(resp_code_i[a*<%code_bits%> +: <%code_bits%>]),
      .code_valid_o(code_valid_o[a]),
      .code_o(code[Place*<%code_bits%> +: <%code_bits%>]),
      .take_i(take_i[Visit]),
      .soon_i(soon_i[Visit])
    );
<%#scale_by_column%>
    cim_ring #(
      .Banks(<%banks%>),
      .Slots(<%share%>),
      .Bits(<%scale_bits%>)
    ) u_scale (
      .clk_i(clk_i),
      .bank_sel_i(scale_bank_i),
      .turn_i(take_i[Visit] || scale_turn_i),
      .write_i(scale_write_i[a]),
      .data_i(scale_data_i),
      .value_o(scale_o[a*<%scale_bits%> +: <%scale_bits%>])
    );
    assign scale[Place*<%scale_bits%> +: <%scale_bits%>] = scale_o[a*<%scale_bits%> +: <%scale_bits%>];
<%/scale_by_column%>
  end

  column_product #(
    .Visits(<%visits%>),
    .Terms(<%terms%>),
    .CodeBits(<%code_bits%>),
    .HasCenter(1'b<%has_center_bit%>),
    .CenterBits(8),
    .ScaleBits(<%lane_scale_bits%>),
    .ByColumn(1'b<%by_column_bit%>),
    .PlanePosBits(<%plane_pos_bits%>),
    .SumBits(<%term_bits%>)
  ) u_product (
    .clk_i(clk_i),
    .valid_i(visit_valid_i),
    .visit_i(visit_i),
    .code_i(code),
<%#scale_by_column%>
    .scale_i(scale),
<%/scale_by_column%>
<%#scale_by_plane%>
    .scale_i(visit_scale_i),
<%/scale_by_plane%>
<%#scale_in_lane%>
    .scale_i(visit_scale_i),
<%/scale_in_lane%>
<%#scale_at_output%>
    .scale_i(1'b0),
<%/scale_at_output%>
    .center_i(visit_center_i),
    .negate_i(visit_negate_i),
    .plane_pos_i(visit_plane_pos_i),
    .sum_o(sum),
    .carry_o(carry)
  );

  cim_shifter #(
    .InBits(<%term_bits%>),
    .PosBits(<%add_pos_bits%>),
    .OutBits(<%register_bits%>)
  ) u_shift (
    .value_i(sum),
    .fill_i(carry),
    .pos_i(add_pos_i),
    .value_o(term)
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
    .valid_i(add_valid_i),
    .term_i(term),
    .carry_i(carry),
    .begin_tile_i(begin_tile_i),
    .begin_vector_i(begin_vector_i),
    .first_plane_i(add_first_i),
    .last_plane_i(add_turn_i),
    .first_tile_i(add_first_tile_i),
    .first_vector_i(add_first_vector_i),
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

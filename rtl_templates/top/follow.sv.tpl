  // Codes are used as they come, a fixed number of cycles after their step was taken.
  cim_step_context #(
    .Bits(<%code_context_bits%>)
  ) u_step_context (
    .clk_i(clk_i),
    .start_i(start),
    .context_i({start_first_tile, start_first_vector, start_context}),
    .code_context_o({code_first_tile, code_first_vector, code_context})
  );

  cim_code_marks #(
    .Stages(<%lane_stages%>)
  ) u_code_marks (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .start_i(start),
    .start_first_tile_i(start_first_tile),
    .start_first_i(start_first_vector),
    .start_last_i(start_last_vector),
    .adcs_done_i(adcs_done),
    .begin_tile_o(begin_tile),
    .begin_vector_o(begin_vector),
    .complete_o(complete)
  );
  assign adcs_done  = &adc_done;
<%#hold_none%>
  assign step_room  = 1'b1;
<%/hold_none%>
  assign codes_idle = 1'b1;

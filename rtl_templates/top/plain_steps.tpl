  // Group by group, step by step: every step of a group with a present row is driven.
  logic [<%step_msb%>:0] step;
  logic [<%rows_msb%>:0] group_base;
  logic step_negate;
  logic [<%step_pos_msb%>:0] step_pos;

  cim_step_sequencer #(
    .Rows(<%rows%>),
    .ActiveRows(<%active_rows%>),
    .Steps(<%steps%>),
    .PosBits(<%step_pos_bits%>),
    .StepPos(<%step_pos_table%>),
    .NegateTop(1'b<%negate_last_step%>)
  ) u_step_sequencer (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .tile_valid_i(tile_valid),
    .tile_ready_o(tile_ready),
    .tile_first_i(tile_first),
    .tile_last_i(tile_last),
    .tile_rows_i(tile_rows),
    .valid_o(step_valid),
    .ready_i(step_ready),
    .step_o(step),
    .base_o(group_base),
    .pos_o(step_pos),
    .negate_o(step_negate),
    .first_of_tile_o(step_first_tile),
    .first_of_vector_o(step_first_vector),
    .last_of_vector_o(step_last_vector)
  );
  assign step_convert = 1'b1;

  cim_row_select #(
    .Rows(<%rows%>),
    .ActiveRows(<%active_rows%>)
  ) u_row_select (
    .rows_i(tile_rows),
    .base_i(group_base),
    .row_en_o(step_row_en)
  );

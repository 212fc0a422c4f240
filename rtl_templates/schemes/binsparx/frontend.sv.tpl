  // An element is a bit; it is stored as it comes, and inverted when its group is driven.
  assign in_elements = in_data_i;
  assign work_data   = load_data;

  // Ones of each group, counted while the tile arrives: the next one's while this one is converted.
  logic [<%bsx_counts_msb%>:0] load_counts;

  binsparx_popcount #(
    .Rows(<%rows%>),
    .ActiveRows(<%active_rows%>),
    .BeatElements(<%in_beat%>)
  ) u_popcount (
    .clk_i(clk_i),
    .beat_taken_i(beat_taken),
    .beat_i(beat),
    .beat_left_i(beat_left),
    .bits_i(in_elements),
    .counts_o(load_counts)
  );

  // Group by group: one step for each group with a present row.
  logic [<%step_msb%>:0] step;
  logic [<%rows_msb%>:0] group_base;
  logic step_negate;
  logic [<%step_pos_msb%>:0] step_pos;

  cim_step_sequencer #(
    .Rows(<%rows%>),
    .ActiveRows(<%active_rows%>),
    .Steps(1),
    .PosBits(<%step_pos_bits%>),
    .StepPos(<%step_pos_table%>)
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

  // Inverted, if most of the group's inputs are +1.
  logic step_flip, step_odd;
  logic [<%bsx_ones_msb%>:0] step_ones;
  logic [<%bsx_line_msb%>:0] step_line;

  binsparx_majority #(
    .Rows(<%rows%>),
    .ActiveRows(<%active_rows%>),
    .Banks(<%banks%>),
    .Activations(1'b<%bsx_activations%>)
  ) u_majority (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .move_i(tile_move),
    .counts_i(load_counts),
    .step_valid_i(step_valid),
    .step_ready_i(step_ready),
    .tile_ready_i(tile_ready),
    .bank_i(tile_bank),
    .rows_i(tile_rows),
    .base_i(group_base),
    .flip_o(step_flip),
    .ones_o(step_ones),
    .odd_o(step_odd),
    .line_o(step_line)
  );
<%#bsx_line_context%>
  assign step_context = {step_line, step_flip, step_odd, step_ones};
<%/bsx_line_context%>
<%#bsx_one_line%>
  assign step_context = {step_flip, step_odd, step_ones};
<%/bsx_one_line%>

  cim_row_select #(
    .Rows(<%rows%>),
    .ActiveRows(<%active_rows%>)
  ) u_row_select (
    .rows_i(tile_rows),
    .base_i(group_base),
    .row_en_o(step_row_en)
  );

  binsparx_row_driver #(
    .Rows(<%rows%>)
  ) u_row_driver (
    .bits_i(tile_data),
    .flip_i(step_flip),
    .row_en_i(step_row_en),
    .row_drive_o(step_row_drive)
  );

  // The columns' flips and corrections are kept in the lanes, in rings; this is their common side.
  logic [<%bsx_lines_msb%>:0] correction_line;
  logic correction_turn;
  logic [<%bsx_lane_msb%>:0] correction_write;
  logic [<%bsx_lane_data_msb%>:0] correction_data;

  cim_ring_port #(
    .Rings(<%lanes%>),
    .Slots(<%lane_outputs%>),
    .Groups(1),
    .Banks(<%bsx_lines%>),
    .Bits(<%bsx_word_bits%>),
    .Signed(1'b<%bsx_word_signed%>),
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>)
  ) u_correction_port (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .access_i(file_access[<%correction_file%>]),
    .write_i(cfg_write_i),
    .index_i(file_index),
    .ready_o(file_ready[<%correction_file%>]),
    .data_o(file_rdata[<%correction_file%>*<%cfg_data_bits%> +: <%cfg_data_bits%>]),
<%#bsx_line_context%>
    .bank_i(code_context[<%context_msb%>:<%bsx_line_low%>]),
<%/bsx_line_context%>
<%#bsx_one_line%>
    .bank_i(1'b0),
<%/bsx_one_line%>
    .bank_sel_o(correction_line),
    .ring_turn_o(correction_turn),
    .ring_write_o(correction_write),
    .values_i(correction_data)
  );

  logic unused_step;
  assign unused_step = ^{step, step_pos, step_negate, step_line};

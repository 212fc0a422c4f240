  // The vector's mantissa length m, sampled with its first beat.
  logic [<%length_msb%>:0] length;
  logic [<%mantissa_msb%>:0] length_mask;
  bfp_mantissa #(
    .MantissaBits(<%mantissa_bits%>)
  ) u_mantissa_length (
    .clk_i(clk_i),
    .register_i(mantissa_values),
    .vector_begin_i(vector_begin),
    .length_o(length),
    .mask_o(length_mask)
  );

  logic [<%rows_msb%>:0] group_base;
  logic [<%shift_msb%>:0] group_shift;
  logic [<%step_pos_msb%>:0] step_pos;
<%#static%>
  // Static blocks: a tile is coded when it moves to the work buffer, under one shift a group.
  assign in_elements = in_data_i;

  logic [<%ranges_msb%>:0] ranges;
  bfp_group_range #(
    .Rows(<%rows%>),
    .ActiveRows(<%active_rows%>),
    .Bits(<%input_bits%>),
    .BeatElements(<%in_beat%>)
  ) u_group_range (
    .clk_i(clk_i),
    .beat_taken_i(beat_taken),
    .beat_i(beat),
    .beat_left_i(beat_left),
    .elements_i(in_data_i),
    .ranges_o(ranges)
  );
  logic [<%group_shift_msb%>:0] shifts;
  bfp_block_encoder #(
    .Rows(<%rows%>),
    .ActiveRows(<%active_rows%>),
    .Bits(<%input_bits%>),
    .MantissaBits(<%mantissa_bits%>)
  ) u_block_encoder (
    .elements_i(load_data),
    .ranges_i(ranges),
    .length_i(length),
    .mask_i(length_mask),
    .mantissas_o(work_data),
    .shifts_o(shifts)
  );
  bfp_shared_shift #(
    .Rows(<%rows%>),
    .ActiveRows(<%active_rows%>),
    .ShiftBits(<%shift_bits%>)
  ) u_shared_shift (
    .clk_i(clk_i),
    .load_i(tile_move),
    .shifts_i(shifts),
    .base_i(group_base),
    .shift_o(group_shift)
  );
<%/static%>
<%#dynamic%>
  // Dynamic blocks: each element is coded as it arrives, {shift, mantissa}.
  for (genvar e = 0; e < <%in_beat%>; e++) begin : gen_encoder
    bfp_element_encoder #(
      .Bits(<%input_bits%>),
      .MantissaBits(<%mantissa_bits%>)
    ) u_encoder (
      .value_i(in_data_i[e*<%input_bits%> +: <%input_bits%>]),
      .length_i(length),
      .mask_i(length_mask),
      .code_o(in_elements[e*<%element_bits%> +: <%element_bits%>])
    );
  end
  assign work_data   = load_data;
  assign group_shift = '0;
  logic unused_dynamic;
  assign unused_dynamic = ^{group_base, tile_move};
  logic unused_beats;
  assign unused_beats = ^{beat_taken, beat, beat_left};
<%/dynamic%>
  logic unused_first;
  assign unused_first = tile_first;

  bfp_pass_sequencer #(
    .Rows(<%rows%>),
    .ActiveRows(<%active_rows%>),
    .Bits(<%input_bits%>),
    .MantissaBits(<%mantissa_bits%>),
    .PosBits(<%step_pos_bits%>),
<%#static%>
    .Dynamic(1'b0)
<%/static%>
<%#dynamic%>
    .Dynamic(1'b1)
<%/dynamic%>
  ) u_pass_sequencer (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .tile_valid_i(tile_valid),
    .tile_ready_o(tile_ready),
    .tile_last_i(tile_last),
    .tile_rows_i(tile_rows),
    .codes_i(tile_data),
    .base_o(group_base),
    .shift_i(group_shift),
    .valid_o(step_valid),
    .ready_i(step_ready),
    .convert_o(step_convert),
    .row_en_o(step_row_en),
    .row_drive_o(step_row_drive),
    .pos_o(step_pos),
    .first_of_tile_o(step_first_tile),
    .first_of_vector_o(step_first_vector),
    .last_of_vector_o(step_last_vector)
  );
  assign step_context = {1'b0, step_pos};

  // ---- Codes: column by column, several ADCs a lane in turn ----
  logic sequencer_room, codes_valid, visit_valid, visit_first_tile, visit_first_vector;
  logic [<%adc_msb%>:0] adc_code_valid;
  logic [<%visits_msb%>:0] take, soon;
  logic [<%visit_msb%>:0] visit;
  logic [<%column_msb%>:0] visit_column;
<%#own_files%>
  logic [<%bank_msb%>:0] visit_bank;
<%/own_files%>
  logic [<%step_pos_msb%>:0] visit_step_pos;
  logic [<%terms_msb%>:0] visit_negate;
  logic [<%context_msb%>:0] latest_context;
  logic plane_turn;
  logic [<%plane_poses_msb%>:0] visit_plane_pos;
<%#trim_by_column%>
  logic [<%adc_msb%>:0] adc_next;
<%/trim_by_column%>
  logic add_valid, add_first, add_turn, add_first_tile, add_first_vector;
  logic [<%add_pos_msb%>:0] add_pos;

  assign codes_valid = &adc_code_valid;
<%#hold_column_section%>
  assign adcs_done   = &adc_done && sequencer_room;
<%/hold_column_section%>
<%#hold_none%>
  // The drive ends with the last code; a step whose context would find no place is not begun.
  assign adcs_done   = &adc_done;
  assign step_room   = sequencer_room;
<%/hold_none%>

  column_sequencer #(
    .Share(<%share%>),
    .Visits(<%visits%>),
    .ContextBits(<%context_bits%>)
  ) u_sequencer (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .start_i(start),
    .start_first_tile_i(start_first_tile),
    .start_first_vector_i(start_first_vector),
    .start_last_vector_i(start_last_vector),
    .start_context_i(start_context),
    .room_o(sequencer_room),
    .idle_o(codes_idle),
    .codes_valid_i(codes_valid),
    .take_o(take),
    .soon_o(soon),
    .visit_valid_o(visit_valid),
    .visit_o(visit),
    .column_o(visit_column),
    .context_o({<%#own_files%>visit_bank, <%/own_files%>visit_step_pos}),
    .first_tile_o(visit_first_tile),
    .first_vector_o(visit_first_vector),
    .latest_context_o(latest_context),
    .begin_tile_o(begin_tile),
    .begin_vector_o(begin_vector),
    .complete_o(complete)
  );

  column_decode #(
    .Share(<%share%>),
    .Planes(<%planes%>),
    .Visits(<%visits%>),
    .Terms(<%terms%>),
    .Outputs(<%lane_outputs%>),
    .PlanePosBits(<%plane_pos_bits%>),
    .PlanePos(<%plane_pos_table%>),
    .PlaneNegate(<%plane_negate_table%>),
    .StepPosBits(<%step_pos_bits%>),
    .AddPosBits(<%add_pos_bits%>)
  ) u_decode (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .valid_i(visit_valid),
    .visit_i(visit),
    .column_i(visit_column),
    .step_pos_i(visit_step_pos),
    .first_tile_i(visit_first_tile),
    .first_vector_i(visit_first_vector),
    .plane_turn_o(plane_turn),
    .negate_o(visit_negate),
    .plane_pos_o(visit_plane_pos),
    .add_valid_o(add_valid),
    .add_pos_o(add_pos),
    .add_first_o(add_first),
    .add_turn_o(add_turn),
    .add_first_tile_o(add_first_tile),
    .add_first_vector_o(add_first_vector)
  );

  // ---- Scale factors, centres, trims ----
<%#one_for_all%>
  logic unused_turn;
  assign unused_turn = plane_turn;
<%/one_for_all%>
  logic unused_latest;
  assign unused_latest = ^latest_context;
<%#scale_by_column%>
  logic [<%banks_msb%>:0] scale_bank;
  logic scale_turn;
  logic [<%adc_msb%>:0] scale_write;
  logic [<%adc_scales_msb%>:0] scales;

  cim_ring_port #(
    .Rings(<%adcs%>),
    .Slots(<%share%>),
    .Groups(1),
    .Banks(<%banks%>),
    .Bits(<%scale_bits%>),
    .Signed(1'b0),
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>)
  ) u_scale_port (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .access_i(file_access[<%scale_file%>]),
    .write_i(cfg_write_i),
    .index_i(file_index),
    .ready_o(file_ready[<%scale_file%>]),
    .data_o(file_rdata[<%scale_file%>*<%cfg_data_bits%> +: <%cfg_data_bits%>]),
    .bank_i(visit_bank),
    .bank_sel_o(scale_bank),
    .ring_turn_o(scale_turn),
    .ring_write_o(scale_write),
    .values_i(scales)
  );
<%/scale_by_column%>
<%#scale_by_plane%>
  logic [<%banks_msb%>:0] scale_bank;
  logic scale_turn;
  logic [<%terms_msb%>:0] scale_write;
  logic [<%scales_msb%>:0] visit_scale;

  cim_ring_port #(
    .Rings(<%terms%>),
    .Slots(<%plane_slots%>),
    .Groups(<%plane_groups%>),
    .Banks(<%banks%>),
    .Bits(<%scale_bits%>),
    .Signed(1'b0),
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>)
  ) u_scale_port (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .access_i(file_access[<%scale_file%>]),
    .write_i(cfg_write_i),
    .index_i(file_index),
    .ready_o(file_ready[<%scale_file%>]),
    .data_o(file_rdata[<%scale_file%>*<%cfg_data_bits%> +: <%cfg_data_bits%>]),
    .bank_i(visit_bank),
    .bank_sel_o(scale_bank),
    .ring_turn_o(scale_turn),
    .ring_write_o(scale_write),
    .values_i(visit_scale)
  );
  for (genvar a = 0; a < <%terms%>; a++) begin : gen_scale
    cim_ring #(
      .Banks(<%banks%>),
      .Slots(<%plane_slots%>),
      .Bits(<%scale_bits%>)
    ) u_scale (
      .clk_i(clk_i),
      .bank_sel_i(scale_bank),
      .turn_i(plane_turn || scale_turn),
      .write_i(scale_write[a]),
      .data_i(file_wdata[<%scale_msb%>:0]),
      .value_o(visit_scale[a*<%scale_bits%> +: <%scale_bits%>])
    );
  end
<%/scale_by_plane%>
<%#scale_in_lane%>
  logic [<%scales_msb%>:0] visit_scale;
  assign visit_scale = {<%terms%>{scale_values}};
<%/scale_in_lane%>
  logic [<%centers_msb%>:0] visit_center;
<%#center_by_plane%>
  logic [<%banks_msb%>:0] center_bank;
  logic center_turn;
  logic [<%terms_msb%>:0] center_write;

  cim_ring_port #(
    .Rings(<%terms%>),
    .Slots(<%plane_slots%>),
    .Groups(<%plane_groups%>),
    .Banks(<%banks%>),
    .Bits(8),
    .Signed(1'b1),
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>)
  ) u_center_port (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .access_i(file_access[<%center_file%>]),
    .write_i(cfg_write_i),
    .index_i(file_index),
    .ready_o(file_ready[<%center_file%>]),
    .data_o(file_rdata[<%center_file%>*<%cfg_data_bits%> +: <%cfg_data_bits%>]),
    .bank_i(visit_bank),
    .bank_sel_o(center_bank),
    .ring_turn_o(center_turn),
    .ring_write_o(center_write),
    .values_i(visit_center)
  );
  for (genvar a = 0; a < <%terms%>; a++) begin : gen_center
    cim_ring #(
      .Banks(<%banks%>),
      .Slots(<%plane_slots%>),
      .Bits(8)
    ) u_center (
      .clk_i(clk_i),
      .bank_sel_i(center_bank),
      .turn_i(plane_turn || center_turn),
      .write_i(center_write[a]),
      .data_i(file_wdata[7:0]),
      .value_o(visit_center[a*8 +: 8])
    );
  end
<%/center_by_plane%>
<%#center_alone%>
  assign visit_center = {<%terms%>{center_values}};
<%/center_alone%>
<%#center_none%>
  assign visit_center = '0;  // cancels between the planes of w+ and w-
<%/center_none%>
<%#trim_stored%>
  logic [<%banks_msb%>:0] trim_bank;
  logic trim_turn;
  logic [<%trim_rings_msb%>:0] trim_write;
  logic [<%trims_msb%>:0] trim_reads;

  cim_ring_port #(
    .Rings(<%trim_rings%>),
    .Slots(<%trim_slots%>),
    .Groups(1),
    .Banks(<%banks%>),
    .Bits(<%range_bits%>),
    .Signed(1'b0),
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>)
  ) u_trim_port (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .access_i(file_access[<%trim_file%>]),
    .write_i(cfg_write_i),
    .index_i(file_index),
    .ready_o(file_ready[<%trim_file%>]),
    .data_o(file_rdata[<%trim_file%>*<%cfg_data_bits%> +: <%cfg_data_bits%>]),
    .bank_i(latest_context[<%context_msb%> -: <%bank_bits%>]),
    .bank_sel_o(trim_bank),
    .ring_turn_o(trim_turn),
    .ring_write_o(trim_write),
    .values_i(trim_reads)
  );
  for (genvar a = 0; a < <%trim_rings%>; a++) begin : gen_trim
    column_trim #(
      .Banks(<%banks%>),
      .Slots(<%trim_slots%>),
      .Bits(<%range_bits%>)
    ) u_trim (
      .clk_i(clk_i),
      .bank_sel_i(trim_bank),
      .ring_turn_i(trim_turn),
      .write_i(trim_write[a]),
      .data_i(file_wdata[<%range_msb%>:0]),
      .value_o(trim_reads[a*<%range_bits%> +: <%range_bits%>]),
      .start_i(start),
<%#trim_by_column%>
      .next_i(adc_next[a]),
<%/trim_by_column%>
<%#no_trim_by_column%>
      .next_i(1'b0),
<%/no_trim_by_column%>
      .trim_o(array_trim_o[a*<%range_bits%> +: <%range_bits%>])
    );
  end
<%/trim_stored%>
<%#trim_alone%>
  assign array_trim_o = trim_values;
<%/trim_alone%>

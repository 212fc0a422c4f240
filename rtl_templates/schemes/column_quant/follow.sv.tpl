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
  logic [<%planes_used_msb%>:0] visit_plane;
  logic [<%plane_poses_msb%>:0] visit_plane_pos;
  logic add_valid, add_first, add_turn, add_first_tile, add_first_vector;
  logic [<%add_pos_msb%>:0] add_pos;

  assign codes_valid = &adc_code_valid;
  assign adcs_done   = &adc_done && sequencer_room;

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
    .context_o(<%visit_context%>),
    .first_tile_o(visit_first_tile),
    .first_vector_o(visit_first_vector),
    .begin_tile_o(begin_tile),
    .begin_vector_o(begin_vector),
    .complete_o(complete)
  );

  column_decode #(
    .Share(<%share%>),
    .Planes(<%planes%>),
    .Visits(<%visits%>),
    .Terms(<%terms%>),
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
    .plane_o(visit_plane),
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
<%#own_files%>
  logic file_access;
  assign file_access = cfg_block_tile && tile_quiet;
<%/own_files%>
<%#one_for_all%>
  logic unused_plane;
  assign unused_plane = ^visit_plane;
<%/one_for_all%>
<%#scale_by_column%>
  logic [<%banks_msb%>:0] bank_sel;
  logic [<%share_msb%>:0] slot_sel;
  logic [<%adc_msb%>:0] scale_write;
  logic [<%adc_scales_msb%>:0] scale_reads;

  column_scale_port #(
    .Adcs(<%adcs%>),
    .Share(<%share%>),
    .Banks(<%banks%>),
    .Bits(<%scale_bits%>),
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>)
  ) u_scale_port (
    .access_i(file_access),
    .write_i(file_write[<%scale_file%>]),
    .index_i(file_index),
    .data_o(file_rdata[<%scale_rdata_range%>]),
    .bank_i(visit_bank),
    .column_i(visit_column),
    .bank_sel_o(bank_sel),
    .slot_sel_o(slot_sel),
    .adc_write_o(scale_write),
    .scales_i(scale_reads)
  );
<%/scale_by_column%>
<%#scale_by_plane%>
  logic [<%plane_scales_msb%>:0] plane_scales;
  logic [<%scales_msb%>:0] visit_scale;

  column_row_file #(
    .Banks(<%banks%>),
    .Words(<%planes%>),
    .Bits(<%scale_bits%>),
    .Signed(1'b0),
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>)
  ) u_scale (
    .clk_i(clk_i),
    .access_i(file_access),
    .write_i(file_write[<%scale_file%>]),
    .index_i(file_index),
    .data_i(file_wdata),
    .data_o(file_rdata[<%scale_rdata_range%>]),
    .bank_i(visit_bank),
    .row_o(plane_scales)
  );

  column_pick #(
    .Words(<%planes%>),
    .Bits(<%scale_bits%>),
    .Picks(<%terms%>)
  ) u_scale_pick (
    .words_i(plane_scales),
    .index_i(visit_plane),
    .word_o(visit_scale)
  );
<%/scale_by_plane%>
<%#scale_in_lane%>
  logic [<%scales_msb%>:0] visit_scale;
  assign visit_scale = {<%terms%>{scale_values}};
<%/scale_in_lane%>
  logic [<%centers_msb%>:0] visit_center;
<%#center_by_plane%>
  logic [<%plane_centers_msb%>:0] plane_centers;

  column_row_file #(
    .Banks(<%banks%>),
    .Words(<%planes%>),
    .Bits(8),
    .Signed(1'b1),
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>)
  ) u_center (
    .clk_i(clk_i),
    .access_i(file_access),
    .write_i(file_write[<%center_file%>]),
    .index_i(file_index),
    .data_i(file_wdata),
    .data_o(file_rdata[<%center_rdata_range%>]),
    .bank_i(visit_bank),
    .row_o(plane_centers)
  );

  column_pick #(
    .Words(<%planes%>),
    .Bits(8),
    .Picks(<%terms%>)
  ) u_center_pick (
    .words_i(plane_centers),
    .index_i(visit_plane),
    .word_o(visit_center)
  );
<%/center_by_plane%>
<%#center_alone%>
  assign visit_center = {<%terms%>{center_values}};
<%/center_alone%>
<%#center_none%>
  assign visit_center = '0;  // cancels between the planes of w+ and w-
<%/center_none%>
<%#trim_stored%>

  column_trim #(
    .Banks(<%banks%>),
    .Entries(<%trims%>),
    .Bits(<%range_bits%>),
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>)
  ) u_trim (
    .clk_i(clk_i),
    .access_i(file_access),
    .write_i(file_write[<%trim_file%>]),
    .index_i(file_index),
    .data_i(file_wdata),
    .data_o(file_rdata[<%trim_rdata_range%>]),
    .start_i(start),
    .bank_i(start_context[<%context_msb%> -: <%bank_bits%>]),
    .trim_o(array_trim_o)
  );
<%/trim_stored%>
<%#trim_alone%>
  assign array_trim_o = trim_values;
<%/trim_alone%>

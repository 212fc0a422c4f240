      .code_valid_o(adc_code_valid[l*<%lane_adcs%> +: <%lane_adcs%>]),
      .take_i(take),
      .soon_i(soon),
      .visit_valid_i(visit_valid),
      .visit_i(visit),
      .visit_center_i(visit_center),
      .visit_negate_i(visit_negate),
      .visit_plane_pos_i(visit_plane_pos),
<%#scale_by_column%>
      .scale_bank_i(scale_bank),
      .scale_turn_i(scale_turn),
      .scale_write_i(scale_write[l*<%lane_adcs%> +: <%lane_adcs%>]),
      .scale_data_i(file_wdata[<%scale_msb%>:0]),
      .scale_o(scales[l*<%lane_scales%> +: <%lane_scales%>]),
<%/scale_by_column%>
<%#scale_by_plane%>
      .visit_scale_i(visit_scale),
<%/scale_by_plane%>
<%#scale_in_lane%>
      .visit_scale_i(visit_scale),
<%/scale_in_lane%>
<%#trim_by_column%>
      .next_o(adc_next[l*<%lane_adcs%> +: <%lane_adcs%>]),
<%/trim_by_column%>
      .add_valid_i(add_valid),
      .add_pos_i(add_pos),
      .add_first_i(add_first),
      .add_turn_i(add_turn),
      .add_first_tile_i(add_first_tile),
      .add_first_vector_i(add_first_vector),

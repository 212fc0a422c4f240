      .correction_line_i(correction_line),
      .correction_turn_i(correction_turn),
      .correction_write_i(correction_write[l]),
      .correction_data_i(file_wdata[<%bsx_word_msb%>:0]),
      .correction_data_o(correction_data[l*<%bsx_word_bits%> +: <%bsx_word_bits%>]),
<%#bsx_threshold%>
      .threshold_i(threshold_values[l*<%bsx_lane_threshold_bits%> +: <%bsx_lane_threshold_bits%>]),
<%/bsx_threshold%>

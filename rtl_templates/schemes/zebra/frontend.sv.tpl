<%>plain_tile%>
<%>plain_steps%>
  assign step_context = {step_negate, step_pos};
  for (genvar e = 0; e < <%in_beat%>; e++) begin : gen_encoder
    zebra_encoder #(
      .Levels(<%levels%>)
    ) u_encoder (
      .value_i(in_data_i[e*9 +: 9]),
      .code_o(in_elements[e*6 +: 6])
    );
  end

  zebra_row_driver #(
    .Rows(<%rows%>)
  ) u_row_driver (
    .codes_i(tile_data),
    .step_i(step),
    .row_en_i(step_row_en),
    .row_drive_o(step_row_drive)
  );

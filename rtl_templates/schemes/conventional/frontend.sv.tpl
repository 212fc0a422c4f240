<%>plain_tile%>
<%>plain_steps%>
  assign step_context = {step_negate, step_pos};
  assign in_elements = in_data_i;

  cim_digit_driver #(
    .Rows(<%rows%>),
    .ElementBits(<%element_bits%>),
    .DigitBits(1)
  ) u_row_driver (
    .elements_i(tile_data),
    .step_i(step),
    .row_en_i(step_row_en),
    .row_drive_o(step_row_drive)
  );

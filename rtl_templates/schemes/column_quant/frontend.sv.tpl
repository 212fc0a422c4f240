<%>plain_tile%>
<%>plain_steps%>
  assign step_context = {<%#own_files%>tile_bank, <%/own_files%>step_pos};
  assign in_elements = in_data_i;
  logic unused_negate;
  assign unused_negate = step_negate;

  cim_digit_driver #(
    .Rows(<%rows%>),
    .ElementBits(<%element_bits%>),
    .DigitBits(<%drive_bits%>)
  ) u_row_driver (
    .elements_i(tile_data),
    .step_i(step),
    .row_en_i(step_row_en),
    .row_drive_o(step_row_drive)
  );

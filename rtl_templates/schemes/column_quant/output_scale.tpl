
  // Scaled as they leave; until then the scale may not change.
  assign vectors_idle = lanes_idle && !raw_valid;

  column_output_scale #(
    .Elements(<%out_beat%>),
    .InBits(<%raw_bits%>),
    .ScaleBits(<%scale_bits%>),
    .OutBits(<%out_bits%>)
  ) u_output_scale (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .scale_i(scale_values),
    .valid_i(raw_valid),
    .ready_o(raw_ready),
    .data_i(raw_data),
    .last_i(raw_last),
    .valid_o(out_valid_o),
    .ready_i(out_ready_i),
    .data_o(out_data_o),
    .last_o(out_last_o)
  );

  // Scaled here only where nothing can saturate.
  logic unused_saturated;
  assign unused_saturated = ^raw_saturated;
  assign out_saturated_o  = '0;


  column_output_scale #(
    .Elements(<%out_beat%>),
    .InBits(<%raw_bits%>),
    .ScaleBits(<%scale_bits%>),
    .OutBits(<%out_bits%>)
  ) u_output_scale (
    .data_i(raw_data),
    .scale_i(scale_values),
    .data_o(out_data_o)
  );

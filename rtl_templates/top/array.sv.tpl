<%banner%>
// <%name%>_array: the behavioural model of the analog macro. For simulation; in synthesis it is a
// black box (blackbox/<%name%>_array.sv), in a chip the designer's own macro with these ports.
`default_nettype none

module <%name%>_array (
<%>array_ports%>
);
  cim_array_model #(
    .Rows(<%rows%>),
    .Columns(<%columns%>),
    .Planes(<%planes%>),
    .Banks(<%banks%>),
    .DriveBits(<%drive_bits%>),
    .CellBits(<%cell_bits%>),
    .SignLevel(1'b<%sign_level%>),
    .Ratio(<%ratio%>),
    .SignedPlanes(<%signed_planes%>),
    .StepNum(<%step_num%>),
    .StepDen(<%step_den%>),
    .ScaledColumns(1'b<%scaled_columns%>),
    .AlphaFrac(<%alpha_frac%>),
    .Center(<%center%>),
    .TrimBits(<%trim_bits%>),
    .TrimEntries(<%trim_entries%>),
    .TrimByAdc(1'b<%trim_by_adc%>),
    .CodeBits(<%adc_bits%>),
    .CodeSigned(1'b<%adc_signed%>),
    .Share(<%share%>),
    .Latency(<%latency%>),
    .Precharge(<%precharge%>),
    .Settle(<%settle%>),
    .HoldColumn(1'b<%hold_column%>),
    .Overlap(1'b<%overlap%>),
    .WordCells(<%weight_beat%>),
    .Analog(1'b<%analog%>),
    .Seed(32'd<%analog_seed%>),
    .Noise(<%analog_noise%>),
    .NoiseInV(1'b<%analog_noise_in_v%>),
    .IrDrop(<%analog_ir_drop%>)
  ) u_model (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .precharge_i(precharge_i),
    .sample_i(sample_i),
    .hold_i(hold_i),
    .bank_i(bank_i),
    .row_en_i(row_en_i),
    .row_drive_i(row_drive_i),
<%#trim%>
    .trim_i(trim_i),
<%/trim%>
<%#no_trim%>
    .trim_i(1'b0),
<%/no_trim%>
    .adc_req_valid_i(adc_req_valid_i),
    .adc_req_ready_o(adc_req_ready_o),
    .adc_req_column_i(adc_req_column_i),
    .adc_resp_valid_o(adc_resp_valid_o),
    .adc_resp_code_o(adc_resp_code_o),
    .weight_valid_i(weight_valid_i),
    .weight_ready_o(weight_ready_o),
    .weight_write_i(weight_write_i),
    .weight_bank_i(weight_bank_i),
    .weight_row_i(weight_row_i),
    .weight_word_i(weight_word_i),
    .weight_data_i(weight_data_i),
    .weight_rvalid_o(weight_rvalid_o),
    .weight_rdata_o(weight_rdata_o)
  );
endmodule

`default_nettype wire

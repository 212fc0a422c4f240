<%banner%>
// Do not edit: change the config and generate again.
//
// <%name%>_array: the behavioural model of the analog macro. For simulation; in synthesis it is a
// black box (blackbox/<%name%>_array.sv), in a chip the designer's own macro with these ports.
`default_nettype none

module <%name%>_array (
<%>array_ports%>
);
<%#async%>
  logic [<%name%>_pkg::Adcs-1:0] req_valid, req_ready, resp_valid;
  logic [<%name%>_pkg::CodeWidth-1:0] resp_code;

  cim_async_model #(
    .Adcs(<%name%>_pkg::Adcs),
    .CodeBits(<%name%>_pkg::CodeBits)
  ) u_async (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .request_i(adc_req_valid_i),
    .acknowledge_o(adc_resp_valid_o),
    .code_o(adc_resp_code_o),
    .req_valid_o(req_valid),
    .req_ready_i(req_ready),
    .resp_valid_i(resp_valid),
    .resp_code_i(resp_code)
  );

<%/async%>
  cim_array_model #(
    .Rows(<%name%>_pkg::Rows),
    .Columns(<%name%>_pkg::Columns),
    .Planes(<%name%>_pkg::Planes),
    .Banks(<%name%>_pkg::Banks),
    .DriveBits(<%name%>_pkg::DriveBits),
    .CellBits(<%name%>_pkg::CellBits),
    .SignLevel(<%name%>_pkg::SignLevel),
    .Ratio(<%name%>_pkg::Ratio),
    .SignedPlanes(<%name%>_pkg::SignedPlanes),
    .StepNum(<%name%>_pkg::StepNum),
    .StepDen(<%name%>_pkg::StepDen),
    .ScaledColumns(<%name%>_pkg::ScaledColumns),
    .AlphaFrac(<%name%>_pkg::AlphaFrac),
    .Center(<%name%>_pkg::Center),
    .TrimBits(<%name%>_pkg::TrimBits),
    .TrimEntries(<%name%>_pkg::TrimEntries),
    .TrimByAdc(<%name%>_pkg::TrimByAdc),
    .CodeBits(<%name%>_pkg::CodeBits),
    .CodeSigned(<%name%>_pkg::CodeSigned),
    .Share(<%name%>_pkg::Share),
    .Latency(<%name%>_pkg::Latency),
    .Precharge(<%name%>_pkg::Precharge),
    .Settle(<%name%>_pkg::Settle),
    .SampleGap(<%name%>_pkg::SampleGap),
    .MaxDrive(<%name%>_pkg::MaxDrive),
    .WriteWhileCompute(<%name%>_pkg::WriteWhileCompute),
    .HoldColumn(<%name%>_pkg::HoldColumn),
    .Overlap(<%name%>_pkg::Overlap),
<%#async%>
    .LateEnd(1'b1),
<%/async%>
<%#observe%>
    .SomeOut(1'b1),
<%/observe%>
    .WordCells(<%name%>_pkg::WeightBeat),
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
<%#async%>
    .adc_req_valid_i(req_valid),
    .adc_req_ready_o(req_ready),
    .adc_req_column_i(adc_req_column_i),
    .adc_resp_valid_o(resp_valid),
    .adc_resp_code_o(resp_code),
<%/async%>
<%#no_async%>
    .adc_req_valid_i(adc_req_valid_i),
    .adc_req_ready_o(adc_req_ready_o),
    .adc_req_column_i(adc_req_column_i),
    .adc_resp_valid_o(adc_resp_valid_o),
    .adc_resp_code_o(adc_resp_code_o),
<%/no_async%>
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

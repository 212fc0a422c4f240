<%banner%>
// Do not edit: change the config and generate again.
//
// <%name%>_array_checker: the rules of the array port, whatever <%name%>_array is. Simulation only.
// checker/<%name%>_array_bind.sv binds it to every <%name%>_array; its rules and what it says are in
// cim_array_checker<%#async%>, those of the handshakes in cim_async_checker<%/async%>.
`default_nettype none

module <%name%>_array_checker (
<%checker_ports%>
);
<%#async%>
  cim_async_checker #(
<%/async%>
<%#no_async%>
  cim_array_checker #(
<%/no_async%>
    .Rows(<%name%>_pkg::Rows),
    .DriveBits(<%name%>_pkg::DriveBits),
    .BankBits(<%name%>_pkg::BankBits),
    .Adcs(<%name%>_pkg::Adcs),
    .Share(<%name%>_pkg::Share),
    .CodeBits(<%name%>_pkg::CodeBits),
    .TrimWidth(<%name%>_pkg::TrimWidth),
    .AccessBits(1 + <%name%>_pkg::BankBits + <%name%>_pkg::RowBits
                + <%name%>_pkg::WordAddrBits
                + <%name%>_pkg::WeightWidth),
    .WeightWidth(<%name%>_pkg::WeightWidth),
    .Precharge(<%name%>_pkg::Precharge),
    .Settle(<%name%>_pkg::Settle),
    .SampleGap(<%name%>_pkg::SampleGap),
    .MaxDrive(<%name%>_pkg::MaxDrive),
    .WriteWhileCompute(<%name%>_pkg::WriteWhileCompute),
    .HoldColumn(<%name%>_pkg::HoldColumn),
<%#observe%>
    .SomeOut(1'b1),
<%/observe%>
    .Overlap(<%name%>_pkg::Overlap)
  ) u_checker (
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
    .request_i(adc_req_valid_i),
    .column_i(adc_req_column_i),
    .acknowledge_i(adc_resp_valid_o),
    .code_i(adc_resp_code_o),
<%/async%>
<%#no_async%>
    .req_valid_i(adc_req_valid_i),
    .req_ready_i(adc_req_ready_o),
    .req_column_i(adc_req_column_i),
    .resp_valid_i(adc_resp_valid_o),
    .resp_code_i(adc_resp_code_o),
<%/no_async%>
    .weight_valid_i(weight_valid_i),
    .weight_ready_i(weight_ready_o),
    .weight_access_i({weight_write_i, weight_bank_i, weight_row_i, weight_word_i, weight_data_i}),
    .weight_rvalid_i(weight_rvalid_o),
    .weight_rdata_i(weight_rdata_o)
  );
endmodule

`default_nettype wire

<%banner%>
// Do not edit: change the config and generate again.
//
// <%name%>: a compute-in-memory macro, scheme <%scheme%>, <%rows%> rows x <%outputs%> outputs:
// the digital periphery and the analog array. Replace <%name%>_array with the real macro.
`default_nettype none

module <%name%> (
<%#reset_sync%>
  // rst_ni with its release synchronous to clk_i: while low the macro takes nothing
  output logic rst_no,
<%/reset_sync%>
<%>ports%>
  output logic [<%name%>_pkg::WeightWidth-1:0] weight_rdata_o
);
  logic precharge, sample, hold;
  logic [<%name%>_pkg::BankBits-1:0] bank;
  logic [<%name%>_pkg::Rows-1:0] row_en;
  logic [<%name%>_pkg::DriveWidth-1:0] row_drive;
<%#trim%>
  logic [<%name%>_pkg::TrimWidth-1:0] trim;
<%/trim%>
<%#async%>
  logic [<%name%>_pkg::Adcs-1:0] adc_req_valid, adc_resp_valid;
<%/async%>
<%#no_async%>
  logic [<%name%>_pkg::Adcs-1:0] adc_req_valid, adc_req_ready, adc_resp_valid;
<%/no_async%>
  logic [<%name%>_pkg::RequestWidth-1:0] adc_req_column;
  logic [<%name%>_pkg::CodeWidth-1:0] adc_resp_code;
  logic cell_valid, cell_ready, cell_write, cell_rvalid;
  logic [<%name%>_pkg::BankBits-1:0] cell_bank;
  logic [<%name%>_pkg::RowBits-1:0] cell_row;
  logic [<%name%>_pkg::WordAddrBits-1:0] cell_word;
  logic [<%name%>_pkg::WeightWidth-1:0] cell_data, cell_rdata;

<%#reset_sync%>
  cim_reset_sync u_reset_sync (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .bypass_i(<%reset_bypass%>),
    .rst_no(rst_no)
  );

<%/reset_sync%>
  <%name%>_periphery u_periphery (
<%>connect%>
    .array_precharge_o(precharge),
    .array_sample_o(sample),
    .array_hold_o(hold),
    .array_bank_o(bank),
    .array_row_en_o(row_en),
    .array_row_drive_o(row_drive),
<%#trim%>
    .array_trim_o(trim),
<%/trim%>
    .adc_req_valid_o(adc_req_valid),
<%#no_async%>
    .adc_req_ready_i(adc_req_ready),
<%/no_async%>
    .adc_req_column_o(adc_req_column),
    .adc_resp_valid_i(adc_resp_valid),
    .adc_resp_code_i(adc_resp_code),
    .array_weight_valid_o(cell_valid),
    .array_weight_ready_i(cell_ready),
    .array_weight_write_o(cell_write),
    .array_weight_bank_o(cell_bank),
    .array_weight_row_o(cell_row),
    .array_weight_word_o(cell_word),
    .array_weight_data_o(cell_data),
    .array_weight_rvalid_i(cell_rvalid),
    .array_weight_rdata_i(cell_rdata)
  );

  <%name%>_array u_array (
    .clk_i(clk_i),
    .rst_ni(<%reset%>),
    .precharge_i(precharge),
    .sample_i(sample),
    .hold_i(hold),
    .bank_i(bank),
    .row_en_i(row_en),
    .row_drive_i(row_drive),
<%#trim%>
    .trim_i(trim),
<%/trim%>
    .adc_req_valid_i(adc_req_valid),
<%#no_async%>
    .adc_req_ready_o(adc_req_ready),
<%/no_async%>
    .adc_req_column_i(adc_req_column),
    .adc_resp_valid_o(adc_resp_valid),
    .adc_resp_code_o(adc_resp_code),
    .weight_valid_i(cell_valid),
    .weight_ready_o(cell_ready),
    .weight_write_i(cell_write),
    .weight_bank_i(cell_bank),
    .weight_row_i(cell_row),
    .weight_word_i(cell_word),
    .weight_data_i(cell_data),
    .weight_rvalid_o(cell_rvalid),
    .weight_rdata_o(cell_rdata)
  );
endmodule

`default_nettype wire

  input  wire logic clk_i,
  input  wire logic rst_ni,
  // Rows: enable (the group is already applied) and drive, DriveBits a row, straight from
  // flip-flops
  input  wire logic precharge_i,
  input  wire logic sample_i,
  input  wire logic hold_i,
  input  wire logic [<%name%>_pkg::BankBits-1:0] bank_i,
  input  wire logic [<%name%>_pkg::Rows-1:0] row_en_i,
  input  wire logic [<%name%>_pkg::DriveWidth-1:0] row_drive_i,
<%#trim%>
  // Trims of the ADCs' steps: TrimEntries of TrimBits, of the step whose conversions run
  input  wire logic [<%name%>_pkg::TrimWidth-1:0] trim_i,
<%/trim%>
  // ADCs: ADC a serves physical columns a*Share .. a*Share + Share - 1
<%#async%>
  // Four phases, no clock in common: a request stands until resp_valid_o acknowledges it, with the
  // code stable; the acknowledge stands until the request has fallen
<%/async%>
  input  wire logic [<%name%>_pkg::Adcs-1:0] adc_req_valid_i,
<%#no_async%>
  output logic [<%name%>_pkg::Adcs-1:0] adc_req_ready_o,
<%/no_async%>
  input  wire logic [<%name%>_pkg::RequestWidth-1:0] adc_req_column_i,
  output logic [<%name%>_pkg::Adcs-1:0] adc_resp_valid_o,
  output logic [<%name%>_pkg::CodeWidth-1:0] adc_resp_code_o,
  // Weights: WeightBeat physical columns of one row a word, CellBits each
  input  wire logic weight_valid_i,
  output logic weight_ready_o,
  input  wire logic weight_write_i,
  input  wire logic [<%name%>_pkg::BankBits-1:0] weight_bank_i,
  input  wire logic [<%name%>_pkg::RowBits-1:0] weight_row_i,
  input  wire logic [<%name%>_pkg::WordAddrBits-1:0] weight_word_i,
  input  wire logic [<%name%>_pkg::WeightWidth-1:0] weight_data_i,
  output logic weight_rvalid_o,
  output logic [<%name%>_pkg::WeightWidth-1:0] weight_rdata_o

  input  wire logic                  clk_i,
  input  wire logic                  rst_ni,
  // Rows: enable (the group is already applied) and drive, <%drive_bits%> bit(s) a row, straight from
  // flip-flops
  input  wire logic                  precharge_i,
  input  wire logic                  sample_i,
  input  wire logic                  hold_i,
  input  wire logic [<%bank_msb%>:0] bank_i,
  input  wire logic [<%rowen_msb%>:0] row_en_i,
  input  wire logic [<%drive_msb%>:0] row_drive_i,
<%#trim%>
  // Trims of the ADCs' steps: <%trim_entries%> of <%trim_bits%> bit(s), of the step whose conversions run
  input  wire logic [<%array_trim_msb%>:0] trim_i,
<%/trim%>
  // ADCs: ADC a serves physical columns a*<%share%> .. a*<%share%>+<%column_last%>
  input  wire logic [<%adc_msb%>:0] adc_req_valid_i,
  output logic [<%adc_msb%>:0] adc_req_ready_o,
  input  wire logic [<%adc_column_msb%>:0] adc_req_column_i,
  output logic [<%adc_msb%>:0] adc_resp_valid_o,
  output logic [<%adc_code_msb%>:0] adc_resp_code_o,
  // Weights: <%weight_beat%> physical columns of one row a word, <%cell_bits%> bit(s) each
  input  wire logic                  weight_valid_i,
  output logic                       weight_ready_o,
  input  wire logic                  weight_write_i,
  input  wire logic [<%bank_msb%>:0] weight_bank_i,
  input  wire logic [<%row_msb%>:0] weight_row_i,
  input  wire logic [<%word_addr_msb%>:0] weight_word_i,
  input  wire logic [<%word_data_msb%>:0] weight_data_i,
  output logic                       weight_rvalid_o,
  output logic [<%word_data_msb%>:0] weight_rdata_o

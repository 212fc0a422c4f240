  input  wire logic clk_i,
  input  wire logic rst_ni,
<%#clock_gate%>
  // Scan shift: every gated clock runs
  input  wire logic test_en_i,
<%/clock_gate%>
<%#observe%>
  // Scan shift: nothing of the array is switched
  input  wire logic test_mode_i,
<%/observe%>
  // Input stream: elements of one tile, InBeat a beat; the first
  // one brings bank, first, last and rows
  input  wire logic in_valid_i,
  output logic in_ready_o,
  input  wire logic [<%name%>_pkg::InWidth-1:0] in_data_i,
  input  wire logic [<%name%>_pkg::BankBits-1:0] in_bank_i,
  input  wire logic in_first_i,
  input  wire logic in_last_i,
  input  wire logic [<%name%>_pkg::RowsBits-1:0] in_rows_i,
<%#chain%>
  // Chain stream: starting values, OutBeat a beat
  input  wire logic chain_valid_i,
  output logic chain_ready_o,
  input  wire logic [<%name%>_pkg::ChainWidth-1:0] chain_data_i,
  input  wire logic [<%name%>_pkg::OutBeat-1:0] chain_saturated_i,
<%/chain%>
  // Output stream: results, OutBeat a beat
  output logic out_valid_o,
  input  wire logic out_ready_i,
  output logic [<%name%>_pkg::OutWidth-1:0] out_data_o,
  output logic [<%name%>_pkg::OutBeat-1:0] out_saturated_o,
  output logic out_last_o,
  // Configuration port
  input  wire logic cfg_valid_i,
  output logic cfg_ready_o,
  input  wire logic cfg_write_i,
  input  wire logic [<%name%>_pkg::AddrBits-1:0] cfg_addr_i,
  input  wire logic [<%name%>_pkg::DataBits-1:0] cfg_data_i,
  output logic cfg_rvalid_o,
  output logic [<%name%>_pkg::DataBits-1:0] cfg_rdata_o,
  // Weight port: WeightBeat physical columns of one row a word
  input  wire logic weight_valid_i,
  output logic weight_ready_o,
  input  wire logic weight_write_i,
  input  wire logic [<%name%>_pkg::BankBits-1:0] weight_bank_i,
  input  wire logic [<%name%>_pkg::RowBits-1:0] weight_row_i,
  input  wire logic [<%name%>_pkg::WordAddrBits-1:0] weight_word_i,
  input  wire logic [<%name%>_pkg::WeightWidth-1:0] weight_data_i,
  output logic weight_rvalid_o,

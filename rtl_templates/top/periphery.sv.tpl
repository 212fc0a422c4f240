<%banner%>
// <%name%>_periphery: everything digital around the array. Scheme <%scheme%>: <%steps%> step(s) per group,
// <%planes%> plane(s) per output, <%adcs%> ADC(s) of <%adc_bits%> bits, <%lanes%> lane(s).
`default_nettype none

module <%name%>_periphery (
<%>ports%>
  output logic [<%word_data_msb%>:0] weight_rdata_o,
  // Array port, see docs/array-port.md
  output logic                       array_precharge_o,
  output logic                       array_sample_o,
  output logic                       array_hold_o,
  output logic [<%bank_msb%>:0] array_bank_o,
  output logic [<%rowen_msb%>:0] array_row_en_o,
  output logic [<%drive_msb%>:0] array_row_drive_o,
<%#trim%>
  output logic [<%array_trim_msb%>:0] array_trim_o,
<%/trim%>
  output logic [<%adc_msb%>:0] adc_req_valid_o,
  input  wire logic [<%adc_msb%>:0] adc_req_ready_i,
  output logic [<%adc_column_msb%>:0] adc_req_column_o,
  input  wire logic [<%adc_msb%>:0] adc_resp_valid_i,
  input  wire logic [<%adc_code_msb%>:0] adc_resp_code_i,
  output logic                       array_weight_valid_o,
  input  wire logic                  array_weight_ready_i,
  output logic                       array_weight_write_o,
  output logic [<%bank_msb%>:0] array_weight_bank_o,
  output logic [<%row_msb%>:0] array_weight_row_o,
  output logic [<%word_addr_msb%>:0] array_weight_word_o,
  output logic [<%word_data_msb%>:0] array_weight_data_o,
  input  wire logic                  array_weight_rvalid_i,
  input  wire logic [<%word_data_msb%>:0] array_weight_rdata_i
);
  // ---- Configuration port and registers ----
  logic vector_quiet, tile_quiet, cfg_block_vector, cfg_block_tile;
  logic [<%files_msb%>:0] file_write, file_access, file_ready;
  logic [<%cfg_index_msb%>:0] file_index;
  logic [<%cfg_data_msb%>:0] file_wdata;
  logic [<%file_data_msb%>:0] file_rdata;

  cim_config_port #(
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>),
    .Regions(<%cfg_regions%>),
    .IdWords(2),
    .Id(<%cfg_id%>),
    .VectorWait(<%cfg_vector_wait%>),
    .TileWait(<%cfg_tile_wait%>),
    .ReadWait(<%cfg_read_wait%>)
  ) u_config_port (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .valid_i(cfg_valid_i),
    .ready_o(cfg_ready_o),
    .write_i(cfg_write_i),
    .addr_i(cfg_addr_i),
    .data_i(cfg_data_i),
    .rvalid_o(cfg_rvalid_o),
    .rdata_o(cfg_rdata_o),
    .vector_quiet_i(vector_quiet),
    .tile_quiet_i(tile_quiet),
    .block_vector_o(cfg_block_vector),
    .block_tile_o(cfg_block_tile),
    .file_access_o(file_access),
    .file_ready_i(file_ready),
    .file_write_o(file_write),
    .file_index_o(file_index),
    .file_data_o(file_wdata),
    .file_data_i(file_rdata)
  );
<%#registers%>

  logic [<%values_msb%>:0] <%register%>_values;
  cim_register_file #(
    .Entries(<%entries%>),
    .Bits(<%bits%>),
    .Signed(1'b<%signed%>),
    .HasReset(1'b<%has_reset%>),
    .Reset(<%reset%>),
    .DataBits(<%cfg_data_bits%>),
    .IndexBits(<%cfg_index_bits%>)
  ) u_<%register%> (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .write_i(file_write[<%index%>]),
    .index_i(file_index),
    .data_i(file_wdata),
    .data_o(file_rdata[<%index%>*<%cfg_data_bits%> +: <%cfg_data_bits%>]),
    .values_o(<%register%>_values)
  );
<%/registers%>
<%#ready_files%>
  assign file_ready[<%index%>] = 1'b1;
<%/ready_files%>
<%#no_registers%>
  assign file_ready = '1;
  assign file_rdata = '0;
<%/no_registers%>
  logic unused_files;
  assign unused_files = ^{file_write, file_access, file_index, file_wdata};

  // ---- Input: the tile being loaded and the tile at work ----
  logic [<%element_data_msb%>:0] in_elements;
  logic beat_taken;
  logic [<%beat_msb%>:0] beat;
  logic [<%rows_msb%>:0] beat_left;
  logic [<%load_msb%>:0] load_data;
  logic tile_move;
  logic [<%tile_msb%>:0] work_data, tile_data;
  logic vector_begin, vector_block, input_empty, weight_block, weight_busy;
  logic tile_valid, tile_ready, tile_first, tile_last;
  logic [<%bank_msb%>:0] tile_bank;
  logic [<%rows_msb%>:0] tile_rows;

  cim_input_buffer #(
    .Rows(<%rows%>),
    .ElementBits(<%element_bits%>),
    .WorkBits(<%work_bits%>),
    .BeatElements(<%in_beat%>),
    .BankBits(<%bank_bits%>),
    .Direct(1'b<%direct%>)
  ) u_input_buffer (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .valid_i(in_valid_i),
    .ready_o(in_ready_o),
    .data_i(in_elements),
    .bank_i(in_bank_i),
    .first_i(in_first_i),
    .last_i(in_last_i),
    .rows_i(in_rows_i),
    .block_tile_i(weight_block || cfg_block_tile),
    .block_vector_i(vector_block),
    .vector_begin_o(vector_begin),
    .empty_o(input_empty),
    .beat_taken_o(beat_taken),
    .beat_o(beat),
    .beat_left_o(beat_left),
    .load_data_o(load_data),
    .move_o(tile_move),
    .work_data_i(work_data),
    .tile_valid_o(tile_valid),
    .tile_ready_i(tile_ready),
    .tile_data_o(tile_data),
    .tile_bank_o(tile_bank),
    .tile_first_o(tile_first),
    .tile_last_o(tile_last),
    .tile_rows_o(tile_rows)
  );

  // ---- Scheme: stream to elements, elements to steps, steps to row drive ----
  logic step_valid, step_ready, step_convert, step_first_tile, step_first_vector, step_last_vector;
  logic [<%rowen_msb%>:0] step_row_en;
  logic [<%drive_msb%>:0] step_row_drive;
  logic [<%context_msb%>:0] step_context;
<%#plain_codes%>
  logic [<%context_msb%>:0] code_context;
<%/plain_codes%>

<%>frontend%>

  // ---- Array timing ----
  logic start, adcs_done,<%#hold_none%> step_room,<%/hold_none%> result_ok, array_idle;
  logic start_convert, start_first_tile, start_first_vector, start_last_vector;
  logic [<%context_msb%>:0] start_context;

  cim_array_timing #(
    .Rows(<%rows%>),
    .DriveBits(<%drive_bits%>),
    .BankBits(<%bank_bits%>),
    .PayloadBits(<%payload_bits%>),
    .Precharge(<%precharge%>),
    .Settle(<%settle%>),
    .HoldColumn(1'b<%hold_column%>),
    .Overlap(1'b<%overlap%>),
    .HasEmpty(1'b<%skips_steps%>)
  ) u_array_timing (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .step_valid_i(step_valid),
    .step_ready_o(step_ready),
    .step_bank_i(tile_bank),
    .step_row_en_i(step_row_en),
    .step_row_drive_i(step_row_drive),
    .step_convert_i(step_convert),
    .step_first_of_vector_i(step_first_vector),
    .step_payload_i({step_first_tile, step_first_vector, step_last_vector, step_context}),
    .array_free_i(!weight_busy<%#hold_none%> && step_room<%/hold_none%>),
    .result_ok_i(result_ok),
    .adcs_done_i(adcs_done),
    .start_o(start),
    .start_convert_o(start_convert),
    .start_payload_o({start_first_tile, start_first_vector, start_last_vector, start_context}),
    .idle_o(array_idle),
    .array_precharge_o(array_precharge_o),
    .array_sample_o(array_sample_o),
    .array_hold_o(array_hold_o),
    .array_bank_o(array_bank_o),
    .array_row_en_o(array_row_en_o),
    .array_row_drive_o(array_row_drive_o)
  );

  // ---- Where in the lanes a step, a tile and a vector begin and end ----
  logic [<%adc_msb%>:0] adc_done;
  logic begin_tile, begin_vector, complete, codes_idle;
<%#plain_codes%>
  logic code_first_tile, code_first_vector;
<%/plain_codes%>

<%>follow%>

  // ---- Results ----
  logic start_ok, out_free, copy, vectors_idle;
<%#raw_output%>
  logic raw_valid, raw_ready, raw_last, lanes_idle;
  logic [<%raw_data_msb%>:0] raw_data;
  logic [<%out_msb%>:0] raw_saturated;
<%/raw_output%>

  cim_result_control u_result_control (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .vector_begin_i(vector_begin),
    .start_last_i(start && start_last_vector),
    .complete_i(complete),
    .start_ok_i(start_ok),
    .out_free_i(out_free),
<%#plain_output%>
    .out_empty_i(!out_valid_o),
    .idle_o(vectors_idle),
<%/plain_output%>
    .result_ok_o(result_ok),
<%#raw_output%>
    .out_empty_i(!raw_valid),
    .idle_o(lanes_idle),
<%/raw_output%>
    .copy_o(copy)
  );

<%#chain%>
  logic [<%start_msb%>:0] start_values;
  logic [<%outputs_msb%>:0] start_saturated;
  logic chain_ahead;
  cim_chain_input #(
    .Outputs(<%outputs%>),
    .ResultBits(<%result_bits%>),
    .BeatElements(<%out_beat%>),
    .HasBias(1'b<%bias_bit%>)
  ) u_chain_input (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .block_i(cfg_block_vector),
    .vector_begin_i(vector_begin),
    .valid_i(chain_valid_i),
    .ready_o(chain_ready_o),
    .data_i(chain_data_i),
    .saturated_i(chain_saturated_i),
    .bias_i(<%#has_bias%>bias_values<%/has_bias%><%#no_bias%>1'b0<%/no_bias%>),
    .ahead_o(chain_ahead),
    .valid_o(start_ok),
    .claim_i(start && start_first_vector),
    .pop_i(begin_vector),
    .start_o(start_values),
    .start_saturated_o(start_saturated)
  );
  assign vector_quiet = vectors_idle && !chain_ahead;
  assign vector_block = cfg_block_vector && !chain_ahead;
<%/chain%>
<%#no_chain%>
  assign start_ok     = 1'b1;
  assign vector_quiet = vectors_idle;
  assign vector_block = cfg_block_vector;
<%/no_chain%>

<%#correction%>
  // ---- Corrected codes ----
  logic [<%used_code_msb%>:0] used_codes;

  cim_code_correction #(
    .Adcs(<%adcs%>),
    .CodeBits(<%adc_bits%>),
    .Signed(1'b<%adc_signed%>),
    .CorrectionBits(<%correction_bits%>),
    .UsedBits(<%code_bits%>)
  ) u_code_correction (
    .code_i(adc_resp_code_i),
    .correction_i(adc_correction_values),
    .code_o(used_codes)
  );

<%/correction%>
  // ---- Lanes: ADC interfaces, shift-add, accumulators ----
  logic [<%out_stored_msb%>:0] results;
  logic [<%outputs_msb%>:0] saturated;

  for (genvar l = 0; l < <%lanes%>; l++) begin : gen_lane
    <%name%>_lane u_lane (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .start_i(start && start_convert),
      .done_o(adc_done[l*<%lane_adcs%> +: <%lane_adcs%>]),
<%#plain_codes%>
      .code_context_i(code_context),
      .code_first_tile_i(code_first_tile),
      .code_first_vector_i(code_first_vector),
<%/plain_codes%>
      .begin_tile_i(begin_tile),
      .begin_vector_i(begin_vector),
<%>lane_connect%>
<%#has_start_section%>
<%#chain%>
      .start_values_i(start_values[l*<%lane_result_bits%> +: <%lane_result_bits%>]),
      .start_saturated_i(start_saturated[l*<%lane_outputs%> +: <%lane_outputs%>]),
<%/chain%>
<%#no_chain%>
      .start_values_i(bias_values[l*<%lane_result_bits%> +: <%lane_result_bits%>]),
      .start_saturated_i('0),
<%/no_chain%>
<%/has_start_section%>
      .req_valid_o(adc_req_valid_o[l*<%lane_adcs%> +: <%lane_adcs%>]),
      .req_ready_i(adc_req_ready_i[l*<%lane_adcs%> +: <%lane_adcs%>]),
      .req_column_o(adc_req_column_o[l*<%lane_column_bits%> +: <%lane_column_bits%>]),
      .resp_valid_i(adc_resp_valid_i[l*<%lane_adcs%> +: <%lane_adcs%>]),
<%#correction%>
      .resp_code_i(used_codes[l*<%lane_code_bits%> +: <%lane_code_bits%>]),
<%/correction%>
<%#no_correction%>
      .resp_code_i(adc_resp_code_i[l*<%lane_code_bits%> +: <%lane_code_bits%>]),
<%/no_correction%>
      .result_o(results[l*<%lane_out_bits%> +: <%lane_out_bits%>]),
      .saturated_o(saturated[l*<%lane_outputs%> +: <%lane_outputs%>])
    );
  end

  cim_output_register #(
    .Outputs(<%outputs%>),
    .StoredBits(<%out_stored_bits%>),
    .ResultBits(<%out_data_bits%>),
    .Signed(1'b<%out_signed%>),
    .BeatElements(<%out_beat%>),
    .HasFlags(1'b<%saturates%>)
  ) u_output_register (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .load_i(copy),
    .result_i(results),
    .saturated_i(saturated),
<%#plain_output%>
    .valid_o(out_valid_o),
    .ready_i(out_ready_i),
    .data_o(out_data_o),
    .last_o(out_last_o),
    .saturated_o(out_saturated_o),
<%/plain_output%>
<%#raw_output%>
    .valid_o(raw_valid),
    .ready_i(raw_ready),
    .data_o(raw_data),
    .last_o(raw_last),
    .saturated_o(raw_saturated),
<%/raw_output%>
    .free_o(out_free)
  );
<%>output_connect%>

  // ---- Weights, and registers that wait for tiles ----
  assign tile_quiet = input_empty && array_idle && codes_idle;

  cim_weight_port #(
    .RowBits(<%row_bits%>),
    .BankBits(<%bank_bits%>),
    .AddrBits(<%word_addr_bits%>),
    .WordBits(<%word_bits%>)
  ) u_weight_port (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .valid_i(weight_valid_i),
    .ready_o(weight_ready_o),
    .write_i(weight_write_i),
    .bank_i(weight_bank_i),
    .row_i(weight_row_i),
    .word_i(weight_word_i),
    .data_i(weight_data_i),
    .rvalid_o(weight_rvalid_o),
    .rdata_o(weight_rdata_o),
    .idle_i(tile_quiet),
    .block_o(weight_block),
    .busy_o(weight_busy),
    .array_valid_o(array_weight_valid_o),
    .array_ready_i(array_weight_ready_i),
    .array_write_o(array_weight_write_o),
    .array_bank_o(array_weight_bank_o),
    .array_row_o(array_weight_row_o),
    .array_word_o(array_weight_word_o),
    .array_data_o(array_weight_data_o),
    .array_rvalid_i(array_weight_rvalid_i),
    .array_rdata_i(array_weight_rdata_i)
  );
endmodule

`default_nettype wire

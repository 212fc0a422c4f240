<%banner%>
// Do not edit: change the config and generate again.
//
// <%name%>_periphery: everything digital around the array.
//
// Instances and wiring: blocks that all schemes share, and the two ends of the scheme
// <%scheme%>. The numbers are those of <%name%>_pkg, which says what may be changed.
`default_nettype none

module <%name%>_periphery (
<%>ports%>
  output logic [<%name%>_pkg::WeightWidth-1:0] weight_rdata_o,
  // Array port, see docs/reference/array-port.md
  output logic array_precharge_o,
  output logic array_sample_o,
  output logic array_hold_o,
  output logic [<%name%>_pkg::BankBits-1:0] array_bank_o,
  output logic [<%name%>_pkg::Rows-1:0] array_row_en_o,
  output logic [<%name%>_pkg::DriveWidth-1:0] array_row_drive_o,
<%#trim%>
  output logic [<%name%>_pkg::TrimWidth-1:0] array_trim_o,
<%/trim%>
  output logic [<%name%>_pkg::Adcs-1:0] adc_req_valid_o,
<%#no_async%>
  input  wire logic [<%name%>_pkg::Adcs-1:0] adc_req_ready_i,
<%/no_async%>
  output logic [<%name%>_pkg::RequestWidth-1:0] adc_req_column_o,
  input  wire logic [<%name%>_pkg::Adcs-1:0] adc_resp_valid_i,
  input  wire logic [<%name%>_pkg::CodeWidth-1:0] adc_resp_code_i,
  output logic array_weight_valid_o,
  input  wire logic array_weight_ready_i,
  output logic array_weight_write_o,
  output logic [<%name%>_pkg::BankBits-1:0] array_weight_bank_o,
  output logic [<%name%>_pkg::RowBits-1:0] array_weight_row_o,
  output logic [<%name%>_pkg::WordAddrBits-1:0] array_weight_word_o,
  output logic [<%name%>_pkg::WeightWidth-1:0] array_weight_data_o,
  input  wire logic array_weight_rvalid_i,
  input  wire logic [<%name%>_pkg::WeightWidth-1:0] array_weight_rdata_i
);
  // ---- Configuration port ----
  logic vector_quiet, tile_quiet, cfg_block_vector, cfg_block_tile;
  logic [<%name%>_pkg::FilePorts-1:0] file_write, file_access, file_ready;
  logic [<%name%>_pkg::IndexBits-1:0] file_index;
  logic [<%name%>_pkg::DataBits-1:0] file_wdata;
  logic [<%name%>_pkg::FilePorts*<%name%>_pkg::DataBits-1:0] file_rdata;

  cim_config_port #(
    .DataBits(<%name%>_pkg::DataBits),
    .IndexBits(<%name%>_pkg::IndexBits),
    .Regions(<%name%>_pkg::Files + 1),
    .IdWords(2),
    .Id(<%name%>_pkg::Id),
    .VectorWait(<%name%>_pkg::VectorWait),
    .TileWait(<%name%>_pkg::TileWait),
    .ReadWait(<%name%>_pkg::ReadWait)
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

  // Register files: the front end's, the back end's, the common ones.
  logic [<%name%>_pkg::FrontPorts-1:0] front_write, front_access, front_ready;
  logic [<%name%>_pkg::FrontPorts*<%name%>_pkg::DataBits-1:0] front_rdata;
  logic [<%name%>_pkg::BackPorts-1:0] back_write, back_access, back_ready;
  logic [<%name%>_pkg::BackPorts*<%name%>_pkg::DataBits-1:0] back_rdata;
  logic [<%name%>_pkg::CommonPorts-1:0] common_write;
  logic [<%name%>_pkg::CommonWidth-1:0] common_rdata;

  cim_file_split #(
    .FrontFiles(<%name%>_pkg::FrontFiles),
    .BackFiles(<%name%>_pkg::BackFiles),
    .CommonFiles(<%name%>_pkg::CommonFiles),
    .DataBits(<%name%>_pkg::DataBits)
  ) u_file_split (
    .access_i(file_access),
    .write_i(file_write),
    .ready_o(file_ready),
    .data_o(file_rdata),
    .front_access_o(front_access),
    .front_write_o(front_write),
    .front_ready_i(front_ready),
    .front_data_i(front_rdata),
    .back_access_o(back_access),
    .back_write_o(back_write),
    .back_ready_i(back_ready),
    .back_data_i(back_rdata),
    .common_write_o(common_write),
    .common_data_i(common_rdata)
  );
<%#no_common%>
  assign common_rdata = '0;
  logic unused_common;
  assign unused_common = common_write;
<%/no_common%>

  // ---- Input: the tile being loaded and the tile at work ----
  logic [<%name%>_pkg::InBeat*<%name%>_pkg::ElementBits-1:0] in_elements;
  logic beat_taken, tile_move;
  logic [<%name%>_pkg::InBeatBits-1:0] beat;
  logic [<%name%>_pkg::RowsBits-1:0] beat_left;
  logic [<%name%>_pkg::Rows*<%name%>_pkg::ElementBits-1:0] load_data;
  logic [<%name%>_pkg::Rows*<%name%>_pkg::WorkBits-1:0] work_data, tile_data;
  logic vector_begin, input_empty, tile_loading, weight_block, weight_busy, chain_ahead;
  logic [<%name%>_pkg::BankBits-1:0] loading_bank;
  logic tile_valid, tile_ready, tile_first, tile_last;
  logic [<%name%>_pkg::BankBits-1:0] tile_bank;
  logic [<%name%>_pkg::RowsBits-1:0] tile_rows;

  cim_input_buffer #(
    .Rows(<%name%>_pkg::Rows),
    .ElementBits(<%name%>_pkg::ElementBits),
    .WorkBits(<%name%>_pkg::WorkBits),
    .BeatElements(<%name%>_pkg::InBeat),
    .BankBits(<%name%>_pkg::BankBits),
    .Direct(<%name%>_pkg::Direct),
    .GateBits(<%name%>_pkg::GateBits)
  ) u_input_buffer (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(<%test_en%>),
    .valid_i(in_valid_i),
    .ready_o(in_ready_o),
    .data_i(in_elements),
    .bank_i(in_bank_i),
    .first_i(in_first_i),
    .last_i(in_last_i),
    .rows_i(in_rows_i),
    .block_tile_i(weight_block || cfg_block_tile || stepping),
    .block_vector_i(cfg_block_vector && !chain_ahead),
    .vector_begin_o(vector_begin),
    .empty_o(input_empty),
    .loading_o(tile_loading),
    .loading_bank_o(loading_bank),
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

  // ---- Front end: stream to elements, tiles to steps ----
  logic step_valid, step_ready, step_convert, step_first_tile, step_first_vector, step_last_vector;
  logic [<%name%>_pkg::Rows-1:0] step_row_en;
  logic [<%name%>_pkg::DriveWidth-1:0] step_row_drive;
  logic [<%name%>_pkg::ContextBits-1:0] step_context;

  <%frontend%> #(
<%#front_parameters%>
    .<%parameter%>(<%name%>_pkg::<%parameter%>),
<%/front_parameters%>
    .Rows(<%name%>_pkg::Rows),
    .ActiveRows(<%name%>_pkg::ActiveRows),
    .BankBits(<%name%>_pkg::BankBits),
    .InBeat(<%name%>_pkg::InBeat),
    .InBits(<%name%>_pkg::InBits),
    .ElementBits(<%name%>_pkg::ElementBits),
    .WorkBits(<%name%>_pkg::WorkBits),
    .DriveBits(<%name%>_pkg::DriveBits),
    .ContextBits(<%name%>_pkg::ContextBits),
    .Files(<%name%>_pkg::FrontFiles),
    .DataBits(<%name%>_pkg::DataBits),
    .IndexBits(<%name%>_pkg::IndexBits)
  ) u_frontend (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .in_data_i(in_data_i),
    .elements_o(in_elements),
    .vector_begin_i(vector_begin),
    .beat_taken_i(beat_taken),
    .beat_i(beat),
    .beat_left_i(beat_left),
    .load_data_i(load_data),
    .move_i(tile_move),
    .work_data_o(work_data),
    .tile_valid_i(tile_valid),
    .tile_ready_o(tile_ready),
    .tile_first_i(tile_first),
    .tile_last_i(tile_last),
    .tile_bank_i(tile_bank),
    .tile_rows_i(tile_rows),
    .tile_data_i(tile_data),
    .step_valid_o(step_valid),
    .step_ready_i(step_ready),
    .step_convert_o(step_convert),
    .step_first_tile_o(step_first_tile),
    .step_first_vector_o(step_first_vector),
    .step_last_vector_o(step_last_vector),
    .step_row_en_o(step_row_en),
    .step_row_drive_o(step_row_drive),
    .step_context_o(step_context),
    .file_access_i(front_access),
    .file_write_i(front_write),
    .access_write_i(cfg_write_i),
    .file_index_i(file_index),
    .file_wdata_i(file_wdata),
    .file_ready_o(front_ready),
    .file_rdata_o(front_rdata)
  );

  // ---- Array timing: steps on the array, one after the other ----
  logic start, start_convert, start_first_tile, start_first_vector, start_last_vector;
  logic [<%name%>_pkg::ContextBits-1:0] start_context;
  logic adcs_done, step_room, codes_idle, result_ok, array_idle;
  // As the array timing sees steps and ADCs: the two ends', or those of single steps
  logic array_step_valid, array_step_ready, array_step_convert, array_step_first, array_start;
  logic [<%name%>_pkg::BankBits-1:0] array_step_bank;
  logic [<%name%>_pkg::Rows-1:0] array_step_row_en;
  logic [<%name%>_pkg::DriveWidth-1:0] array_step_row_drive;
  logic array_done, first_request, stepping;
  logic [<%name%>_pkg::ColumnBits-1:0] first_column;
  // Before a test mode holds them
  logic precharge, sample, cell_valid;
  logic [<%name%>_pkg::Rows-1:0] row_en;
  logic [<%name%>_pkg::Adcs-1:0] adc_request;

  cim_array_timing #(
    .Rows(<%name%>_pkg::Rows),
    .DriveBits(<%name%>_pkg::DriveBits),
    .BankBits(<%name%>_pkg::BankBits),
    .PayloadBits(<%name%>_pkg::ContextBits + 3),
    .Precharge(<%name%>_pkg::Precharge),
    .Settle(<%name%>_pkg::Settle),
    .SampleGap(<%name%>_pkg::SampleGap),
    .MaxDrive(<%name%>_pkg::MaxDrive),
    .LateColumn(<%name%>_pkg::LateColumn),
    .ColumnBits(<%name%>_pkg::ColumnBits),
    .HoldColumn(<%name%>_pkg::HoldColumn),
    .Overlap(<%name%>_pkg::Overlap),
    .HasEmpty(<%name%>_pkg::SkipsSteps),
    .GateBits(<%name%>_pkg::GateBits)
  ) u_array_timing (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(<%test_en%>),
    .step_valid_i(array_step_valid),
    .step_ready_o(array_step_ready),
    .step_bank_i(array_step_bank),
    .step_row_en_i(array_step_row_en),
    .step_row_drive_i(array_step_row_drive),
    .step_convert_i(array_step_convert),
    .step_first_of_vector_i(array_step_first),
    .step_payload_i({step_first_tile, step_first_vector, step_last_vector, step_context}),
    .array_free_i(!weight_busy && step_room),
    .result_ok_i(result_ok),
    .adcs_done_i(array_done),
    .adc_request_i(first_request),
    .adc_column_i(first_column),
    .start_o(array_start),
    .start_convert_o(start_convert),
    .start_payload_o({start_first_tile, start_first_vector, start_last_vector, start_context}),
    .idle_o(array_idle),
    .array_precharge_o(precharge),
    .array_sample_o(sample),
    .array_hold_o(array_hold_o),
    .array_bank_o(array_bank_o),
    .array_row_en_o(row_en),
    .array_row_drive_o(array_row_drive_o)
  );

  // ---- Vectors: starting values, and when a result moves on ----
  logic begin_vector, complete, copy, start_ok, out_free, out_empty, out_idle, vectors_idle;
<%#requant%>
  logic requant_idle;
<%/requant%>
  logic [<%name%>_pkg::Outputs*<%name%>_pkg::StoredBits-1:0] start_values;
  logic [<%name%>_pkg::Outputs-1:0] start_saturated;
<%#no_bias%>
  logic [<%name%>_pkg::DataBits-1:0] unused_bias;
<%/no_bias%>
<%#no_chain%>
  logic unused_chain_ready;
<%/no_chain%>

  cim_starting_values #(
    .Outputs(<%name%>_pkg::Outputs),
    .Bits(<%name%>_pkg::StoredBits),
    .BeatElements(<%name%>_pkg::OutBeat),
    .HasBias(<%name%>_pkg::HasBias),
    .HasChain(<%name%>_pkg::HasChain),
    .MostWaiting(<%name%>_pkg::MostWaiting),
    .GateBits(<%name%>_pkg::GateBits),
    .DataBits(<%name%>_pkg::DataBits),
    .IndexBits(<%name%>_pkg::IndexBits)
  ) u_starting_values (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(<%test_en%>),
<%#bias%>
    .write_i(common_write[0]),
<%/bias%>
<%#no_bias%>
    .write_i(1'b0),
<%/no_bias%>
    .index_i(file_index),
    .wdata_i(file_wdata),
<%#bias%>
    .rdata_o(common_rdata[0 +: <%name%>_pkg::DataBits]),
<%/bias%>
<%#no_bias%>
    .rdata_o(unused_bias),
<%/no_bias%>
<%#chain%>
    .chain_valid_i(chain_valid_i),
    .chain_ready_o(chain_ready_o),
    .chain_data_i(chain_data_i),
    .chain_saturated_i(chain_saturated_i),
<%/chain%>
<%#no_chain%>
    .chain_valid_i(1'b0),
    .chain_ready_o(unused_chain_ready),
    .chain_data_i('0),
    .chain_saturated_i('0),
<%/no_chain%>
    .block_i(cfg_block_vector),
    .vector_begin_i(vector_begin),
    .claim_i(start && start_first_vector),
    .pop_i(begin_vector),
    .ahead_o(chain_ahead),
    .ok_o(start_ok),
    .values_o(start_values),
    .saturated_o(start_saturated)
  );

  cim_result_control #(
    .MostVectors(<%name%>_pkg::MostVectors)
  ) u_result_control (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .vector_begin_i(vector_begin),
    .start_last_i(start && start_last_vector),
    .complete_i(complete),
    .start_ok_i(start_ok),
    .out_free_i(out_free),
    .out_empty_i(out_empty),
    .result_ok_o(result_ok),
    .copy_o(copy),
    .idle_o(vectors_idle)
  );
<%#requant%>
  assign vector_quiet = vectors_idle && out_idle && requant_idle && !chain_ahead;
<%/requant%>
<%#no_requant%>
  assign vector_quiet = vectors_idle && out_idle && !chain_ahead;
<%/no_requant%>

  // ---- Codes less their ADCs' offsets ----
  logic [<%name%>_pkg::UsedWidth-1:0] used_code;
<%#correction%>
  logic [<%name%>_pkg::CorrectionWidth-1:0] corrections;

  cim_register_file #(
    .Entries(<%name%>_pkg::Adcs),
    .Bits(<%name%>_pkg::CorrectionBits),
    .Signed(1'b1),
    .GateBits(<%name%>_pkg::GateBits),
    .DataBits(<%name%>_pkg::DataBits),
    .IndexBits(<%name%>_pkg::IndexBits)
  ) u_corrections (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(<%test_en%>),
    .write_i(common_write[<%name%>_pkg::CorrectionFile]),
    .index_i(file_index),
    .data_i(file_wdata),
    .data_o(common_rdata[<%name%>_pkg::CorrectionAt +: <%name%>_pkg::DataBits]),
    .values_o(corrections)
  );

  cim_code_correction #(
    .Adcs(<%name%>_pkg::Adcs),
    .CodeBits(<%name%>_pkg::CodeBits),
    .Signed(<%name%>_pkg::CodeSigned),
    .CorrectionBits(<%name%>_pkg::CorrectionBits),
    .UsedBits(<%name%>_pkg::UsedBits)
  ) u_code_correction (
    .code_i(adc_resp_code_i),
    .correction_i(corrections),
    .code_o(used_code)
  );

<%/correction%>
<%#no_correction%>
  assign used_code = adc_resp_code_i;

<%/no_correction%>
  // ---- From the back end to the ADCs ----
  // Of the back end; at the ADCs, or the handshake in front of them
  logic [<%name%>_pkg::Adcs-1:0] request, request_ready, answer;
  logic [<%name%>_pkg::Adcs-1:0] port_request, port_ready, port_answer, port_quiet;
  logic [<%name%>_pkg::RequestWidth-1:0] request_column;
  logic [<%name%>_pkg::UsedWidth-1:0] answer_code;

<%#observe%>
  cim_bring_up #(
    .Rows(<%name%>_pkg::Rows),
    .DriveBits(<%name%>_pkg::DriveBits),
    .Banks(<%name%>_pkg::Banks),
    .Adcs(<%name%>_pkg::Adcs),
    .Share(<%name%>_pkg::Share),
    .CodeBits(<%name%>_pkg::CodeBits),
    .CodeSigned(<%name%>_pkg::CodeSigned),
    .UsedBits(<%name%>_pkg::UsedBits),
    .CountBits(<%name%>_pkg::CountBits),
    .TimeBits(<%name%>_pkg::TimeoutBits),
    .MaxTiles(<%name%>_pkg::MaxTiles),
    .OutBeat(<%name%>_pkg::OutBeat),
    .BeatBits(<%name%>_pkg::InBeatBits),
    .GateBits(<%name%>_pkg::GateBits),
    .DataBits(<%name%>_pkg::DataBits),
    .IndexBits(<%name%>_pkg::IndexBits)
  ) u_bring_up (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(<%test_en%>),
    .quiet_i(vector_quiet && tile_quiet && !weight_busy && !beat_taken),
    .stepping_o(stepping),
    .write_i(common_write[<%name%>_pkg::BringUpFile +: <%name%>_pkg::BringUpFiles]),
    .index_i(file_index),
    .wdata_i(file_wdata),
    .rdata_o(common_rdata[<%name%>_pkg::BringUpAt +: <%name%>_pkg::BringUpWidth]),
    .front_valid_i(step_valid),
    .front_ready_o(step_ready),
    .front_convert_i(step_convert),
    .front_first_i(step_first_vector),
    .front_bank_i(tile_bank),
    .front_row_en_i(step_row_en),
    .front_row_drive_i(step_row_drive),
    .step_valid_o(array_step_valid),
    .step_ready_i(array_step_ready),
    .step_convert_o(array_step_convert),
    .step_first_o(array_step_first),
    .step_bank_o(array_step_bank),
    .step_row_en_o(array_step_row_en),
    .step_row_drive_o(array_step_row_drive),
    .start_i(array_start),
    .start_o(start),
    .back_done_i(adcs_done),
    .back_req_valid_i(request),
    .back_req_ready_o(request_ready),
    .back_req_column_i(request_column),
    .back_resp_valid_o(answer),
    .back_resp_code_o(answer_code),
    .done_o(array_done),
    .request_o(first_request),
    .column_o(first_column),
    .adc_req_valid_o(port_request),
    .adc_req_ready_i(port_ready),
    .adc_req_column_o(adc_req_column_o),
    .adc_resp_valid_i(port_answer),
    .adc_resp_code_i(adc_resp_code_i),
    .used_code_i(used_code),
    .adc_quiet_i(port_quiet),
    .beat_taken_i(beat_taken),
    .beat_i(beat),
    .vector_begin_i(vector_begin),
    .in_first_i(in_first_i),
    .in_bank_i(in_bank_i),
    .in_rows_i(in_rows_i),
    .weight_taken_i(weight_valid_i && weight_ready_o),
    .weight_bank_i(weight_bank_i),
    .out_taken_i(out_valid_o && out_ready_i),
    .out_saturated_i(out_saturated_o),
    .busy_i(!(vector_quiet && tile_quiet) || weight_busy)
  );

  cim_test_clamp #(
    .Rows(<%name%>_pkg::Rows),
    .Adcs(<%name%>_pkg::Adcs)
  ) u_test_clamp (
    .test_mode_i(test_mode_i),
    .precharge_i(precharge),
    .sample_i(sample),
    .row_en_i(row_en),
    .request_i(adc_request),
    .weight_valid_i(cell_valid),
    .precharge_o(array_precharge_o),
    .sample_o(array_sample_o),
    .row_en_o(array_row_en_o),
    .request_o(adc_req_valid_o),
    .weight_valid_o(array_weight_valid_o)
  );

<%/observe%>
<%#no_observe%>
  // Straight through: there is no hardware for bring-up.
  assign array_step_valid     = step_valid;
  assign step_ready           = array_step_ready;
  assign array_step_convert   = step_convert;
  assign array_step_first     = step_first_vector;
  assign array_step_bank      = tile_bank;
  assign array_step_row_en    = step_row_en;
  assign array_step_row_drive = step_row_drive;
  assign start                = array_start;
  assign array_done           = adcs_done && &port_quiet;
  assign first_request        = request[0];
  assign first_column         = request_column[0 +: <%name%>_pkg::ColumnBits];
  assign stepping             = 1'b0;
  assign port_request         = request;
  assign request_ready        = port_ready;
  assign adc_req_column_o     = request_column;
  assign answer               = port_answer;
  assign answer_code          = used_code;
  assign array_precharge_o    = precharge;
  assign array_sample_o       = sample;
  assign array_row_en_o       = row_en;
  assign adc_req_valid_o      = adc_request;
  assign array_weight_valid_o = cell_valid;

<%/no_observe%>
<%#async%>
  // ADCs with their own clock
  cim_adc_handshake #(
    .Adcs(<%name%>_pkg::Adcs)
  ) u_adc_handshake (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .request_i(port_request),
    .answered_o(port_answer),
    .quiet_o(port_quiet),
    .adc_request_o(adc_request),
    .adc_acknowledge_i(adc_resp_valid_i)
  );
  assign port_ready = port_answer;
<%/async%>
<%#no_async%>
  assign adc_request = port_request;
  assign port_ready  = adc_req_ready_i;
  assign port_answer = adc_resp_valid_i;
  assign port_quiet  = {<%name%>_pkg::Adcs{1'b1}};
<%/no_async%>

  // ---- Back end: codes to results ----
<%#requant%>
  logic result_valid, result_ready, result_last;
  logic [<%name%>_pkg::ResultWidth-1:0] result_data;
  logic [<%name%>_pkg::OutBeat-1:0] result_saturated;
<%/requant%>
<%#no_trim%>
  logic unused_trim;
<%/no_trim%>

  <%backend%> #(
<%#back_parameters%>
    .<%parameter%>(<%name%>_pkg::<%parameter%>),
<%/back_parameters%>
    .Outputs(<%name%>_pkg::Outputs),
    .Adcs(<%name%>_pkg::Adcs),
    .Share(<%name%>_pkg::Share),
    .CodeBits(<%name%>_pkg::UsedBits),
    .CodeSigned(<%name%>_pkg::UsedSigned),
    .ContextBits(<%name%>_pkg::ContextBits),
    .HoldColumn(<%name%>_pkg::HoldColumn),
    .RegisterBits(<%name%>_pkg::RegisterBits),
    .StoredBits(<%name%>_pkg::StoredBits),
    .Saturates(<%name%>_pkg::Saturates),
    .HasStart(<%name%>_pkg::HasStart),
    .LoadZero(<%name%>_pkg::SkipsSteps),
    .GateBits(<%name%>_pkg::GateBits),
    .OutBeat(<%name%>_pkg::OutBeat),
    .OutBits(<%name%>_pkg::ResultBits),
    .TrimWidth(<%name%>_pkg::TrimWidth),
    .Files(<%name%>_pkg::BackFiles),
    .DataBits(<%name%>_pkg::DataBits),
    .IndexBits(<%name%>_pkg::IndexBits)
  ) u_backend (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(<%test_en%>),
    .start_i(start),
    .start_convert_i(start_convert),
    .start_first_tile_i(start_first_tile),
    .start_first_vector_i(start_first_vector),
    .start_last_vector_i(start_last_vector),
    .start_context_i(start_context),
    .adcs_done_o(adcs_done),
    .step_room_o(step_room),
    .codes_idle_o(codes_idle),
    .begin_vector_o(begin_vector),
    .complete_o(complete),
    .start_values_i(start_values),
    .start_saturated_i(start_saturated),
    .adc_req_valid_o(request),
    .adc_req_ready_i(request_ready),
    .adc_req_column_o(request_column),
    .adc_resp_valid_i(answer),
    .adc_resp_code_i(answer_code),
<%#trim%>
    .array_trim_o(array_trim_o),
<%/trim%>
<%#no_trim%>
    .array_trim_o(unused_trim),
<%/no_trim%>
    .file_access_i(back_access),
    .file_write_i(back_write),
    .access_write_i(cfg_write_i),
    .file_index_i(file_index),
    .file_wdata_i(file_wdata),
    .file_ready_o(back_ready),
    .file_rdata_o(back_rdata),
    .copy_i(copy),
    .out_free_o(out_free),
    .out_empty_o(out_empty),
    .out_idle_o(out_idle),
<%#requant%>
    .out_valid_o(result_valid),
    .out_ready_i(result_ready),
    .out_data_o(result_data),
    .out_saturated_o(result_saturated),
    .out_last_o(result_last)
  );

  // ---- Output stage: results to the next layer's inputs ----
  cim_requantization #(
    .Outputs(<%name%>_pkg::Outputs),
    .BeatElements(<%name%>_pkg::OutBeat),
    .AccBits(<%name%>_pkg::ResultBits),
    .MultiplierBits(<%name%>_pkg::MultiplierBits),
    .OutBits(<%name%>_pkg::OutBits),
    .Signed(<%name%>_pkg::OutSigned),
    .GateBits(<%name%>_pkg::GateBits),
    .DataBits(<%name%>_pkg::DataBits),
    .IndexBits(<%name%>_pkg::IndexBits)
  ) u_requantization (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(<%test_en%>),
    .write_i(common_write[<%name%>_pkg::RequantFile +: <%name%>_pkg::RequantFiles]),
    .index_i(file_index),
    .wdata_i(file_wdata),
    .rdata_o(common_rdata[<%name%>_pkg::RequantAt +: <%name%>_pkg::RequantWidth]),
    .valid_i(result_valid),
    .ready_o(result_ready),
    .data_i(result_data),
    .last_i(result_last),
    .saturated_i(result_saturated),
    .valid_o(out_valid_o),
    .ready_i(out_ready_i),
    .data_o(out_data_o),
    .last_o(out_last_o),
    .saturated_o(out_saturated_o),
    .idle_o(requant_idle)
  );
<%/requant%>
<%#no_requant%>
    .out_valid_o(out_valid_o),
    .out_ready_i(out_ready_i),
    .out_data_o(out_data_o),
    .out_saturated_o(out_saturated_o),
    .out_last_o(out_last_o)
  );
<%/no_requant%>

  // ---- Weights, and registers that wait for tiles ----
  assign tile_quiet = input_empty && array_idle && codes_idle && !stepping;

  cim_weight_port #(
    .RowBits(<%name%>_pkg::RowBits),
    .BankBits(<%name%>_pkg::BankBits),
    .AddrBits(<%name%>_pkg::WordAddrBits),
    .WordBits(<%name%>_pkg::WeightWidth),
    .WhileCompute(<%name%>_pkg::WriteWhileCompute),
    .GateBits(<%name%>_pkg::GateBits)
  ) u_weight_port (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(<%test_en%>),
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
    .loading_i(tile_loading),
    .loading_bank_i(loading_bank),
    .working_i(tile_valid || stepping),
    .working_bank_i(array_step_bank),
    .driving_i(!array_idle),
    .driving_bank_i(array_bank_o),
    .array_valid_o(cell_valid),
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

// SPDX-License-Identifier: Apache-2.0
// Bring-up hardware in one place: between the front end and the array timing (cim_step_mode),
// between the back end and its ADCs (cim_adc_observe), and beside the streams
// (cim_observe_status). At rest steps, requests and codes pass in the same cycle, unchanged.
//
// Ends of a chain: front end -> front_* -> step_* -> array timing; back end -> back_* -> adc_* ->
// ADCs (or the handshake in front of them). What the timing must see of the ADCs comes from here,
// since single steps have conversions of their own: done_o for adcs_done_i, request_o and column_o
// for the requests of ADC 0. quiet_i: nothing but this block is inside (vectors, tiles, weight
// accesses; no beat is taken), so that a single step may begin.
//
// Registers (write_i, rdata_o: one a file): 0 to 4 those of cim_adc_observe, 5 to 8 those of
// cim_step_mode, 9 that of cim_observe_status, whose other ports have its names.
// Latency: none; see the three blocks. Golden twin: none.
`default_nettype none

module cim_bring_up #(
  parameter int unsigned Rows       = 8,
  parameter int unsigned DriveBits  = 1,
  parameter int unsigned Banks      = 2,
  parameter int unsigned Adcs       = 4,
  parameter int unsigned Share      = 4,
  parameter int unsigned CodeBits   = 7,
  parameter bit          CodeSigned = 1'b0,
  parameter int unsigned UsedBits   = 7,
  parameter int unsigned CountBits  = 16,
  parameter int unsigned TimeBits   = 16,
  parameter int unsigned MaxTiles   = 16,
  parameter int unsigned OutBeat    = 1,
  parameter int unsigned BeatBits   = 1,
  parameter int unsigned GateBits   = 0,
  parameter int unsigned DataBits   = 32,
  parameter int unsigned IndexBits  = 4,
  localparam int unsigned BankBits   = (Banks > 1) ? $clog2(Banks) : 1,
  localparam int unsigned RowsBits   = $clog2(Rows + 1),
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  input  wire logic                       clk_i,
  input  wire logic                       rst_ni,
  input  wire logic                       test_en_i,
  input  wire logic                       quiet_i,
  output logic                            stepping_o,
  // Registers
  input  wire logic [9:0]                 write_i,
  input  wire logic [IndexBits-1:0]       index_i,
  input  wire logic [DataBits-1:0]        wdata_i,
  output logic [10*DataBits-1:0]          rdata_o,
  // Steps of the front end, and to the array timing
  input  wire logic                       front_valid_i,
  output logic                            front_ready_o,
  input  wire logic                       front_convert_i,
  input  wire logic                       front_first_i,
  input  wire logic [BankBits-1:0]        front_bank_i,
  input  wire logic [Rows-1:0]            front_row_en_i,
  input  wire logic [Rows*DriveBits-1:0]  front_row_drive_i,
  output logic                            step_valid_o,
  input  wire logic                       step_ready_i,
  output logic                            step_convert_o,
  output logic                            step_first_o,
  output logic [BankBits-1:0]             step_bank_o,
  output logic [Rows-1:0]                 step_row_en_o,
  output logic [Rows*DriveBits-1:0]       step_row_drive_o,
  // A step is taken, of any kind; of the front end
  input  wire logic                       start_i,
  output logic                            start_o,
  // Back end
  input  wire logic                       back_done_i,
  input  wire logic [Adcs-1:0]            back_req_valid_i,
  output logic [Adcs-1:0]                 back_req_ready_o,
  input  wire logic [Adcs*ColumnBits-1:0] back_req_column_i,
  output logic [Adcs-1:0]                 back_resp_valid_o,
  output logic [Adcs*UsedBits-1:0]        back_resp_code_o,
  // Array timing: the ADCs as it must see them
  output logic                            done_o,
  output logic                            request_o,
  output logic [ColumnBits-1:0]           column_o,
  // ADCs; used_code_i: adc_resp_code_i after any correction
  output logic [Adcs-1:0]                 adc_req_valid_o,
  input  wire logic [Adcs-1:0]            adc_req_ready_i,
  output logic [Adcs*ColumnBits-1:0]      adc_req_column_o,
  input  wire logic [Adcs-1:0]            adc_resp_valid_i,
  input  wire logic [Adcs*CodeBits-1:0]   adc_resp_code_i,
  input  wire logic [Adcs*UsedBits-1:0]   used_code_i,
  input  wire logic [Adcs-1:0]            adc_quiet_i,
  // Streams and weight accesses
  input  wire logic                       beat_taken_i,
  input  wire logic [BeatBits-1:0]        beat_i,
  input  wire logic                       vector_begin_i,
  input  wire logic                       in_first_i,
  input  wire logic [BankBits-1:0]        in_bank_i,
  input  wire logic [RowsBits-1:0]        in_rows_i,
  input  wire logic                       weight_taken_i,
  input  wire logic [BankBits-1:0]        weight_bank_i,
  input  wire logic                       out_taken_i,
  input  wire logic [OutBeat-1:0]         out_saturated_i,
  input  wire logic                       busy_i
);
  if (IndexBits < $clog2(Adcs * Share) || CodeBits > DataBits) begin : gen_check
    $error("cim_bring_up: a column's number fits IndexBits, a code DataBits");
  end

  logic                       refused, all_done, adcs_quiet;
  logic [2:0]                 any_flag;
  logic [Adcs-1:0]            req_valid, req_ready, resp_valid;
  logic [Adcs*ColumnBits-1:0] req_column;
  logic [Adcs*CodeBits-1:0]   raw;

  cim_step_mode #(
    .Rows(Rows), .DriveBits(DriveBits), .Banks(Banks), .Adcs(Adcs), .Share(Share),
    .CodeBits(CodeBits), .CodeSigned(CodeSigned), .GateBits(GateBits),
    .DataBits(DataBits), .IndexBits(IndexBits)
  ) u_step_mode (
    .clk_i(clk_i), .rst_ni(rst_ni), .test_en_i(test_en_i),
    .idle_i(quiet_i), .active_o(stepping_o), .refused_o(refused),
    .write_i(write_i[8:5]), .index_i(index_i), .wdata_i(wdata_i),
    .rdata_o(rdata_o[5*DataBits +: 4*DataBits]),
    .front_valid_i(front_valid_i), .front_ready_o(front_ready_o),
    .front_convert_i(front_convert_i), .front_first_i(front_first_i),
    .front_bank_i(front_bank_i), .front_row_en_i(front_row_en_i),
    .front_row_drive_i(front_row_drive_i),
    .step_valid_o(step_valid_o), .step_ready_i(step_ready_i),
    .step_convert_o(step_convert_o), .step_first_o(step_first_o),
    .step_bank_o(step_bank_o), .step_row_en_o(step_row_en_o),
    .step_row_drive_o(step_row_drive_o),
    .start_i(start_i), .start_o(start_o), .back_done_i(back_done_i), .done_o(all_done),
    .back_req_valid_i(back_req_valid_i), .back_req_ready_o(back_req_ready_o),
    .back_req_column_i(back_req_column_i), .back_resp_valid_o(back_resp_valid_o),
    .req_valid_o(req_valid), .req_ready_i(req_ready), .req_column_o(req_column),
    .resp_valid_i(resp_valid), .raw_i(raw)
  );

  assign done_o    = all_done && adcs_quiet;
  assign request_o = req_valid[0];
  assign column_o  = req_column[0 +: ColumnBits];

  cim_adc_observe #(
    .Adcs(Adcs), .Share(Share), .CodeBits(CodeBits), .CodeSigned(CodeSigned),
    .UsedBits(UsedBits), .CountBits(CountBits), .TimeBits(TimeBits),
    .DataBits(DataBits), .IndexBits(IndexBits)
  ) u_adc_observe (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .req_valid_i(req_valid), .req_ready_o(req_ready), .req_column_i(req_column),
    .resp_valid_o(resp_valid), .raw_o(raw), .code_o(back_resp_code_o),
    .adc_req_valid_o(adc_req_valid_o), .adc_req_ready_i(adc_req_ready_i),
    .adc_req_column_o(adc_req_column_o), .adc_resp_valid_i(adc_resp_valid_i),
    .adc_resp_code_i(adc_resp_code_i), .used_code_i(used_code_i),
    .quiet_i(adc_quiet_i), .quiet_o(adcs_quiet),
    .write_i(write_i[4:0]), .index_i(index_i), .wdata_i(wdata_i),
    .rdata_o(rdata_o[0 +: 5*DataBits]), .any_o(any_flag)
  );

  cim_observe_status #(
    .Rows(Rows), .Banks(Banks), .MaxTiles(MaxTiles), .OutBeat(OutBeat), .BeatBits(BeatBits),
    .DataBits(DataBits)
  ) u_observe_status (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .beat_taken_i(beat_taken_i), .beat_i(beat_i), .vector_begin_i(vector_begin_i),
    .in_first_i(in_first_i), .in_bank_i(in_bank_i), .in_rows_i(in_rows_i),
    .weight_taken_i(weight_taken_i), .weight_bank_i(weight_bank_i),
    .out_taken_i(out_taken_i), .out_saturated_i(out_saturated_i),
    .busy_i(busy_i), .stepping_i(stepping_o), .any_flag_i(any_flag), .refused_i(refused),
    .write_i(write_i[9]), .wdata_i(wdata_i), .rdata_o(rdata_o[9*DataBits +: DataBits])
  );
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Back end of schemes whose codes are signed, shifted and added as they come (conventional, zebra,
// bfp): codes -> results.
//
// The ports are those of every back end (docs/explanation/architecture.md, "Back end"). The step's
// context is {negate, position}: its codes count ±2^position. One lane for each ADC that serves
// whole outputs, or for all ADCs of one output. No registers of its own, no trims. Results leave as
// they stand in the accumulators. Latency: two cycles from a code to its sum; the result's first
// beat stands in the cycle after copy_i. Golden twin: golden::run_reference from the codes on.
`default_nettype none

module cim_plain_backend #(
  parameter int unsigned Outputs      = 16,
  parameter int unsigned Adcs         = 16,
  parameter int unsigned Share        = 8,
  parameter int unsigned CodeBits     = 7,
  parameter bit          CodeSigned   = 1'b0,
  parameter int unsigned ContextBits  = 4,
  parameter bit          HoldColumn   = 1'b1,
  parameter int unsigned RegisterBits = 24,
  parameter int unsigned StoredBits   = 24,
  parameter bit          Saturates    = 1'b0,
  parameter bit          HasStart     = 1'b0,
  parameter bit          LoadZero     = 1'b0,
  parameter int unsigned GateBits     = 0,
  parameter int unsigned OutBeat      = 1,
  parameter int unsigned OutBits      = 24,
  parameter int unsigned TrimWidth    = 1,
  parameter int unsigned Files        = 0,
  parameter int unsigned DataBits     = 32,
  parameter int unsigned IndexBits    = 1,
  // Of these schemes
  parameter int unsigned Planes       = 8,
  parameter int unsigned PlanePosBits = 3,
  parameter logic [Planes*PlanePosBits-1:0] PlanePos = '0,
  parameter logic [Planes-1:0] PlaneNegate = '0,
  parameter int unsigned StepPosBits  = 3,
  parameter int unsigned SumBits      = 16,
  localparam int unsigned ColumnBits  = (Share > 1) ? $clog2(Share) : 1,
  localparam int unsigned FilePorts   = (Files > 0) ? Files : 1
) (
  input  wire logic                          clk_i,
  input  wire logic                          rst_ni,
  input  wire logic                          test_en_i,
  // Conversions of a step begin in the next cycle
  input  wire logic                          start_i,
  input  wire logic                          start_convert_i,
  input  wire logic                          start_first_tile_i,
  input  wire logic                          start_first_vector_i,
  input  wire logic                          start_last_vector_i,
  input  wire logic [ContextBits-1:0]        start_context_i,
  // Where the codes are
  output logic                               adcs_done_o,
  output logic                               step_room_o,
  output logic                               codes_idle_o,
  output logic                               begin_vector_o,
  output logic                               complete_o,
  // Starting values
  input  wire logic [Outputs*StoredBits-1:0] start_values_i,
  input  wire logic [Outputs-1:0]            start_saturated_i,
  // ADCs
  output logic [Adcs-1:0]                    adc_req_valid_o,
  input  wire logic [Adcs-1:0]               adc_req_ready_i,
  output logic [Adcs*ColumnBits-1:0]         adc_req_column_o,
  input  wire logic [Adcs-1:0]               adc_resp_valid_i,
  input  wire logic [Adcs*CodeBits-1:0]      adc_resp_code_i,
  output logic [TrimWidth-1:0]               array_trim_o,
  // Own register files
  input  wire logic [FilePorts-1:0]          file_access_i,
  input  wire logic [FilePorts-1:0]          file_write_i,
  input  wire logic                          access_write_i,
  input  wire logic [IndexBits-1:0]          file_index_i,
  input  wire logic [DataBits-1:0]           file_wdata_i,
  output logic [FilePorts-1:0]               file_ready_o,
  output logic [FilePorts*DataBits-1:0]      file_rdata_o,
  // Results
  input  wire logic                          copy_i,
  output logic                               out_free_o,
  output logic                               out_empty_o,
  output logic                               out_idle_o,
  output logic                               out_valid_o,
  input  wire logic                          out_ready_i,
  output logic [OutBeat*OutBits-1:0]         out_data_o,
  output logic [OutBeat-1:0]                 out_saturated_o,
  output logic                               out_last_o
);
  localparam int unsigned LaneAdcs    = (Share < Planes) ? Planes / Share : 1;
  localparam int unsigned Lanes       = Adcs / LaneAdcs;
  localparam int unsigned LaneOutputs = Outputs / Lanes;
  localparam int unsigned LaneBits    = LaneOutputs * StoredBits;

  if (ContextBits != StepPosBits + 1 || Files != 0) begin : gen_check
    $error("cim_plain_backend: the context is {negate, position}; no registers");
  end

  logic [ContextBits-1:0]        code_context;
  logic                          code_first_tile, code_first_vector, begin_tile;
  logic [Adcs-1:0]               adc_done;
  logic [Outputs*StoredBits-1:0] results;
  logic [Outputs-1:0]            saturated;

  cim_code_follow #(
    .ContextBits(ContextBits),
    .Stages(2)
  ) u_code_follow (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .start_i(start_i),
    .start_first_tile_i(start_first_tile_i),
    .start_first_vector_i(start_first_vector_i),
    .start_last_vector_i(start_last_vector_i),
    .start_context_i(start_context_i),
    .adcs_done_i(adcs_done_o),
    .code_context_o(code_context),
    .code_first_tile_o(code_first_tile),
    .code_first_vector_o(code_first_vector),
    .begin_tile_o(begin_tile),
    .begin_vector_o(begin_vector_o),
    .complete_o(complete_o)
  );

  for (genvar l = 0; l < Lanes; l++) begin : gen_lane
    cim_lane #(
      .Adcs(LaneAdcs),
      .Outputs(LaneOutputs),
      .Share(Share),
      .Planes(Planes),
      .CodeBits(CodeBits),
      .CodeSigned(CodeSigned),
      .PlanePosBits(PlanePosBits),
      .PlanePos(PlanePos),
      .PlaneNegate(PlaneNegate),
      .StepPosBits(StepPosBits),
      .SumBits(SumBits),
      .RegisterBits(RegisterBits),
      .StoredBits(StoredBits),
      .Saturates(Saturates),
      .HasStart(HasStart),
      .LoadZero(LoadZero),
      .GateBits(GateBits)
    ) u_lane (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .start_i(start_i && start_convert_i),
      .done_o(adc_done[l*LaneAdcs +: LaneAdcs]),
      .code_pos_i(code_context[StepPosBits-1:0]),
      .code_negate_i(code_context[StepPosBits]),
      .code_first_tile_i(code_first_tile),
      .code_first_vector_i(code_first_vector),
      .begin_tile_i(begin_tile),
      .begin_vector_i(begin_vector_o),
      .start_values_i(start_values_i[l*LaneBits +: LaneBits]),
      .start_saturated_i(start_saturated_i[l*LaneOutputs +: LaneOutputs]),
      .req_valid_o(adc_req_valid_o[l*LaneAdcs +: LaneAdcs]),
      .req_ready_i(adc_req_ready_i[l*LaneAdcs +: LaneAdcs]),
      .req_column_o(adc_req_column_o[l*LaneAdcs*ColumnBits +: LaneAdcs*ColumnBits]),
      .resp_valid_i(adc_resp_valid_i[l*LaneAdcs +: LaneAdcs]),
      .resp_code_i(adc_resp_code_i[l*LaneAdcs*CodeBits +: LaneAdcs*CodeBits]),
      .result_o(results[l*LaneBits +: LaneBits]),
      .saturated_o(saturated[l*LaneOutputs +: LaneOutputs])
    );
  end

  cim_output_register #(
    .Outputs(Outputs),
    .StoredBits(StoredBits),
    .ResultBits(OutBits),
    .Signed(1'b1),
    .BeatElements(OutBeat),
    .HasFlags(Saturates),
    .GateBits(GateBits)
  ) u_output_register (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(test_en_i),
    .load_i(copy_i),
    .result_i(results),
    .saturated_i(saturated),
    .free_o(out_free_o),
    .valid_o(out_valid_o),
    .ready_i(out_ready_i),
    .data_o(out_data_o),
    .saturated_o(out_saturated_o),
    .last_o(out_last_o)
  );

  // Codes are used at once, and nothing decides of a result in the output register.
  assign adcs_done_o  = &adc_done;
  assign step_room_o  = 1'b1;
  assign codes_idle_o = 1'b1;
  assign out_empty_o  = !out_valid_o;
  assign out_idle_o   = 1'b1;

  assign array_trim_o = '0;
  assign file_ready_o = '1;
  assign file_rdata_o = '0;
  logic unused;
  assign unused = ^{HoldColumn, file_access_i, file_write_i, access_write_i, file_index_i,
                    file_wdata_i};
endmodule

`default_nettype wire

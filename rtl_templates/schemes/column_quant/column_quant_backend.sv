// SPDX-License-Identifier: Apache-2.0
// Back end of column_quant: codes -> results.
//
// The ports are those of every back end (docs/explanation/architecture.md, "Back end"). The step's
// context is {bank, position} as column_quant_frontend forms it. Codes wait in their ADC's
// interface; one column_sequencer takes them column by column, and the ADCs of a lane (column_lane)
// go through its datapath in Visits cycles, Terms at once. Factors: ByColumn, of each physical
// column, in rings in the lanes; ByPlane, of each plane, in rings here (FactorMemory: both in
// memories here); else one for everything, in a register, and ScaleAtOutput multiplies results by
// it as they leave (where nothing can saturate); ScaleInStage: the output stage behind this module
// does, and it has no register here.
// Files, in this order: scale (not ScaleInStage); HasCenter: center; TrimBits > 0: trim. Factors of
// banks wait for tiles, those of everything for vectors.
// Latency: 2 + Visits cycles from a column's last code to its sum (code, visits, sum); a result's
// first beat stands in the cycle after copy_i, with ScaleAtOutput one later. Golden twin:
// sign · (code + centre) · scale and its sum in golden's column_quant.
`default_nettype none

module column_quant_backend #(
  parameter int unsigned Outputs       = 16,
  parameter int unsigned Adcs          = 16,
  parameter int unsigned Share         = 4,
  parameter int unsigned CodeBits      = 4,
  parameter bit          CodeSigned    = 1'b1,
  parameter int unsigned ContextBits   = 5,
  parameter bit          HoldColumn    = 1'b1,
  parameter int unsigned RegisterBits  = 28,
  parameter int unsigned StoredBits    = 28,
  parameter bit          Saturates     = 1'b0,
  parameter bit          HasStart      = 1'b0,
  parameter bit          LoadZero      = 1'b0,
  parameter int unsigned GateBits      = 0,
  parameter int unsigned OutBeat       = 1,
  parameter int unsigned OutBits       = 28,
  parameter int unsigned TrimWidth     = 1,
  parameter int unsigned Files         = 2,
  parameter int unsigned DataBits      = 32,
  parameter int unsigned IndexBits     = 10,
  // Of this scheme
  parameter int unsigned Banks         = 16,
  parameter int unsigned Planes        = 4,
  parameter int unsigned Visits        = 4,
  parameter int unsigned Terms         = 1,
  parameter int unsigned LaneOutputs   = 4,
  parameter int unsigned PlanePosBits  = 2,
  parameter logic [Planes*PlanePosBits-1:0] PlanePos = '0,
  parameter logic [Planes-1:0] PlaneNegate = '0,
  parameter int unsigned StepPosBits   = 1,
  parameter int unsigned AddPosBits    = 2,
  parameter bit          ByColumn      = 1'b1,
  parameter bit          ByPlane       = 1'b0,
  parameter bit          FactorMemory  = 1'b0,
  parameter bit          ScaleAtOutput = 1'b0,
  parameter bit          ScaleInStage  = 1'b0,
  parameter int unsigned ScaleBits     = 8,
  parameter bit          HasCenter     = 1'b1,
  parameter int unsigned TermBits      = 17,
  parameter int unsigned TrimBits      = 0,
  parameter int unsigned TrimEntries   = 0,
  localparam int unsigned ColumnBits   = (Share > 1) ? $clog2(Share) : 1,
  localparam int unsigned FilePorts    = (Files > 0) ? Files : 1
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
  localparam int unsigned CenterBits = 8;
  localparam int unsigned LaneAdcs   = Visits * Terms;
  localparam int unsigned Lanes      = Adcs / LaneAdcs;
  localparam int unsigned LaneBits   = LaneOutputs * StoredBits;
  localparam int unsigned VisitBits  = (Visits > 1) ? $clog2(Visits) : 1;
  localparam int unsigned BankBits   = (Banks > 1) ? $clog2(Banks) : 1;
  localparam bit          ByBank     = ByColumn || ByPlane;

  if (Lanes * LaneOutputs != Outputs
      || Files != (ScaleInStage ? 0 : 1) + (HasCenter ? 1 : 0) + (TrimBits > 0 ? 1 : 0)
      || ContextBits != StepPosBits + (ByBank ? BankBits : 0) || (ByColumn && ByPlane)
      || ((ScaleAtOutput || ScaleInStage) && ByBank)
      || (ScaleAtOutput && ScaleInStage)) begin : gen_check
    $error("column_quant_backend: lanes make the outputs; context: bank, position; up to 3 files");
  end

  // Codes: column by column, several ADCs a lane in turn.
  logic                          sequencer_room, visit_valid, begin_tile;
  logic                          visit_first_tile, visit_first_vector, plane_turn;
  logic [Adcs-1:0]               adc_done, adc_room_wait, adc_room_turn, adc_code_valid, adc_next;
  logic                          adc_room;
  logic [Visits-1:0]             take, soon;
  logic [VisitBits-1:0]          visit;
  logic [ColumnBits-1:0]         visit_column;
  logic [ContextBits-1:0]        visit_context, latest_context;
  logic [BankBits-1:0]           visit_bank, latest_bank;
  logic [Terms-1:0]              visit_negate;
  logic [Terms*PlanePosBits-1:0] visit_plane_pos;
  logic                          add_valid, add_first, add_turn, add_first_tile, add_first_vector;
  logic [AddPosBits-1:0]         add_pos;

  // Whether a visit goes on hangs on the codes of all ADCs: it chooses last.
  assign adc_room = visit_valid ? &adc_room_turn : &adc_room_wait;
  if (HoldColumn) begin : gen_hold_column
    assign adcs_done_o = &adc_done && adc_room && sequencer_room;
    assign step_room_o = 1'b1;
  end else begin : gen_hold_none
    // The drive ends with the last code; a step whose context would find no place is not begun.
    assign adcs_done_o = &adc_done;
    assign step_room_o = sequencer_room;
    logic unused_room;
    assign unused_room = adc_room;
  end

  column_sequencer #(
    .Share(Share),
    .Visits(Visits),
    .ContextBits(ContextBits)
  ) u_sequencer (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .start_i(start_i),
    .start_first_tile_i(start_first_tile_i),
    .start_first_vector_i(start_first_vector_i),
    .start_last_vector_i(start_last_vector_i),
    .start_context_i(start_context_i),
    .room_o(sequencer_room),
    .idle_o(codes_idle_o),
    .codes_valid_i(&adc_code_valid),
    .take_o(take),
    .soon_o(soon),
    .visit_valid_o(visit_valid),
    .visit_o(visit),
    .column_o(visit_column),
    .context_o(visit_context),
    .first_tile_o(visit_first_tile),
    .first_vector_o(visit_first_vector),
    .latest_context_o(latest_context),
    .begin_tile_o(begin_tile),
    .begin_vector_o(begin_vector_o),
    .complete_o(complete_o)
  );

  if (ByBank) begin : gen_banks
    assign visit_bank  = visit_context[StepPosBits +: BankBits];
    assign latest_bank = latest_context[StepPosBits +: BankBits];
  end else begin : gen_no_banks
    assign visit_bank  = '0;
    assign latest_bank = '0;
  end

  column_decode #(
    .Share(Share),
    .Planes(Planes),
    .Visits(Visits),
    .Terms(Terms),
    .Outputs(LaneOutputs),
    .PlanePosBits(PlanePosBits),
    .PlanePos(PlanePos),
    .PlaneNegate(PlaneNegate),
    .StepPosBits(StepPosBits),
    .AddPosBits(AddPosBits)
  ) u_decode (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .valid_i(visit_valid),
    .visit_i(visit),
    .column_i(visit_column),
    .step_pos_i(visit_context[StepPosBits-1:0]),
    .first_tile_i(visit_first_tile),
    .first_vector_i(visit_first_vector),
    .plane_turn_o(plane_turn),
    .negate_o(visit_negate),
    .plane_pos_o(visit_plane_pos),
    .add_valid_o(add_valid),
    .add_pos_o(add_pos),
    .add_first_o(add_first),
    .add_turn_o(add_turn),
    .add_first_tile_o(add_first_tile),
    .add_first_vector_o(add_first_vector)
  );

  // Scale factors, centres, trims.
  logic [Banks-1:0]                 scale_bank;
  logic                             scale_turn;
  logic [Adcs-1:0]                  scale_write;
  logic [Adcs*ScaleBits-1:0]        column_scales;
  logic [Lanes*Terms*ScaleBits-1:0] visit_scales;
  logic [Terms*CenterBits-1:0]      visit_center;
  logic [ScaleBits-1:0]             scale;

  column_factors #(
    .Adcs(Adcs),
    .Share(Share),
    .Planes(Planes),
    .Visits(Visits),
    .Terms(Terms),
    .LaneOutputs(LaneOutputs),
    .Banks(Banks),
    .Memory(FactorMemory),
    .ByColumn(ByColumn),
    .ByPlane(ByPlane),
    .HasScale(!ScaleInStage),
    .ScaleBits(ScaleBits),
    .HasCenter(HasCenter),
    .CenterBits(CenterBits),
    .TrimBits(TrimBits),
    .TrimEntries(TrimEntries),
    .TrimWidth(TrimWidth),
    .Files(Files),
    .DataBits(DataBits),
    .IndexBits(IndexBits),
    .GateBits(GateBits)
  ) u_factors (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(test_en_i),
    .file_access_i(file_access_i),
    .file_write_i(file_write_i),
    .access_write_i(access_write_i),
    .file_index_i(file_index_i),
    .file_wdata_i(file_wdata_i),
    .file_ready_o(file_ready_o),
    .file_rdata_o(file_rdata_o),
    .visit_bank_i(visit_bank),
    .visit_valid_i(visit_valid),
    .plane_turn_i(plane_turn),
    .visit_scales_o(visit_scales),
    .visit_center_o(visit_center),
    .scale_o(scale),
    .scale_bank_o(scale_bank),
    .scale_turn_o(scale_turn),
    .scale_write_o(scale_write),
    .column_scales_i(column_scales),
    .start_i(start_i),
    .latest_bank_i(latest_bank),
    .adc_next_i(adc_next),
    .array_trim_o(array_trim_o)
  );

  // Lanes.
  logic [Outputs*StoredBits-1:0] results;
  logic [Outputs-1:0]            saturated;

  for (genvar l = 0; l < Lanes; l++) begin : gen_lane
    column_lane #(
      .Outputs(LaneOutputs),
      .Visits(Visits),
      .Terms(Terms),
      .Share(Share),
      .CodeBits(CodeBits),
      .HoldColumn(HoldColumn),
      .Banks(Banks),
      .HasCenter(HasCenter),
      .CenterBits(CenterBits),
      .Scaled(!ScaleAtOutput && !ScaleInStage),
      .ScaleBits(ScaleBits),
      .ByColumn(ByColumn && !FactorMemory),
      .PlanePosBits(PlanePosBits),
      .TermBits(TermBits),
      .AddPosBits(AddPosBits),
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
      .room_wait_o(adc_room_wait[l*LaneAdcs +: LaneAdcs]),
      .room_turn_o(adc_room_turn[l*LaneAdcs +: LaneAdcs]),
      .code_valid_o(adc_code_valid[l*LaneAdcs +: LaneAdcs]),
      .take_i(take),
      .soon_i(soon),
      .next_o(adc_next[l*LaneAdcs +: LaneAdcs]),
      .visit_valid_i(visit_valid),
      .visit_i(visit),
      .visit_center_i(visit_center),
      .visit_scale_i(visit_scales[l*Terms*ScaleBits +: Terms*ScaleBits]),
      .visit_negate_i(visit_negate),
      .visit_plane_pos_i(visit_plane_pos),
      .scale_bank_i(scale_bank),
      .scale_turn_i(scale_turn),
      .scale_write_i(scale_write[l*LaneAdcs +: LaneAdcs]),
      .scale_data_i(file_wdata_i[ScaleBits-1:0]),
      .scale_o(column_scales[l*LaneAdcs*ScaleBits +: LaneAdcs*ScaleBits]),
      .add_valid_i(add_valid),
      .add_pos_i(add_pos),
      .add_first_i(add_first),
      .add_turn_i(add_turn),
      .add_first_tile_i(add_first_tile),
      .add_first_vector_i(add_first_vector),
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

  // Results, and the one scale that is left for their way out.
  localparam int unsigned RawBits = ScaleAtOutput ? StoredBits : OutBits;
  logic                       raw_valid, raw_ready, raw_last;
  logic [OutBeat*RawBits-1:0] raw_data;
  logic [OutBeat-1:0]         raw_saturated;

  cim_output_register #(
    .Outputs(Outputs),
    .StoredBits(StoredBits),
    .ResultBits(RawBits),
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
    .valid_o(raw_valid),
    .ready_i(raw_ready),
    .data_o(raw_data),
    .saturated_o(raw_saturated),
    .last_o(raw_last)
  );
  assign out_empty_o = !raw_valid;

  if (ScaleAtOutput) begin : gen_output_scale
    column_output_scale #(
      .Elements(OutBeat),
      .InBits(StoredBits),
      .ScaleBits(ScaleBits),
      .OutBits(OutBits)
    ) u_output_scale (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .scale_i(scale),
      .valid_i(raw_valid),
      .ready_o(raw_ready),
      .data_i(raw_data),
      .last_i(raw_last),
      .valid_o(out_valid_o),
      .ready_i(out_ready_i),
      .data_o(out_data_o),
      .last_o(out_last_o)
    );
    // Until a result has been scaled, the scale may not change. Nothing saturates here.
    assign out_idle_o      = !raw_valid;
    assign out_saturated_o = '0;
    logic unused_raw;
    assign unused_raw = ^raw_saturated;
  end else begin : gen_output
    assign raw_ready       = out_ready_i;
    assign out_valid_o     = raw_valid;
    assign out_data_o      = raw_data;
    assign out_last_o      = raw_last;
    assign out_saturated_o = raw_saturated;
    assign out_idle_o      = 1'b1;
  end

  logic unused;
  assign unused = ^{file_wdata_i, latest_context, scale, CodeSigned};
endmodule

`default_nettype wire

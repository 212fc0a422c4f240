// SPDX-License-Identifier: Apache-2.0
// A lane of column_quant: Visits·Terms ADCs that share one datapath in Visits visits a column,
// Terms at once: centre, scale, shift, and the accumulators of Outputs outputs.
//
// ADC a serves the lane's columns a·Share … a·Share + Share - 1. A round of visits goes through an
// output's ADCs one after the other, at each of them through all outputs; so the planes of a step
// are used in one fixed order (column_decode). Scaled: codes are multiplied by scales; ByColumn by
// those of each ADC's columns, kept here in rings behind the configuration port's access
// (cim_ring_port), else by visit_scale_i (of planes, or of this lane's visited columns out of a
// memory). Latency: two cycles from a visit to the sum (term, sum). Golden twin: sign ·
// (code + centre) · scale and its sum in golden's column_quant.
`default_nettype none

module column_lane #(
  parameter int unsigned Outputs      = 4,
  parameter int unsigned Visits       = 4,
  parameter int unsigned Terms        = 1,
  parameter int unsigned Share        = 4,
  parameter int unsigned CodeBits     = 4,
  parameter bit          HoldColumn   = 1'b1,
  parameter int unsigned Banks        = 16,
  parameter bit          HasCenter    = 1'b1,
  parameter int unsigned CenterBits   = 8,
  parameter bit          Scaled       = 1'b1,
  parameter int unsigned ScaleBits    = 8,
  parameter bit          ByColumn     = 1'b1,
  parameter int unsigned PlanePosBits = 2,
  parameter int unsigned TermBits     = 17,
  parameter int unsigned AddPosBits   = 2,
  parameter int unsigned RegisterBits = 28,
  parameter int unsigned StoredBits   = 28,
  parameter bit          Saturates    = 1'b0,
  parameter bit          HasStart     = 1'b0,
  parameter bit          LoadZero     = 1'b0,
  parameter int unsigned GateBits     = 0,
  localparam int unsigned Adcs        = Visits * Terms,
  localparam int unsigned VisitBits   = (Visits > 1) ? $clog2(Visits) : 1,
  localparam int unsigned ColumnBits  = (Share > 1) ? $clog2(Share) : 1
) (
  input  wire logic                          clk_i,
  input  wire logic                          rst_ni,
  input  wire logic                          test_en_i,
  input  wire logic                          start_i,
  output logic [Adcs-1:0]                    done_o,
  output logic [Adcs-1:0]                    room_wait_o,
  output logic [Adcs-1:0]                    room_turn_o,
  // Codes that wait, and which of them the visits take
  output logic [Adcs-1:0]                    code_valid_o,
  input  wire logic [Visits-1:0]             take_i,
  input  wire logic [Visits-1:0]             soon_i,
  output logic [Adcs-1:0]                    next_o,
  // The visit
  input  wire logic                          visit_valid_i,
  input  wire logic [VisitBits-1:0]          visit_i,
  input  wire logic [Terms*CenterBits-1:0]   visit_center_i,
  input  wire logic [Terms*ScaleBits-1:0]    visit_scale_i,
  input  wire logic [Terms-1:0]              visit_negate_i,
  input  wire logic [Terms*PlanePosBits-1:0] visit_plane_pos_i,
  // The ADCs' scale factors, and the configuration port's access to them
  input  wire logic [Banks-1:0]              scale_bank_i,
  input  wire logic                          scale_turn_i,
  input  wire logic [Adcs-1:0]               scale_write_i,
  input  wire logic [ScaleBits-1:0]          scale_data_i,
  output logic [Adcs*ScaleBits-1:0]          scale_o,
  // One cycle later: where the terms stand
  input  wire logic                          add_valid_i,
  input  wire logic [AddPosBits-1:0]         add_pos_i,
  input  wire logic                          add_first_i,
  input  wire logic                          add_turn_i,
  input  wire logic                          add_first_tile_i,
  input  wire logic                          add_first_vector_i,
  input  wire logic                          begin_tile_i,
  input  wire logic                          begin_vector_i,
  input  wire logic [Outputs*StoredBits-1:0] start_values_i,
  input  wire logic [Outputs-1:0]            start_saturated_i,
  // ADCs
  output logic [Adcs-1:0]                    req_valid_o,
  input  wire logic [Adcs-1:0]               req_ready_i,
  output logic [Adcs*ColumnBits-1:0]         req_column_o,
  input  wire logic [Adcs-1:0]               resp_valid_i,
  input  wire logic [Adcs*CodeBits-1:0]      resp_code_i,
  // Results
  output logic [Outputs*StoredBits-1:0]      result_o,
  output logic [Outputs-1:0]                 saturated_o
);
  localparam int unsigned OutputAdcs = (Adcs > Outputs) ? Adcs / Outputs : 1;

  logic [Adcs*CodeBits-1:0]  code;
  logic [Adcs*ScaleBits-1:0] scale;  // in the order of the visits, as the codes are
  logic [TermBits-1:0]       sum, visit_sum;
  logic [RegisterBits-1:0]   term;
  logic                      sum_carry, carry;

  for (genvar a = 0; a < Adcs; a++) begin : gen_adc
    // Where the ADC comes in a round.
    localparam int unsigned Place = a % OutputAdcs * Outputs + a / OutputAdcs;
    localparam int unsigned Visit = Place / Terms;

    column_adc_interface #(
      .Share(Share),
      .CodeBits(CodeBits),
      .HoldColumn(HoldColumn)
    ) u_adc_interface (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .start_i(start_i),
      .done_o(done_o[a]),
      .room_wait_o(room_wait_o[a]),
      .room_turn_o(room_turn_o[a]),
      .req_valid_o(req_valid_o[a]),
      .req_ready_i(req_ready_i[a]),
      .req_column_o(req_column_o[a*ColumnBits +: ColumnBits]),
      .next_o(next_o[a]),
      .resp_valid_i(resp_valid_i[a]),
      .resp_code_i(resp_code_i[a*CodeBits +: CodeBits]),
      .code_valid_o(code_valid_o[a]),
      .code_o(code[Place*CodeBits +: CodeBits]),
      .take_i(take_i[Visit]),
      .soon_i(soon_i[Visit]),
      .turn_i(visit_i == VisitBits'(Visit)),
      .turn_soon_i(Visit > 0 && visit_i == VisitBits'(Visit - 1))
    );

    if (ByColumn) begin : gen_scale
      cim_ring #(
        .Banks(Banks),
        .Slots(Share),
        .Bits(ScaleBits),
        .GateBits(GateBits)
      ) u_scale (
        .clk_i(clk_i),
        .test_en_i(test_en_i),
        .bank_sel_i(scale_bank_i),
        .turn_i(take_i[Visit] || scale_turn_i),
        .write_i(scale_write_i[a]),
        .data_i(scale_data_i),
        .value_o(scale_o[a*ScaleBits +: ScaleBits])
      );
    end else begin : gen_no_scale
      assign scale_o[a*ScaleBits +: ScaleBits] = '0;
    end
    assign scale[Place*ScaleBits +: ScaleBits] = scale_o[a*ScaleBits +: ScaleBits];
  end

  localparam int unsigned Scales     = ByColumn ? Adcs : Terms;
  localparam int unsigned ScalesBits = Scaled ? Scales * ScaleBits : 1;
  logic [ScalesBits-1:0] visit_scale;

  if (!Scaled) begin : gen_unscaled
    assign visit_scale = 1'b0;
  end else if (ByColumn) begin : gen_by_column
    assign visit_scale = scale;
  end else begin : gen_by_plane
    assign visit_scale = visit_scale_i;
  end

  column_product #(
    .Visits(Visits),
    .Terms(Terms),
    .CodeBits(CodeBits),
    .HasCenter(HasCenter),
    .CenterBits(CenterBits),
    .ScaleBits(Scaled ? ScaleBits : 0),
    .ByColumn(ByColumn),
    .PlanePosBits(PlanePosBits),
    .SumBits(TermBits),
    .GateBits(GateBits)
  ) u_product (
    .clk_i(clk_i),
    .test_en_i(test_en_i),
    .valid_i(visit_valid_i),
    .visit_i(visit_i),
    .code_i(code),
    .scale_i(visit_scale),
    .center_i(visit_center_i),
    .negate_i(visit_negate_i),
    .plane_pos_i(visit_plane_pos_i),
    .sum_o(sum),
    .carry_o(sum_carry)
  );
  // The last visit's sum stands until the next one's: it counts once.
  assign visit_sum = sum & {TermBits{add_valid_i}};
  assign carry     = sum_carry && add_valid_i;

  cim_shifter #(
    .InBits(TermBits),
    .PosBits(AddPosBits),
    .OutBits(RegisterBits)
  ) u_shift (
    .value_i(visit_sum),
    .fill_i(carry),
    .pos_i(add_pos_i),
    .value_o(term)
  );

  cim_accumulator #(
    .Outputs(Outputs),
    .Bits(RegisterBits),
    .ResultBits(StoredBits),
    .Saturate(Saturates),
    .HasStart(HasStart),
    .LoadZero(LoadZero),
    .GateBits(GateBits)
  ) u_accumulator (
    .clk_i(clk_i),
    .test_en_i(test_en_i),
    .valid_i(add_valid_i),
    .term_i(term),
    .carry_i(carry),
    .begin_tile_i(begin_tile_i),
    .begin_vector_i(begin_vector_i),
    .first_plane_i(add_first_i),
    .last_plane_i(add_turn_i),
    .first_tile_i(add_first_tile_i),
    .first_vector_i(add_first_vector_i),
    .start_i(start_values_i),
    .start_saturated_i(start_saturated_i),
    .result_o(result_o),
    .saturated_o(saturated_o)
  );

  logic unused;
  assign unused = ^{scale, visit_scale_i, scale_bank_i, scale_turn_i, scale_write_i, scale_data_i};
endmodule

`default_nettype wire

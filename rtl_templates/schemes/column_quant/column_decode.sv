// SPDX-License-Identifier: Apache-2.0
// What a visit means: positions and signs of its Terms codes, and, one cycle later, with the terms,
// where they stand for the accumulators.
//
// A lane's ADCs serve Outputs outputs of Planes columns each; ADC x the lane's columns x·Share …
// x·Share + Share - 1. A round (column_i of every ADC) goes through an output's ADCs, Terms at
// once, and for each of these through the outputs: visit e is of output e % Outputs and of its ADCs
// (e / Outputs)·Terms …, so that the accumulators' ring moves at each visit, and the planes of a
// step come one after the other. plane_turn_o: the next visit is of other planes. Where an ADC
// serves several outputs (Share > Planes) it is alone in its lane, and they follow one another.
// negate_o: terms that count negatively (PlaneNegate); plane_pos_o: their powers of two (PlanePos).
// add_*: registered, for column_product's sum: its position (Terms = 1: plane and step, else the
// step alone, the planes being shifted before they are summed); add_first_o: first term of its
// output in the step; add_turn_o: the next term is another output's (the accumulators' ring moves).
// Golden twin: the factors of golden's column_quant.
`default_nettype none

module column_decode #(
  parameter int unsigned Share        = 8,
  parameter int unsigned Planes       = 8,
  parameter int unsigned Visits       = 4,
  parameter int unsigned Terms        = 1,
  parameter int unsigned Outputs      = 4,
  parameter int unsigned PlanePosBits = 3,
  parameter logic [Planes*PlanePosBits-1:0] PlanePos = '0,
  parameter logic [Planes-1:0] PlaneNegate = '0,
  parameter int unsigned StepPosBits  = 3,
  parameter int unsigned AddPosBits   = 4,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1,
  localparam int unsigned VisitBits  = (Visits > 1) ? $clog2(Visits) : 1
) (
  input  wire logic                         clk_i,
  input  wire logic                         rst_ni,
  // The visit
  input  wire logic                         valid_i,
  input  wire logic [VisitBits-1:0]         visit_i,
  input  wire logic [ColumnBits-1:0]        column_i,
  input  wire logic [StepPosBits-1:0]       step_pos_i,
  input  wire logic                         first_tile_i,
  input  wire logic                         first_vector_i,
  output logic                              plane_turn_o,
  output logic [Terms-1:0]                  negate_o,
  output logic [Terms*PlanePosBits-1:0]     plane_pos_o,
  // One cycle later
  output logic                              add_valid_o,
  output logic [AddPosBits-1:0]             add_pos_o,
  output logic                              add_first_o,
  output logic                              add_turn_o,
  output logic                              add_first_tile_o,
  output logic                              add_first_vector_o
);
  // Visits that go through the outputs of one place.
  localparam int unsigned Turns = (Share > Planes) ? 1 : Outputs;

  if (Share > Planes ? Visits * Terms != 1
                     : Visits * Terms * Share != Outputs * Planes) begin : gen_check
    $error("column_decode: the visits of a round go through all ADCs of the outputs once");
  end
  if (Terms > 1 && Outputs > 1) begin : gen_check_terms
    $error("column_decode: several terms at once are of one output");
  end

  // Visits of a round that differ in their planes.
  localparam int unsigned VisitKinds = (Share < Planes) ? Visits : 1;
  logic first, last;  // plane of the first term

  always_comb begin
    first       = 1'b0;
    last        = 1'b0;
    negate_o    = '0;
    plane_pos_o = '0;
    for (int unsigned c = 0; c < Share; c++) begin
      for (int unsigned e = 0; e < VisitKinds; e++) begin
        if (column_i == ColumnBits'(c) && (VisitKinds == 1 || visit_i == VisitBits'(e))) begin
          first = (e / Turns * Terms * Share + c) % Planes == 0;
          last  = (e / Turns * Terms * Share + c) % Planes == Planes - 1;
          for (int unsigned a = 0; a < Terms; a++) begin
            negate_o[a] = PlaneNegate[((e / Turns * Terms + a) * Share + c) % Planes];
            plane_pos_o[a*PlanePosBits +: PlanePosBits] =
                PlanePos[(((e / Turns * Terms + a) * Share + c) % Planes)*PlanePosBits
                         +: PlanePosBits];
          end
        end
      end
    end
    plane_turn_o = 1'b0;
    for (int unsigned e = 0; e < Visits; e++) begin
      if (visit_i == VisitBits'(e) && (e + 1) % Turns == 0) plane_turn_o = valid_i;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) add_valid_o <= 1'b0;
    else add_valid_o <= valid_i;
  end
  always_ff @(posedge clk_i) begin
    add_pos_o <= (Terms == 1) ? AddPosBits'(plane_pos_o) + AddPosBits'(step_pos_i)
                              : AddPosBits'(step_pos_i);
    add_first_o        <= first;
    add_turn_o         <= (Share > Planes) ? last : 1'b1;
    add_first_tile_o   <= first_tile_i;
    add_first_vector_o <= first_vector_i;
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Takes the macro's codes column by column: a round begins when every ADC has its code of a column
// (codes_valid_i) and lasts Visits cycles; in each cycle the datapath of every lane visits one
// Visits-th of its ADCs. One sequencer for the macro, so that columns, planes and addresses are
// decoded once.
//
// A step's context waits from the start of its conversions (start_i) until its codes are visited;
// two steps at most are under way: room_o says whether the next may start at the end of this cycle.
// visit_valid_o, visit_o, column_o, context_o: the visit of this cycle. take_o: the ADCs' codes
// that it takes; soon_o: those which the next cycle takes for certain (all but the first of a
// round). latest_context_o: that of the step whose conversions run, or begin in the next cycle.
// begin_tile_o, begin_vector_o: from this cycle on the accumulators may get terms of a new tile,
// vector (those of the former are all in). complete_o: the last sum of a vector stands, two cycles
// after its last visit (term, sum). idle_o: no code is due or waits.
// Share columns a round each, then the step is over. Golden twin: none (order of a sum).
`default_nettype none

module column_sequencer #(
  parameter int unsigned Share       = 8,
  parameter int unsigned Visits      = 4,
  parameter int unsigned ContextBits = 5,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1,
  localparam int unsigned VisitBits  = (Visits > 1) ? $clog2(Visits) : 1
) (
  input  wire logic                   clk_i,
  input  wire logic                   rst_ni,
  // Steps whose conversions begin in the next cycle
  input  wire logic                   start_i,
  input  wire logic                   start_first_tile_i,
  input  wire logic                   start_first_vector_i,
  input  wire logic                   start_last_vector_i,
  input  wire logic [ContextBits-1:0] start_context_i,
  output logic                        room_o,
  output logic                        idle_o,
  // Codes
  input  wire logic                   codes_valid_i,
  output logic [Visits-1:0]           take_o,
  output logic [Visits-1:0]           soon_o,
  // The visit
  output logic                        visit_valid_o,
  output logic [VisitBits-1:0]        visit_o,
  output logic [ColumnBits-1:0]       column_o,
  output logic [ContextBits-1:0]      context_o,
  output logic                        first_tile_o,
  output logic                        first_vector_o,
  output logic [ContextBits-1:0]      latest_context_o,
  // Marks for accumulators and results
  output logic                        begin_tile_o,
  output logic                        begin_vector_o,
  output logic                        complete_o
);
  if (Share < 1 || Visits < 1) begin : gen_check
    $error("column_sequencer: Share, Visits >= 1");
  end

  localparam int unsigned EntryBits = ContextBits + 3;

  // The step whose codes are visited, and the one after it.
  logic                  head_valid_q, next_valid_q, fresh_q, pop, to_head;
  logic [EntryBits-1:0]  head_q, next_q, start_entry;
  logic [ColumnBits-1:0] column_q;
  logic [VisitBits-1:0]  visit_q;
  logic                  last_visit, last_column, last_vector;
  logic                  begin_tile_q, begin_vector_q;
  logic [1:0]            complete_q;

  assign start_entry = {start_first_tile_i, start_first_vector_i, start_last_vector_i,
                        start_context_i};
  assign {first_tile_o, first_vector_o, last_vector, context_o} = head_q;
  assign latest_context_o = start_i ? start_context_i : next_q[ContextBits-1:0];

  // The codes of a round stay until they are visited.
  assign visit_valid_o = head_valid_q && (visit_q != '0 || codes_valid_i);
  assign last_visit    = visit_q == VisitBits'(Visits - 1);
  assign last_column   = column_q == ColumnBits'(Share - 1);
  assign pop           = visit_valid_o && last_visit && last_column;
  assign room_o        = !next_valid_q || pop;
  assign to_head       = start_i && (pop ? !next_valid_q : !head_valid_q);
  assign idle_o        = !head_valid_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      head_valid_q   <= 1'b0;
      next_valid_q   <= 1'b0;
      fresh_q        <= 1'b0;
      begin_tile_q   <= 1'b0;
      begin_vector_q <= 1'b0;
      complete_q     <= '0;
    end else begin
      head_valid_q   <= to_head || next_valid_q || (head_valid_q && !pop);
      next_valid_q   <= (start_i && !to_head) || (next_valid_q && !pop);
      fresh_q        <= to_head || (pop && next_valid_q);
      begin_tile_q   <= fresh_q && first_tile_o;
      begin_vector_q <= fresh_q && first_vector_o;
      complete_q     <= {complete_q[0], pop && last_vector};
    end
  end
  always_ff @(posedge clk_i) begin
    if (to_head || (pop && next_valid_q)) head_q <= next_valid_q ? next_q : start_entry;
    if (start_i) next_q <= start_entry;
  end

  if (Visits > 1) begin : gen_visits
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) visit_q <= '0;
      else if (visit_valid_o) visit_q <= last_visit ? '0 : visit_q + VisitBits'(1);
    end
  end else begin : gen_one_visit
    assign visit_q = '0;
  end
  if (Share > 1) begin : gen_columns
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) column_q <= '0;
      else if (visit_valid_o && last_visit) begin
        column_q <= last_column ? '0 : column_q + ColumnBits'(1);
      end
    end
  end else begin : gen_one_column
    assign column_q = '0;
  end

  always_comb begin
    take_o = '0;
    soon_o = '0;
    for (int unsigned e = 0; e < Visits; e++) begin
      take_o[e] = visit_valid_o && visit_q == VisitBits'(e);
      if (e > 0) soon_o[e] = visit_valid_o && visit_q == VisitBits'(e - 1);
    end
  end

  assign visit_o        = visit_q;
  assign column_o       = column_q;
  assign begin_tile_o   = begin_tile_q;
  assign begin_vector_o = begin_vector_q;
  assign complete_o     = complete_q[1];
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Variants of column_sequencer; the list is repeated in column_sequencer_test.cpp.
module column_sequencer_case #(parameter int unsigned Share = 1, Visits = 1, ContextBits = 1) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1;
  localparam int unsigned VisitBits  = (Visits > 1) ? $clog2(Visits) : 1;
  logic start, first_tile, first_vector, last_vector, codes_valid;
  logic room, idle, visit_valid, head_tile, head_vector, begin_tile, begin_vector, complete;
  logic [Visits-1:0]      take, soon;
  logic [VisitBits-1:0]   visit;
  logic [ColumnBits-1:0]  column;
  logic [ContextBits-1:0] context_in, context_out, latest;
  assign {context_in, codes_valid, last_vector, first_vector, first_tile, start} = in_i;
  assign out_o = {latest, context_out, column, visit, head_vector, head_tile, soon, take, complete,
                  begin_vector, begin_tile, visit_valid, idle, room};
  column_sequencer #(.Share(Share), .Visits(Visits), .ContextBits(ContextBits)) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .start_i(start), .start_first_tile_i(first_tile),
    .start_first_vector_i(first_vector), .start_last_vector_i(last_vector),
    .start_context_i(context_in), .room_o(room), .idle_o(idle), .codes_valid_i(codes_valid),
    .take_o(take), .soon_o(soon), .visit_valid_o(visit_valid), .visit_o(visit), .column_o(column),
    .context_o(context_out), .first_tile_o(head_tile), .first_vector_o(head_vector),
    .latest_context_o(latest), .begin_tile_o(begin_tile), .begin_vector_o(begin_vector),
    .complete_o(complete)
  );
endmodule

module tb_column_sequencer (
  input  logic clk_i, rst_ni,
  input  logic [4*1024-1:0] in_i,
  output logic [4*1024-1:0] out_o
);
  column_sequencer_case #(1, 1, 3)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  column_sequencer_case #(4, 1, 5)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  column_sequencer_case #(1, 4, 2)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  column_sequencer_case #(3, 3, 9)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
endmodule

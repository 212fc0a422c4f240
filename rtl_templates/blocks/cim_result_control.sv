// Says when a vector's result is complete, when it moves to the output register, and whether the
// next vector's first step may be taken.
//
// Stages registers lie between an ADC's code and the accumulator's sum, both included (code, sum:
// 2): events are delayed by as many cycles. A result waits in the accumulators until the output
// register is free; the next vector's first step is taken only if none waits, or the one that will
// is certain of its place (the output register is empty; that it is just being emptied does not
// count, so that the output's ready does not reach the row drive within a cycle). start_ok_i: a starting value is there (chain); begin_vector_o takes it.
// Counts the vectors between their first beat and the output register (idle_o).
// Golden twin: none (flow control); rate and stalls are tested on whole macros.
`default_nettype none

module cim_result_control #(
  parameter int unsigned Stages = 2
) (
  input  wire logic clk_i,
  input  wire logic rst_ni,
  input  wire logic vector_begin_i,     // a vector's first beat is taken
  input  wire logic start_i,            // conversions of a step begin in the next cycle
  input  wire logic start_first_tile_i, // ... the first step of a tile
  input  wire logic start_first_i,      // ... the first step of a vector
  input  wire logic start_last_i,       // ... the last step of a vector
  input  wire logic adcs_done_i,
  input  wire logic start_ok_i,
  input  wire logic out_free_i,         // a result may be copied in this cycle
  input  wire logic out_empty_i,        // ... and could have been in the former one
  output logic      result_ok_o,
  output logic      begin_tile_o,        // from now on codes of a new tile, vector may arrive
  output logic      begin_vector_o,
  output logic      copy_o,              // results move to the output register
  output logic      idle_o               // no vector has begun
);
  logic       converting_q, last_q;       // the step being converted
  logic [Stages-1:0] done_q;              // last code registered, ..., then summed
  logic [Stages-1:0] begin_tile_q, begin_q;
  logic       wait_q;                     // a result waits for the output register
  logic [1:0] pending_q;                  // vectors whose last step was taken, not yet copied
  logic [2:0] vectors_q;
  logic       last_taken, complete;

  if (Stages < 2) begin : gen_check
    $error("cim_result_control: Stages >= 2");
  end

  assign last_taken = start_i && start_last_i;
  assign complete   = done_q[Stages-1] || wait_q;
  assign copy_o     = complete && out_free_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      converting_q <= 1'b0;
      last_q       <= 1'b0;
      done_q       <= '0;
      begin_tile_q <= '0;
      begin_q      <= '0;
      wait_q       <= 1'b0;
      pending_q    <= '0;
      vectors_q    <= '0;
    end else begin
      converting_q <= start_i || (converting_q && !adcs_done_i);
      if (start_i) last_q <= start_last_i;
      done_q       <= {done_q[Stages-2:0], converting_q && adcs_done_i && last_q};
      begin_tile_q <= {begin_tile_q[Stages-2:0], start_i && start_first_tile_i};
      begin_q      <= {begin_q[Stages-2:0], start_i && start_first_i};
      wait_q       <= complete && !out_free_i;
      pending_q    <= pending_q + 2'(last_taken) - 2'(copy_o);
      vectors_q    <= vectors_q + 3'(vector_begin_i) - 3'(copy_o);
    end
  end

  assign result_ok_o = start_ok_i && (pending_q == 2'd0 || (pending_q == 2'd1 && out_empty_i));
  assign begin_tile_o   = begin_tile_q[Stages-1];
  assign begin_vector_o = begin_q[Stages-1];
  assign idle_o         = vectors_q == 3'd0;
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Says when a vector's result moves to the output register, and whether the next vector's first
// step may be taken.
//
// complete_i: a vector's last sum stands in the accumulators (cim_code_marks, or a scheme's own).
// The result waits there until the output register is free; the next vector's first step is taken
// only if none waits, or the one that will is certain of its place (the output register is empty;
// that it is just being emptied does not count, so that the output's ready does not reach the row
// drive within a cycle). start_ok_i: a starting value is there (chain). Counts the vectors between
// their first beat and the output register (idle_o).
//
// What the counts hold. A vector's first step is taken only if at most one vector is pending (its
// last step taken, its result not copied), so that two are pending at most, and at most one result
// waits. Before that, MostVectors - 2 may have begun: their number is that of the places from the
// load buffer to the array (whoever instantiates this says which there are). Both are asserted.
// Golden twin: none (flow control); rate and stalls are tested on whole macros.
`default_nettype none

module cim_result_control #(
  parameter int unsigned MostVectors = 6,
  localparam int unsigned CountBits  = $clog2(MostVectors + 1)
) (
  input  wire logic clk_i,
  input  wire logic rst_ni,
  input  wire logic vector_begin_i,  // a vector's first beat is taken
  input  wire logic start_last_i,    // conversions of a vector's last step begin in the next cycle
  input  wire logic complete_i,
  input  wire logic start_ok_i,
  input  wire logic out_free_i,      // a result may be copied in this cycle
  input  wire logic out_empty_i,     // ... and could have been in the former one
  output logic      result_ok_o,
  output logic      copy_o,          // results move to the output register
  output logic      idle_o           // no vector has begun
);
  logic       wait_q;     // a result waits for the output register
  logic [1:0] pending_q;  // vectors whose last step was taken, not yet copied
  logic       complete;

  logic [CountBits-1:0] vectors_q;

  if (MostVectors < 3) begin : gen_check
    $error("cim_result_control: two vectors pending and one that has begun: MostVectors >= 3");
  end

  assign complete = complete_i || wait_q;
  assign copy_o   = complete && out_free_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      wait_q    <= 1'b0;
      pending_q <= '0;
      vectors_q <= '0;
    end else begin
      wait_q    <= complete && !out_free_i;
      pending_q <= pending_q + 2'(start_last_i) - 2'(copy_o);
      vectors_q <= vectors_q + CountBits'(vector_begin_i) - CountBits'(copy_o);
    end
  end

  assign result_ok_o = start_ok_i && (pending_q == 2'd0 || (pending_q == 2'd1 && out_empty_i));
  assign idle_o      = vectors_q == '0;

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!(vector_begin_i && !copy_o && vectors_q == CountBits'(MostVectors)));
      assert (!(start_last_i && !copy_o && pending_q == 2'd2));
      assert (!(copy_o && (vectors_q == '0 || pending_q == 2'd0)));
      assert (!(complete_i && wait_q));  // a result without a place
    end
  end
`endif
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Says where in the stream of sums a tile and a vector begin, and when a vector's last sum stands,
// where the codes of a step follow its conversions at once.
//
// Stages registers lie between an ADC's code and the accumulator's sum, both included (code, sum:
// 2): marks are delayed by as many cycles. begin_tile_o, begin_vector_o: from now on codes of a new
// tile, vector may arrive in the accumulators. complete_o: a vector's result stands there.
// Golden twin: none (flow control).
`default_nettype none

module cim_code_marks #(
  parameter int unsigned Stages = 2
) (
  input  wire logic clk_i,
  input  wire logic rst_ni,
  input  wire logic start_i,             // conversions of a step begin in the next cycle
  input  wire logic start_first_tile_i,  // ... the first step of a tile
  input  wire logic start_first_i,       // ... the first step of a vector
  input  wire logic start_last_i,        // ... the last step of a vector
  input  wire logic adcs_done_i,
  output logic      begin_tile_o,
  output logic      begin_vector_o,
  output logic      complete_o
);
  logic              converting_q, last_q;  // the step being converted
  logic [Stages-1:0] done_q;                // last code registered, ..., then summed
  logic [Stages-1:0] begin_tile_q, begin_q;

  if (Stages < 2) begin : gen_check
    $error("cim_code_marks: Stages >= 2");
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      converting_q <= 1'b0;
      last_q       <= 1'b0;
      done_q       <= '0;
      begin_tile_q <= '0;
      begin_q      <= '0;
    end else begin
      converting_q <= start_i || (converting_q && !adcs_done_i);
      if (start_i) last_q <= start_last_i;
      done_q       <= {done_q[Stages-2:0], converting_q && adcs_done_i && last_q};
      begin_tile_q <= {begin_tile_q[Stages-2:0], start_i && start_first_tile_i};
      begin_q      <= {begin_q[Stages-2:0], start_i && start_first_i};
    end
  end

  assign begin_tile_o   = begin_tile_q[Stages-1];
  assign begin_vector_o = begin_q[Stages-1];
  assign complete_o     = done_q[Stages-1];
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// A reset that may be released at any time -> one that is released with the clock. rst_ni low:
// rst_no is low at once, with or without a clock. rst_ni high: rst_no rises after the second
// rising edge of clk_i, or the third where the release comes too close to the first edge.
//
// The first flip-flop may go metastable then (its input is 1, its output 0, as its reset ends); it
// has a cycle to settle before the second takes it. The second cannot: it goes from 0 to 0 at that
// edge. So recovery and removal of everything behind rst_no are paths from the second flip-flop, a
// cycle long, and those of these two are not timed (constraints/<name>.sdc).
//
// A pulse of rst_ni has to be as wide as the cells' least pulse width; nothing filters spikes.
// bypass_i: rst_no is rst_ni, for scan, where a reset must come from a pin; it stands still else.
// The AND with rst_ni has no spike (its other input is 0 when rst_ni rises) and is for simulators
// in which a reset that is low from the beginning has no edge that would clear the flip-flops.
// Reset: both flip-flops, asynchronously. Golden twin: none (no result depends on it).
`default_nettype none

module cim_reset_sync (
  input  wire logic clk_i,
  input  wire logic rst_ni,
  input  wire logic bypass_i,
  output logic      rst_no
);
  logic first_q, second_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      first_q  <= 1'b0;
      second_q <= 1'b0;
    end else begin
      first_q  <= 1'b1;
      second_q <= first_q;
    end
  end

  assign rst_no = rst_ni && (second_q || bypass_i);
endmodule

`default_nettype wire

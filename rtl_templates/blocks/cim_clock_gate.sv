// SPDX-License-Identifier: Apache-2.0
// An integrated clock gate: clk_o is clk_i in the cycles that begin with en_i or test_en_i high,
// and rests low else. The one block that a designer replaces by a standard cell.
//
// en_i is taken by a latch while clk_i is low, so that it may come as late as any flip-flop's input
// and clk_o has no spike: it rises with clk_i or not at all. test_en_i (scan shift) lets every
// clock run. This text is the model for simulation: a continuous assign, so that clk_o rises in the
// same time step as clk_i, before any flip-flop has changed. The latch here is the only one;
// synthesis does not read this text: `cimrtl synth` writes the library's own clock gate in its
// place, another flow maps it (DC, Genus: the cell; an FPGA: a clock buffer with enable). A gate
// that always passes the clock is wrong: registers behind it have no other enable. Golden twin:
// none (no arithmetic); the test compares with a cycle's enable.
`default_nettype none

module cim_clock_gate (
  input  wire logic clk_i,
  input  wire logic en_i,
  input  wire logic test_en_i,
  output logic      clk_o
);
  logic en_q;
  always_latch if (!clk_i) en_q = en_i || test_en_i;
  assign clk_o = clk_i && en_q;
endmodule

`default_nettype wire

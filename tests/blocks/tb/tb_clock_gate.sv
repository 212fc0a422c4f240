// SPDX-License-Identifier: Apache-2.0
// cim_clock_gate, with a counter on its clock and one that counts the same cycles by an enable, each
// in turn fed by the other: a clock that came late or early would show.
module tb_clock_gate (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic       enable, test, clk_gated;
  logic [7:0] data, gated_q, free_q, after_q, before_q;
  assign {data, test, enable} = in_i;
  cim_clock_gate u_dut (
    .clk_i(clk_i), .en_i(enable), .test_en_i(test), .clk_o(clk_gated)
  );
  always_ff @(posedge clk_gated) gated_q <= data;                    // the inputs, if enabled
  always_ff @(posedge clk_i) if (enable || test) free_q <= data;     // the same
  always_ff @(posedge clk_i) after_q <= gated_q;                     // from the gated clock to the free
  always_ff @(posedge clk_gated) before_q <= after_q;                // and back
  assign out_o = {before_q, after_q, free_q, gated_q, clk_gated};
endmodule

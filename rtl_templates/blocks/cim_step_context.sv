// SPDX-License-Identifier: Apache-2.0
// Carries a step's digital context (position, sign, flags) to where its codes are used: from the
// start of its conversions (start_i) to the codes' own register, one cycle behind. Two registers,
// each of which loads once a step; no reset (a context is used only with codes of its step). Golden
// twin: none.
`default_nettype none

module cim_step_context #(
  parameter int unsigned Bits = 6
) (
  input  wire logic            clk_i,
  input  wire logic            start_i,
  input  wire logic [Bits-1:0] context_i,
  output logic [Bits-1:0]      code_context_o
);
  logic [Bits-1:0] convert_q;
  logic            start_q;
  always_ff @(posedge clk_i) begin
    start_q <= start_i;
    if (start_i) convert_q <= context_i;
    if (start_q) code_context_o <= convert_q;
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// A binary network's next activation: one bit an output, 1 if the result reaches the output's
// threshold (>=), both signed. Results come as ResultBits, thresholds as Bits >= ResultBits.
// Combinational, one comparator an output: it stands before the output register, which then keeps a
// bit in place of a result. Golden twin: `result` of the binsparx scheme.
`default_nettype none

module binsparx_threshold #(
  parameter int unsigned Outputs    = 8,
  parameter int unsigned ResultBits = 12,
  parameter int unsigned Bits       = 12
) (
  input  wire logic [Outputs*ResultBits-1:0] result_i,
  input  wire logic [Outputs*Bits-1:0]       threshold_i,
  output logic [Outputs-1:0]                 reached_o
);
  if (Bits < ResultBits) begin : gen_check
    $error("binsparx_threshold: Bits >= ResultBits");
  end

  for (genvar o = 0; o < Outputs; o++) begin : gen_output
    logic signed [Bits-1:0] result, threshold;
    for (genvar i = 0; i < Bits; i++) begin : gen_extend
      assign result[i] = result_i[o*ResultBits + ((i < ResultBits) ? i : ResultBits - 1)];
    end
    assign threshold    = threshold_i[o*Bits +: Bits];
    assign reached_o[o] = result >= threshold;
  end
endmodule

`default_nettype wire

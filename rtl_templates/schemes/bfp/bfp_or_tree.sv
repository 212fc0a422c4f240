// SPDX-License-Identifier: Apache-2.0
// OR of the enabled rows' elements: its highest 1 is the first toggled bit of them all.
// Rows elements of Bits, enable_i a bit a row. Combinational. Golden twin: the block's range in the
// bfp scheme of golden.
`default_nettype none

module bfp_or_tree #(
  parameter int unsigned Rows = 64,
  parameter int unsigned Bits = 8
) (
  input  wire logic [Rows*Bits-1:0] elements_i,
  input  wire logic [Rows-1:0]      enable_i,
  output logic [Bits-1:0]           any_o
);
  if (Rows < 1 || Bits < 1) begin : gen_check
    $error("bfp_or_tree: Rows, Bits >= 1");
  end

  for (genvar b = 0; b < Bits; b++) begin : gen_bit
    logic [Rows-1:0] ones;
    for (genvar r = 0; r < Rows; r++) begin : gen_row
      assign ones[r] = elements_i[r*Bits + b] & enable_i[r];
    end
    assign any_o[b] = |ones;
  end
endmodule

`default_nettype wire

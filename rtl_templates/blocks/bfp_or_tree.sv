// OR of all present rows' elements of one group: its highest 1 is the group's first toggled bit.
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
  always_comb begin
    any_o = '0;
    for (int unsigned r = 0; r < Rows; r++) begin
      any_o = any_o | (elements_i[r*Bits +: Bits] & {Bits{enable_i[r]}});
    end
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Row drive of a group: its bits, inverted if flip_i; 0 for a row that is not enabled (absent, or
// of another group), after the inversion: an absent row is never driven, and no idle row toggles.
// Combinational. Golden twin: a' of the binsparx scheme.
`default_nettype none

module binsparx_row_driver #(
  parameter int unsigned Rows = 64
) (
  input  wire logic [Rows-1:0] bits_i,
  input  wire logic            flip_i,
  input  wire logic [Rows-1:0] row_en_i,
  output logic [Rows-1:0]      row_drive_o
);
  assign row_drive_o = (bits_i ^ {Rows{flip_i}}) & row_en_i;
endmodule

`default_nettype wire

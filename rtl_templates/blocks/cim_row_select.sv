// SPDX-License-Identifier: Apache-2.0
// The rows that a step drives: those of the group that begins at base_i, less the absent ones
// (row index >= rows_i). Combinational. Golden twin: the group's row range in
// golden::run_reference.
`default_nettype none

module cim_row_select #(
  parameter int unsigned Rows       = 64,
  parameter int unsigned ActiveRows = 64,
  localparam int unsigned RowsBits  = $clog2(Rows + 1)
) (
  input  wire logic [RowsBits-1:0] rows_i,
  input  wire logic [RowsBits-1:0] base_i,
  output logic [Rows-1:0]          row_en_o
);
  if (ActiveRows < 1 || Rows % ActiveRows != 0) begin : gen_check
    $error("cim_row_select: ActiveRows must divide Rows");
  end

  for (genvar r = 0; r < Rows; r++) begin : gen_row
    localparam int unsigned Base = (r / ActiveRows) * ActiveRows;
    assign row_en_o[r] = (rows_i > RowsBits'(r)) &&
                         (ActiveRows == Rows || base_i == RowsBits'(Base));
  end
endmodule

`default_nettype wire

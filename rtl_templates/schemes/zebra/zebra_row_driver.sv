// SPDX-License-Identifier: Apache-2.0
// ZEBRA's pattern decoder: from the codes {S, P, b3..b0} of all rows and the step i to the row
// drive {sign, level, magnitude} = {S, P, b_i}: magnitude says whether the row is driven in this
// step, level 1 means lambda times the voltage, sign 1 the negative side. 0 for a row that is not
// enabled, and sign and level are 0 where the magnitude is, so that an idle row does not toggle.
// Combinational. Golden twin: `drive` of the zebra scheme.
`default_nettype none

module zebra_row_driver #(
  parameter int unsigned Rows = 64
) (
  input  wire logic [Rows*6-1:0] codes_i,
  input  wire logic [1:0]        step_i,
  input  wire logic [Rows-1:0]   row_en_i,
  output logic [Rows*3-1:0]      row_drive_o
);
  for (genvar r = 0; r < Rows; r++) begin : gen_row
    logic magnitude;
    always_comb begin
      unique case (step_i)
        2'd0:    magnitude = codes_i[r*6 + 0];
        2'd1:    magnitude = codes_i[r*6 + 1];
        2'd2:    magnitude = codes_i[r*6 + 2];
        default: magnitude = codes_i[r*6 + 3];
      endcase
    end
    assign row_drive_o[r*3 +: 3] = (row_en_i[r] && magnitude) ? {codes_i[r*6 + 4 +: 2], 1'b1}
                                                              : 3'b0;
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// ZEBRA's input encoder: an integer in [-255, 255] (9-bit two's complement) to its code
// {S, P, b3, b2, b1, b0}: the nearest level of the pattern, on a tie the smaller, above the maximum
// the maximum; S = 0 for zero. Levels[5m +: 5] is {P, b3..b0} of magnitude m, made by the generator
// from the pattern's positions and ratio; synthesis turns the constant into logic. -256 is taken
// as -255. Combinational, one element. Golden twin: the zebra scheme's `encode`, exhaustive.
`default_nettype none

module zebra_encoder #(
  parameter logic [256*5-1:0] Levels = '0
) (
  input  wire logic [8:0] value_i,
  output logic [5:0]      code_o
);
  logic [8:0] negated;
  logic [7:0] magnitude;
  logic [4:0] level;

  assign negated = -value_i;
  always_comb begin
    magnitude = value_i[7:0];
    if (value_i[8]) magnitude = negated[8] ? 8'd255 : negated[7:0];
  end
  assign level  = Levels[magnitude*5 +: 5];
  assign code_o = {value_i[8] && level[3:0] != 4'd0, level};
endmodule

`default_nettype wire

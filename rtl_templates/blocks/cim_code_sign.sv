// SPDX-License-Identifier: Apache-2.0
// Sign of one ADC code before the shift-add: value_o = code extended by one bit, inverted when
// negate_i; a negated code counts value_o + 1 (one's complement here, the missing 1 enters the
// adder's carry, so no second adder is needed). valid_i low makes both 0.
// Signed says how the code is extended. Combinational. Golden twin: the sign of cw(j)·cx(t).
`default_nettype none

module cim_code_sign #(
  parameter int unsigned CodeBits = 7,
  parameter bit          Signed   = 1'b0
) (
  input  wire logic                valid_i,
  input  wire logic [CodeBits-1:0] code_i,
  input  wire logic                negate_i,
  output logic [CodeBits:0]        value_o,
  output logic                     carry_o
);
  logic [CodeBits:0] extended;
  assign extended = {Signed && code_i[CodeBits-1], code_i};
  assign value_o  = {(CodeBits + 1){valid_i}} & (extended ^ {(CodeBits + 1){negate_i}});
  assign carry_o  = valid_i && negate_i;
endmodule

`default_nettype wire

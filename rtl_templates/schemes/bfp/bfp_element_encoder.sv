// SPDX-License-Identifier: Apache-2.0
// Dynamic blocks: codes one input as it arrives, {shift, mantissa}: its own leading-one detector
// and rounder. Mantissa 0 for input 0: it joins no pass. Combinational.
// Golden twin: the dynamic rounding of the bfp scheme of golden, exhaustive.
`default_nettype none

module bfp_element_encoder #(
  parameter int unsigned Bits         = 8,
  parameter int unsigned MantissaBits = 4,
  localparam int unsigned LengthBits  = $clog2(MantissaBits + 1),
  localparam int unsigned ShiftBits   = (Bits > 1) ? $clog2(Bits) : 1
) (
  input  wire logic [Bits-1:0]                   value_i,
  input  wire logic [LengthBits-1:0]             length_i,
  input  wire logic [MantissaBits-1:0]           mask_i,
  output logic [ShiftBits+MantissaBits-1:0]      code_o
);
  if (MantissaBits < 1 || MantissaBits > Bits) begin : gen_check
    $error("bfp_element_encoder: 1 <= MantissaBits <= Bits");
  end

  logic [ShiftBits-1:0] shift;
  bfp_leading_one #(.Bits(Bits), .MantissaBits(MantissaBits)) u_leading_one (
    .value_i(value_i), .length_i(length_i), .shift_o(shift)
  );
  bfp_rounder #(.Bits(Bits), .MantissaBits(MantissaBits), .Own(1'b1)) u_rounder (
    .values_i(value_i), .shift_i(shift), .mask_i(mask_i),
    .shift_o(code_o[MantissaBits +: ShiftBits]), .mantissas_o(code_o[MantissaBits-1:0])
  );
endmodule

`default_nettype wire

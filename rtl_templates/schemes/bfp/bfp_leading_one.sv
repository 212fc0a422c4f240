// SPDX-License-Identifier: Apache-2.0
// Leading-one detector and the shift that follows from it: shift_o = max(0, E - m + 1), E the index
// of the highest 1 of value_i (Bits wide) and m = length_i, 1..MantissaBits; 0 for value 0.
// Combinational. Golden twin: msb and the shift in the bfp scheme of golden.
`default_nettype none

module bfp_leading_one #(
  parameter int unsigned Bits         = 8,
  parameter int unsigned MantissaBits = 4,
  localparam int unsigned LengthBits  = $clog2(MantissaBits + 1),
  localparam int unsigned ShiftBits   = (Bits > 1) ? $clog2(Bits) : 1
) (
  input  wire logic [Bits-1:0]       value_i,
  input  wire logic [LengthBits-1:0] length_i,
  output logic [ShiftBits-1:0]       shift_o
);
  if (MantissaBits < 1 || MantissaBits > Bits) begin : gen_check
    $error("bfp_leading_one: 1 <= MantissaBits <= Bits");
  end

  // The number of bits up to the highest 1, less m, if that is positive.
  localparam int unsigned SizeBits = $clog2(Bits + 1) + 1;
  logic [SizeBits-1:0] size, excess;

  always_comb begin
    size = '0;
    for (int unsigned b = 0; b < Bits; b++) begin
      if (value_i[b]) size = SizeBits'(b + 1);
    end
  end
  assign excess  = size - SizeBits'(length_i);
  assign shift_o = excess[SizeBits-1] ? '0 : excess[ShiftBits-1:0];

  if (SizeBits - 1 > ShiftBits) begin : gen_unused
    logic unused_excess;
    assign unused_excess = ^excess[SizeBits-2:ShiftBits];
  end
endmodule

`default_nettype wire

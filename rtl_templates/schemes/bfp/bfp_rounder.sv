// SPDX-License-Identifier: Apache-2.0
// Rounds the elements of Rows rows, all under one shift s, to their mantissas: with k = value >> s
// and the bit below it,
//     r = k + value[s-1]      (round half up; the bit is 0 for s = 0)
// Only the next lower bit decides, so one shifter by s gives both; it shifts by the largest power
// first, whose result is then the narrowest. Overflow (all m bits of k are 1, and so is the bit
// below): without Own the mantissa is clamped, r = 2^m - 1; with Own (each element has its own
// shift, Rows = 1) r = 2^(m-1) and s + 1, except at the greatest shift Bits - m, where it is
// clamped too. There the highest 1, bit m + s - 1 of the value, is the top one, so that bit alone
// tells.
//
// mask_i: the low m bits, 1 <= m <= MantissaBits. value < 2^(m + s) is required. Combinational.
// Golden twin: R(q, s) and the cases around it in the bfp scheme of golden.
`default_nettype none

module bfp_rounder #(
  parameter int unsigned Rows         = 1,
  parameter int unsigned Bits         = 8,
  parameter int unsigned MantissaBits = 4,
  parameter bit          Own          = 1'b0,
  localparam int unsigned ShiftBits   = (Bits > 1) ? $clog2(Bits) : 1
) (
  input  wire logic [Rows*Bits-1:0]         values_i,
  input  wire logic [ShiftBits-1:0]         shift_i,
  input  wire logic [MantissaBits-1:0]      mask_i,
  output logic [ShiftBits-1:0]              shift_o,
  output logic [Rows*MantissaBits-1:0]      mantissas_o
);
  if (MantissaBits < 1 || MantissaBits > Bits || (Own && Rows != 1)) begin : gen_check
    $error("bfp_rounder: MantissaBits must be 1..Bits; Own is for one row");
  end

  for (genvar r = 0; r < Rows; r++) begin : gen_row
    logic [Bits-1:0]         value;
    logic [Bits:0]           shifted;
    logic [MantissaBits-1:0] kept, rounded;
    logic                    up, full;

    assign value = values_i[r*Bits +: Bits];
    always_comb begin
      shifted = {value, 1'b0};
      for (int b = ShiftBits - 1; b >= 0; b--) begin
        if (shift_i[b]) shifted = shifted >> (1 << b);
      end
    end
    assign up      = shifted[0];
    assign kept    = shifted[MantissaBits:1];
    assign full    = &(kept | ~mask_i);
    assign rounded = kept + MantissaBits'(up && !full);

    if (Own) begin : gen_own
      logic grow;
      assign grow        = up && full && !value[Bits-1];
      assign shift_o     = shift_i + ShiftBits'(grow);
      assign mantissas_o = rounded & ~((mask_i >> 1) & {MantissaBits{grow}});
    end else begin : gen_block
      assign mantissas_o[r*MantissaBits +: MantissaBits] = rounded;
    end

    if (Bits > MantissaBits) begin : gen_unused
      logic unused_shifted;
      assign unused_shifted = ^shifted[Bits:MantissaBits+1];
    end
  end

  if (!Own) begin : gen_shared
    assign shift_o = shift_i;
  end
endmodule

`default_nettype wire

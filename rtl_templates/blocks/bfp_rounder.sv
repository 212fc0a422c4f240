// Rounds one element to its mantissa: with t = value >> s and the bit below it,
//     r = t + value[s-1]      (round half up; the bit is 0 for s = 0)
// Only the next lower bit decides, so one shifter by s gives both. Overflow (t all ones in the
// m bits of mask_i, and the bit is 1): without Own the mantissa is clamped, r = 2^m - 1; with Own
// (each element has its own shift) r = 2^(m-1) and s + 1, except at the greatest shift Bits - m,
// where it is clamped too. value < 2^(m + s) is required. Combinational.
// Golden twin: R(q, s) and the cases around it in the bfp scheme of golden.
`default_nettype none

module bfp_rounder #(
  parameter int unsigned Bits         = 8,
  parameter int unsigned MantissaBits = 4,
  parameter bit          Own          = 1'b0,
  localparam int unsigned LengthBits  = $clog2(MantissaBits + 1),
  localparam int unsigned ShiftBits   = (Bits > 1) ? $clog2(Bits) : 1
) (
  input  wire logic [Bits-1:0]         value_i,
  input  wire logic [ShiftBits-1:0]    shift_i,
  input  wire logic [LengthBits-1:0]   length_i,
  input  wire logic [MantissaBits-1:0] mask_i,
  output logic [ShiftBits-1:0]         shift_o,
  output logic [MantissaBits-1:0]      mantissa_o
);
  logic [Bits:0]           shifted;
  logic [MantissaBits-1:0] kept;
  logic                    up, full;

  assign shifted = {value_i, 1'b0} >> shift_i;
  assign up      = shifted[0];
  assign kept    = shifted[MantissaBits:1];
  assign full    = kept == mask_i;

  if (Own) begin : gen_own
    logic last;
    assign last = 32'(shift_i) + 32'(length_i) == Bits;
    always_comb begin
      mantissa_o = kept + MantissaBits'(up && !full);
      shift_o    = shift_i;
      if (up && full && !last) begin
        mantissa_o = mask_i & ~(mask_i >> 1);
        shift_o    = shift_i + ShiftBits'(1);
      end
    end
  end else begin : gen_block
    assign mantissa_o = kept + MantissaBits'(up && !full);
    assign shift_o    = shift_i;
    logic unused_length;
    assign unused_length = ^length_i;
  end

  if (Bits > MantissaBits) begin : gen_unused
    logic unused_shifted;
    assign unused_shifted = ^shifted[Bits:MantissaBits+1];
  end
endmodule

`default_nettype wire

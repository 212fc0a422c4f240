// Static blocks: codes a whole tile between the load and the work buffer. The block is the group's
// present rows (row index < rows_i): one OR-tree and leading-one detector a group give its shift, one
// rounder a row its mantissa under it. Absent rows get anything. Combinational.
// Golden twin: the static block of the bfp scheme of golden.
`default_nettype none

module bfp_block_encoder #(
  parameter int unsigned Rows         = 64,
  parameter int unsigned ActiveRows   = 64,
  parameter int unsigned Bits         = 8,
  parameter int unsigned MantissaBits = 4,
  localparam int unsigned Groups      = Rows / ActiveRows,
  localparam int unsigned RowsBits    = $clog2(Rows + 1),
  localparam int unsigned LengthBits  = $clog2(MantissaBits + 1),
  localparam int unsigned ShiftBits   = (Bits > 1) ? $clog2(Bits) : 1
) (
  input  wire logic [Rows*Bits-1:0]          elements_i,
  input  wire logic [RowsBits-1:0]           rows_i,
  input  wire logic [LengthBits-1:0]         length_i,
  input  wire logic [MantissaBits-1:0]       mask_i,
  output logic [Rows*MantissaBits-1:0]       mantissas_o,
  output logic [Groups*ShiftBits-1:0]        shifts_o
);
  for (genvar g = 0; g < Groups; g++) begin : gen_group
    localparam int unsigned First = g * ActiveRows;
    logic [ActiveRows-1:0] present;
    logic [Bits-1:0]       any;

    bfp_or_tree #(.Rows(ActiveRows), .Bits(Bits)) u_or_tree (
      .elements_i(elements_i[First*Bits +: ActiveRows*Bits]), .enable_i(present), .any_o(any)
    );
    bfp_leading_one #(.Bits(Bits), .MantissaBits(MantissaBits)) u_leading_one (
      .value_i(any), .length_i(length_i), .shift_o(shifts_o[g*ShiftBits +: ShiftBits])
    );

    for (genvar r = 0; r < ActiveRows; r++) begin : gen_row
      logic [ShiftBits-1:0] unused_shift;
      assign present[r] = rows_i > RowsBits'(First + r);
      bfp_rounder #(.Bits(Bits), .MantissaBits(MantissaBits)) u_rounder (
        .value_i(elements_i[(First + r)*Bits +: Bits]),
        .shift_i(shifts_o[g*ShiftBits +: ShiftBits]), .mask_i(mask_i), .shift_o(unused_shift),
        .mantissa_o(mantissas_o[(First + r)*MantissaBits +: MantissaBits])
      );
    end
  end
endmodule

`default_nettype wire

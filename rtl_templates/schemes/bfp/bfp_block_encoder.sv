// SPDX-License-Identifier: Apache-2.0
// Static blocks: codes a whole tile between the load and the work buffer. One leading-one detector
// a group gives the shift of its range, one rounder the mantissas of its rows under it. Absent rows
// get anything. All rows at once: the range is known with the last beat only, and a tile may have a
// single step, so that a slower way to the work buffer would leave ADCs idle. Combinational. Golden
// twin: the static block of the bfp scheme of golden.
`default_nettype none

module bfp_block_encoder #(
  parameter int unsigned Rows         = 64,
  parameter int unsigned ActiveRows   = 64,
  parameter int unsigned Bits         = 8,
  parameter int unsigned MantissaBits = 4,
  localparam int unsigned Groups      = Rows / ActiveRows,
  localparam int unsigned LengthBits  = $clog2(MantissaBits + 1),
  localparam int unsigned ShiftBits   = (Bits > 1) ? $clog2(Bits) : 1
) (
  input  wire logic [Rows*Bits-1:0]          elements_i,
  input  wire logic [Groups*Bits-1:0]        ranges_i,  // OR of a group's present elements
  input  wire logic [LengthBits-1:0]         length_i,
  input  wire logic [MantissaBits-1:0]       mask_i,
  output logic [Rows*MantissaBits-1:0]       mantissas_o,
  output logic [Groups*ShiftBits-1:0]        shifts_o
);
  if (ActiveRows < 1 || Rows % ActiveRows != 0) begin : gen_check
    $error("bfp_block_encoder: ActiveRows must divide Rows");
  end

  for (genvar g = 0; g < Groups; g++) begin : gen_group
    localparam int unsigned First = g * ActiveRows;
    logic [ShiftBits-1:0] unused_shift;

    bfp_leading_one #(.Bits(Bits), .MantissaBits(MantissaBits)) u_leading_one (
      .value_i(ranges_i[g*Bits +: Bits]), .length_i(length_i),
      .shift_o(shifts_o[g*ShiftBits +: ShiftBits])
    );
    bfp_rounder #(.Rows(ActiveRows), .Bits(Bits), .MantissaBits(MantissaBits)) u_rounder (
      .values_i(elements_i[First*Bits +: ActiveRows*Bits]),
      .shift_i(shifts_o[g*ShiftBits +: ShiftBits]), .mask_i(mask_i), .shift_o(unused_shift),
      .mantissas_o(mantissas_o[First*MantissaBits +: ActiveRows*MantissaBits])
    );
  end
endmodule

`default_nettype wire

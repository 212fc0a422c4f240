// SPDX-License-Identifier: Apache-2.0
// The mantissa length m of each vector: the register's value, sampled with the vector's first beat
// and held for the whole vector, so that the register may change at any time without a drain.
//
// length_o: m of the vector whose beat is being taken, or whose tile is being loaded. The register
// should hold 1..MantissaBits: 0 counts as 1, more as MantissaBits. mask_o: the low m bits.
// Combinational from the register in the first beat itself. No reset: set by each vector.
// Golden twin: none (a setting); the values are golden::Spec::bfp.mantissa.
`default_nettype none

module bfp_mantissa #(
  parameter int unsigned MantissaBits = 4,
  localparam int unsigned LengthBits  = $clog2(MantissaBits + 1)
) (
  input  wire logic                    clk_i,
  input  wire logic [LengthBits-1:0]   register_i,
  input  wire logic                    vector_begin_i,
  output logic [LengthBits-1:0]        length_o,
  output logic [MantissaBits-1:0]      mask_o
);
  if (MantissaBits < 1) begin : gen_check
    $error("bfp_mantissa: MantissaBits >= 1");
  end

  logic [LengthBits-1:0] length_q, legal;

  localparam int unsigned Greatest = (1 << LengthBits) - 1;
  logic over;
  if (Greatest > MantissaBits) begin : gen_over
    assign over = 32'(register_i) > MantissaBits;
  end else begin : gen_none_over
    assign over = 1'b0;
  end
  assign legal = over               ? LengthBits'(MantissaBits)
               : (register_i == '0) ? LengthBits'(1)
                                    : register_i;

  always_ff @(posedge clk_i) begin
    if (vector_begin_i) length_q <= legal;
  end
  assign length_o = vector_begin_i ? legal : length_q;

  for (genvar t = 0; t < MantissaBits; t++) begin : gen_mask
    assign mask_o[t] = 32'(length_o) > t;
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Left shift of a signed value by pos_i: value_o = value_i · 2^pos_i modulo 2^OutBits, the vacated
// bits filled with fill_i (1 for a value in one's complement, whose missing 1 is added later:
// ~(x << p) = (~x << p) with ones below). A chain of multiplexers, smallest distance first, so that
// each stage is only as wide as what it can hold. Combinational. Golden twin: multiplication by
// 2^pos.
`default_nettype none

module cim_shifter #(
  parameter int unsigned InBits  = 8,
  parameter int unsigned PosBits = 4,
  parameter int unsigned OutBits = 24
) (
  input  wire logic [InBits-1:0]  value_i,
  input  wire logic               fill_i,
  input  wire logic [PosBits-1:0] pos_i,
  output logic [OutBits-1:0]      value_o
);
  if (InBits < 2 || PosBits < 1) begin : gen_check
    $error("cim_shifter: InBits >= 2, PosBits >= 1");
  end

  localparam int unsigned WorkBits = (OutBits > InBits) ? OutBits : InBits;
  // Replicated: Yosys 0.23 reads a parameter's '1 as 1.
  localparam logic [WorkBits-1:0] Ones = {WorkBits{1'b1}};
  logic [WorkBits-1:0] work;

  always_comb begin
    work = {{(WorkBits - InBits + 1){value_i[InBits-1]}}, value_i[InBits-2:0]};
    for (int unsigned s = 0; s < PosBits; s++) begin
      if (pos_i[s]) work = (work << (1 << s)) | (fill_i ? ~(Ones << (1 << s)) : '0);
    end
  end
  assign value_o = work[OutBits-1:0];
endmodule

`default_nettype wire

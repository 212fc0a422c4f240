// SPDX-License-Identifier: Apache-2.0
// Dynamic blocks: the passes of one group. A code is {shift, mantissa}; the rows with the same
// shift make one pass, the passes come in ascending order of shift. Rows with mantissa 0 join none.
//
// While nothing is begun (pass_valid_o low) and valid_i is high, the shifts present among the rows
// of group_en_i are found within the cycle: none, then group_empty_o; else the first pass stands
// from the next cycle on. pass_end_i ends a pass: the next one stands in the following cycle,
// without a gap; after the last (last_o) pass_valid_o falls. Codes and group_en_i stand meanwhile.
// row_en_o: the rows of the pass. shift_o: its shift. Bits: shifts are 0 .. Bits - 1. Reset:
// pass_valid_o only. Golden twin: the passes of the bfp scheme of golden.
`default_nettype none

module bfp_pass_finder #(
  parameter int unsigned Rows         = 64,
  parameter int unsigned Bits         = 8,
  parameter int unsigned MantissaBits = 4,
  localparam int unsigned ShiftBits   = (Bits > 1) ? $clog2(Bits) : 1,
  localparam int unsigned CodeBits    = MantissaBits + ShiftBits
) (
  input  wire logic                     clk_i,
  input  wire logic                     rst_ni,
  input  wire logic                     valid_i,
  input  wire logic [Rows-1:0]          group_en_i,
  input  wire logic [Rows*CodeBits-1:0] codes_i,
  output logic                          group_empty_o,
  output logic                          pass_valid_o,
  input  wire logic                     pass_end_i,
  output logic                          last_o,
  output logic [ShiftBits-1:0]          shift_o,
  output logic [Rows-1:0]               row_en_o
);
  if (MantissaBits < 1 || MantissaBits > Bits) begin : gen_check
    $error("bfp_pass_finder: 1 <= MantissaBits <= Bits");
  end

  logic                 valid_q;
  logic [ShiftBits-1:0] shift_q, first_shift;
  logic [Bits-1:0]      left_q;           // passes after the present one, a bit for each shift
  logic [Bits-1:0]      present, choice, first;
  logic [Rows-1:0]      live;             // rows of the group that join a pass

  for (genvar r = 0; r < Rows; r++) begin : gen_row
    logic [ShiftBits-1:0] shift;
    assign shift       = codes_i[r*CodeBits + MantissaBits +: ShiftBits];
    assign live[r]     = group_en_i[r] && codes_i[r*CodeBits +: MantissaBits] != '0;
    assign row_en_o[r] = live[r] && shift == shift_q;
  end

  always_comb begin
    present = '0;
    for (int unsigned r = 0; r < Rows; r++) begin
      for (int unsigned s = 0; s < Bits; s++) begin
        if (live[r] && codes_i[r*CodeBits + MantissaBits +: ShiftBits] == ShiftBits'(s)) begin
          present[s] = 1'b1;
        end
      end
    end
  end

  // The lowest of those to come.
  assign choice = valid_q ? left_q : present;
  assign first  = choice & (~choice + Bits'(1));
  always_comb begin
    first_shift = '0;
    for (int unsigned s = 0; s < Bits; s++) begin
      if (first[s]) first_shift = first_shift | ShiftBits'(s);
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= 1'b0;
    else if (!valid_q) valid_q <= valid_i && present != '0;
    else if (pass_end_i) valid_q <= !last_o;
  end
  always_ff @(posedge clk_i) begin
    if (!valid_q || pass_end_i) begin
      left_q  <= choice & ~first;
      shift_q <= first_shift;
    end
  end

  assign group_empty_o = !valid_q && present == '0;
  assign pass_valid_o  = valid_q;
  assign last_o        = left_q == '0;
  assign shift_o       = shift_q;
endmodule

`default_nettype wire

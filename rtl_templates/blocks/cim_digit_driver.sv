// SPDX-License-Identifier: Apache-2.0
// Row drive of schemes whose step drives one digit of each input: row_drive_o[r] is digit step_i
// (DigitBits wide, least significant digit first) of element r, and 0 for a row that is not
// enabled, so that no idle row toggles. Combinational. Golden twin: `drive` of the conventional
// scheme.
`default_nettype none

module cim_digit_driver #(
  parameter int unsigned Rows        = 64,
  parameter int unsigned ElementBits = 8,
  parameter int unsigned DigitBits   = 1,
  localparam int unsigned Steps      = ElementBits / DigitBits,
  localparam int unsigned StepBits   = (Steps > 1) ? $clog2(Steps) : 1
) (
  input  wire logic [Rows*ElementBits-1:0] elements_i,
  input  wire logic [StepBits-1:0]         step_i,
  input  wire logic [Rows-1:0]             row_en_i,
  output logic [Rows*DigitBits-1:0]        row_drive_o
);
  if (ElementBits % DigitBits != 0) begin : gen_check
    $error("cim_digit_driver: DigitBits must divide ElementBits");
  end

  for (genvar r = 0; r < Rows; r++) begin : gen_row
    logic [DigitBits-1:0] digit;
    always_comb begin
      digit = '0;
      for (int unsigned t = 0; t < Steps; t++) begin
        if (Steps == 1 || step_i == StepBits'(t)) begin
          digit = elements_i[r*ElementBits + t*DigitBits +: DigitBits];
        end
      end
    end
    assign row_drive_o[r*DigitBits +: DigitBits] = row_en_i[r] ? digit : '0;
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Digital offset correction where codes enter the datapath: one subtraction an ADC, shared by all
// its columns, before the register for its code.
//
//   code_o[a] = code_i[a] - correction_i[a]        not clamped
//
// Signed says how the delivered codes are extended; corrections and corrected codes are signed.
// UsedBits holds every difference, so it is above CodeBits and above CorrectionBits. Combinational.
// Golden twin: code - C[a] in golden::Array
// (docs/spec/analog.md, "Digital offset correction").
`default_nettype none

module cim_code_correction #(
  parameter int unsigned Adcs           = 4,
  parameter int unsigned CodeBits       = 7,
  parameter bit          Signed         = 1'b0,
  parameter int unsigned CorrectionBits = 4,
  parameter int unsigned UsedBits       = 9
) (
  input  wire logic [Adcs*CodeBits-1:0]       code_i,
  input  wire logic [Adcs*CorrectionBits-1:0] correction_i,
  output logic [Adcs*UsedBits-1:0]            code_o
);
  if (UsedBits <= CodeBits || UsedBits <= CorrectionBits) begin : gen_check
    $error("cim_code_correction: UsedBits above CodeBits and CorrectionBits");
  end

  // In parts: Verilator unrolls a generate loop 3072 times at most.
  for (genvar p = 0; p < Adcs; p = p + 1024) begin : gen_part
    for (genvar a = p; a < Adcs && a < p + 1024; a++) begin : gen_adc
      logic [CodeBits-1:0]       code;
      logic [CorrectionBits-1:0] correction;
      assign code       = code_i[a*CodeBits +: CodeBits];
      assign correction = correction_i[a*CorrectionBits +: CorrectionBits];
      assign code_o[a*UsedBits +: UsedBits] =
          {{(UsedBits - CodeBits){Signed && code[CodeBits-1]}}, code}
        - {{(UsedBits - CorrectionBits){correction[CorrectionBits-1]}}, correction};
    end
  end
endmodule

`default_nettype wire

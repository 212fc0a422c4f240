// SPDX-License-Identifier: Apache-2.0
// Turns one code into the exact product's share of its group, for the lane's accumulator:
//
//   term_o + carry_o = (-1)^(f_w xor flip_i) · (4·Step·code - 2·ones_i + C)
//
// The register word word_i is {f_w, floor(C/2)} with Weights, else floor(C/2) in two's complement:
// C is as odd as the number of present rows (odd_i), so its lowest bit is not stored. Step is the
// ADC's, so the product with the code (CodeSigned: an offset
// is subtracted from it) is shifts and adds. The sign is one's complement here; its
// missing 1 enters the adder's carry. Exact: TermBits holds every value of the sum, Bits >=
// TermBits. No code (valid_i low): 0. Combinational. Golden twin: y of the binsparx scheme.
`default_nettype none

module binsparx_correction #(
  parameter int unsigned CodeBits   = 6,
  parameter bit          CodeSigned = 1'b0,
  parameter int unsigned Step       = 1,
  parameter int unsigned OnesBits   = 6,
  parameter int unsigned WordBits   = 7,
  parameter bit          Weights    = 1'b1,
  parameter int unsigned TermBits   = 9,
  parameter int unsigned Bits       = 12
) (
  input  wire logic                valid_i,
  input  wire logic [CodeBits-1:0] code_i,
  input  wire logic [WordBits-1:0] word_i,
  // Of the step
  input  wire logic                flip_i,
  input  wire logic                odd_i,
  input  wire logic [OnesBits-1:0] ones_i,
  output logic [Bits-1:0]          term_o,
  output logic                     carry_o
);
  if (Bits < TermBits || TermBits < 2 || OnesBits >= TermBits) begin : gen_check
    $error("binsparx_correction: 2 <= TermBits <= Bits, OnesBits < TermBits");
  end
  localparam int unsigned HalfBits = TermBits - 1;  // of all but the lowest bit

  logic [HalfBits-1:0] correction, code, half;
  logic                flip_column, negate;
  logic [TermBits-1:0] value;

  if (Weights) begin : gen_word
    assign flip_column = word_i[WordBits-1];
    assign correction  = HalfBits'(word_i[WordBits-2:0]);
  end else begin : gen_plain_word
    assign flip_column = 1'b0;
    for (genvar i = 0; i < HalfBits; i++) begin : gen_extend
      assign correction[i] = word_i[(i < WordBits) ? i : WordBits - 1];
    end
  end

  if (CodeSigned) begin : gen_signed_code
    assign code = HalfBits'($signed(code_i));
  end else begin : gen_code
    assign code = HalfBits'(code_i);
  end

  always_comb begin
    half = correction - HalfBits'(ones_i);
    for (int unsigned s = 0; s < 16; s++) begin
      if (Step[s]) half = half + (code << (s + 1));
    end
  end

  assign negate  = flip_column ^ flip_i;
  assign value   = {half, odd_i} ^ {TermBits{negate}};
  assign term_o  = {{(Bits - TermBits + 1){value[TermBits-1]}}, value[TermBits-2:0]}
                 & {Bits{valid_i}};
  assign carry_o = valid_i && negate;
endmodule

`default_nettype wire

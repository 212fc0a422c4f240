// SPDX-License-Identifier: Apache-2.0
// One multiplier of the output stage: a wide sum to the next layer's input,
//
//   y = clamp(floor((acc * M + 2^(S-1)) / 2^S) + Z, L, H)
//
// acc signed, AccBits; M unsigned, MultiplierBits; S 1..63 (0 counts as 1); Z, L, H signed, OutBits + 1,
// L <= H; y: the low OutBits of the clamped value. Rounding is half up, exact: no bit of the
// product is lost before the rounding.
//
// Five stages, one for each edge with enable_i: the operands; partial products of ChunkBits of M
// each; their sum; the shift by S - 1, limited to what the clamp can tell apart; rounding, zero
// point and clamp. Multiplier and shifter so never lie on one path. acc_i, m_i and s_i go with each
// other; zero_i, low_i and high_i are used in the last stage and have to stand still. No reset.
//
// The limit: t = floor(acc * M / 2^(S-1)) is replaced by the nearest value of TBits = OutBits + 4.
// Beyond it (t + 1) / 2 + Z is above every H or below every L, since |Z| <= 2^OutBits and L, H fit
// OutBits + 1 bits.
// Golden twin: golden::requantize (docs/spec/output.md).
`default_nettype none

module cim_requantizer #(
  parameter int unsigned AccBits        = 24,
  parameter int unsigned MultiplierBits = 16,
  parameter int unsigned OutBits        = 8
) (
  input  wire logic                             clk_i,
  input  wire logic                             enable_i,
  input  wire logic signed [AccBits-1:0]        acc_i,
  input  wire logic        [MultiplierBits-1:0] m_i,
  input  wire logic        [5:0]                s_i,
  input  wire logic signed [OutBits:0]          zero_i,
  input  wire logic signed [OutBits:0]          low_i,
  input  wire logic signed [OutBits:0]          high_i,
  output logic             [OutBits-1:0]        y_o
);
  if (AccBits < 2 || MultiplierBits < 1 || OutBits < 1) begin : gen_check
    $error("cim_requantizer: AccBits >= 2, MultiplierBits >= 1, OutBits >= 1");
  end

  localparam int unsigned ChunkBits   = 8;
  localparam int unsigned Chunks      = (MultiplierBits + ChunkBits - 1) / ChunkBits;
  localparam int unsigned PartBits    = AccBits + ChunkBits + 1;
  localparam int unsigned ProductBits = AccBits + Chunks * ChunkBits + 1;
  localparam int unsigned TBits       = OutBits + 4;
  localparam int unsigned WideBits    = (ProductBits > TBits) ? ProductBits : TBits;

  // Operands
  logic signed [AccBits-1:0]      acc_q;
  logic [Chunks*ChunkBits-1:0]    m_q;
  logic [5:0]                     shift_q, part_shift_q, product_shift_q;

  always_ff @(posedge clk_i) begin
    if (enable_i) begin
      acc_q   <= acc_i;
      m_q     <= (Chunks * ChunkBits)'(m_i);
      shift_q <= (s_i == 6'd0) ? 6'd0 : s_i - 6'd1;
    end
  end

  // Partial products
  logic [Chunks*PartBits-1:0] parts_q;

  for (genvar k = 0; k < Chunks; k++) begin : gen_part
    logic signed [PartBits-1:0] part;
    assign part = acc_q * $signed({1'b0, m_q[k*ChunkBits +: ChunkBits]});
    always_ff @(posedge clk_i) begin
      if (enable_i) parts_q[k*PartBits +: PartBits] <= part;
    end
  end

  // Their sum
  logic signed [ProductBits-1:0] sum;
  logic signed [WideBits-1:0]    product_q;

  always_comb begin
    sum = '0;
    for (int unsigned k = 0; k < Chunks; k++) begin
      sum = sum + (ProductBits'($signed(parts_q[k*PartBits +: PartBits])) <<< (k * ChunkBits));
    end
  end

  always_ff @(posedge clk_i) begin
    if (enable_i) begin
      part_shift_q    <= shift_q;
      product_shift_q <= part_shift_q;
      product_q       <= WideBits'(sum);
    end
  end

  // Shift and limit
  logic signed [WideBits-1:0] shifted;
  logic signed [TBits-1:0]    limited, limited_q;

  assign shifted = product_q >>> product_shift_q;

  if (WideBits > TBits) begin : gen_limit
    logic fits;
    assign fits    = (shifted[WideBits-1:TBits-1] == {(WideBits - TBits + 1){shifted[WideBits-1]}});
    assign limited = fits ? $signed(shifted[TBits-1:0])
                          : $signed({shifted[WideBits-1], {(TBits - 1){!shifted[WideBits-1]}}});
  end else begin : gen_no_limit
    assign limited = shifted;
  end

  always_ff @(posedge clk_i) begin
    if (enable_i) limited_q <= limited;
  end

  // Rounding, zero point, clamp
  logic signed [TBits:0] up, rounded, moved, clamped;

  assign up      = (TBits + 1)'(limited_q) + $signed({{TBits{1'b0}}, 1'b1});
  assign rounded = up >>> 1;
  assign moved   = rounded + (TBits + 1)'(zero_i);

  always_comb begin
    clamped = moved;
    if (moved < (TBits + 1)'(low_i)) clamped = (TBits + 1)'(low_i);
    else if (moved > (TBits + 1)'(high_i)) clamped = (TBits + 1)'(high_i);
  end

  always_ff @(posedge clk_i) begin
    if (enable_i) y_o <= clamped[OutBits-1:0];
  end

  logic unused_clamped;
  assign unused_clamped = ^clamped[TBits:OutBits];
endmodule

`default_nettype wire

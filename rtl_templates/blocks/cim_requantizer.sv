// SPDX-License-Identifier: Apache-2.0
// One multiplier of the output stage: a wide sum to the next layer's input,
//
//   y = clamp(floor((acc * M + 2^(S-1)) / 2^S) + Z, L, H)
//
// acc signed, AccBits; M unsigned, MultiplierBits; S 1..63 (0 counts as 1); Z, L, H signed,
// OutBits + 1, L <= H; y: the low OutBits of the clamped value. Rounding is half up, exact: no bit
// of the product is lost before the rounding.
//
// Stages, one for each edge with enable_i: the operands; partial products of 8 bits of M each;
// their sum, a pair of them a stage; the shift by S - 1, limited to what the clamp can tell apart;
// rounding, zero point and clamp: 4 + max(1, clog2(ceil(MultiplierBits / 8))) in all. Multiplier
// and shifter so never lie on one path, nor do two additions. acc_i, m_i and s_i go with each
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
  localparam int unsigned Levels      = (Chunks > 1) ? $clog2(Chunks) : 1;
  localparam int unsigned Leaves      = 1 << Levels;
  localparam int unsigned ProductBits = AccBits + Leaves * ChunkBits + 1;
  localparam int unsigned TBits       = OutBits + 4;
  localparam int unsigned WideBits    = (ProductBits > TBits) ? ProductBits : TBits;

  // Operands
  logic signed [AccBits-1:0]      acc_q;
  logic [Chunks*ChunkBits-1:0]    m_q;
  logic [5:0]                     shift_q;

  always_ff @(posedge clk_i) begin
    if (enable_i) begin
      acc_q   <= acc_i;
      m_q     <= (Chunks * ChunkBits)'(m_i);
      shift_q <= (s_i == 6'd0) ? 6'd0 : s_i - 6'd1;
    end
  end

  // Partial products, and their sums in pairs: node n of level l stands for ChunkBits << l bits
  // of M
  logic [(Levels+1)*Leaves*ProductBits-1:0] nodes_q;
  logic [(Levels+1)*6-1:0]                  shifts_q;

  for (genvar n = 0; n < Leaves; n++) begin : gen_part
    localparam int unsigned PartBits = AccBits + ChunkBits + 1;
    if (n < Chunks) begin : gen_used
      logic signed [PartBits-1:0] part_q;
      always_ff @(posedge clk_i) begin
        if (enable_i) part_q <= acc_q * $signed({1'b0, m_q[n*ChunkBits +: ChunkBits]});
      end
      assign nodes_q[n*ProductBits +: ProductBits] = ProductBits'(part_q);
    end else begin : gen_unused
      assign nodes_q[n*ProductBits +: ProductBits] = '0;
    end
  end

  for (genvar l = 1; l <= Levels; l++) begin : gen_level
    localparam int unsigned Shift    = ChunkBits << (l - 1);
    localparam int unsigned NodeBits = AccBits + 2 * Shift + 1;
    for (genvar n = 0; n < Leaves; n++) begin : gen_node
      localparam int unsigned To = (l * Leaves + n) * ProductBits;
      if (n < (Leaves >> l)) begin : gen_used
        localparam int unsigned From = ((l - 1) * Leaves + 2 * n) * ProductBits;
        logic signed [AccBits+Shift:0] even, odd;
        logic signed [NodeBits-1:0]    sum_q;
        assign even = nodes_q[From +: AccBits + Shift + 1];
        assign odd  = nodes_q[From + ProductBits +: AccBits + Shift + 1];
        always_ff @(posedge clk_i) begin
          if (enable_i) sum_q <= NodeBits'(even) + (NodeBits'(odd) <<< Shift);
        end
        assign nodes_q[To +: ProductBits] = ProductBits'(sum_q);
      end else begin : gen_unused
        assign nodes_q[To +: ProductBits] = '0;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (enable_i) shifts_q <= {shifts_q[Levels*6-1:0], shift_q};
  end

  logic signed [WideBits-1:0] product;
  assign product = WideBits'($signed(nodes_q[Levels*Leaves*ProductBits +: ProductBits]));

  // Shift and limit
  logic signed [WideBits-1:0] shifted;
  logic signed [TBits-1:0]    limited, limited_q;

  assign shifted = product >>> shifts_q[Levels*6 +: 6];

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

  logic unused;
  assign unused = ^{clamped[TBits:OutBits], nodes_q};
endmodule

`default_nettype wire

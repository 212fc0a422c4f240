// SPDX-License-Identifier: Apache-2.0
// One visit's codes, put back to scale and summed: sum_o + carry_o = sum over the Terms of
// ±(u + c0) · scale [· 2^plane position], one cycle after a visit (valid_i), and it stays until the
// next one's.
//
// u: the ADC's code, signed, of the visited ADC (visit e: ADCs e·Terms … of the lane). c0: the
// centre of its plane, signed, CenterBits (without HasCenter the codes stand for themselves).
// scale: ScaleBits, unsigned, of the ADC's own column (ByColumn: scale_i holds one for each ADC of
// the lane) or of the plane (one for each term); ScaleBits = 0: no multiplication. Terms = 1: one
// multiplier for all ADCs of the lane, a negated product in one's complement (the missing 1 in
// carry_o), not shifted. Terms > 1: the terms are shifted by their planes' positions and summed.
// Exact: SumBits holds every sum. Register: sum_o, no reset; behind a cim_clock_gate if
// GateBits > 0 and it has at least so many bits.
// Golden twin: sign · code · scale in golden's column_quant.
`default_nettype none

module column_product #(
  parameter int unsigned Visits       = 4,
  parameter int unsigned Terms        = 1,
  parameter int unsigned CodeBits     = 4,
  parameter bit          HasCenter    = 1'b1,
  parameter int unsigned CenterBits   = 8,
  parameter int unsigned ScaleBits    = 8,
  parameter bit          ByColumn     = 1'b1,
  parameter int unsigned PlanePosBits = 3,
  parameter int unsigned SumBits      = 17,
  parameter int unsigned GateBits     = 0,
  localparam int unsigned VisitBits = (Visits > 1) ? $clog2(Visits) : 1,
  localparam int unsigned Scales    = ByColumn ? Visits * Terms : Terms,
  localparam int unsigned ScalesBits = (ScaleBits > 0) ? Scales * ScaleBits : 1
) (
  input  wire logic                             clk_i,
  input  wire logic                             test_en_i,
  input  wire logic                             valid_i,
  input  wire logic [VisitBits-1:0]             visit_i,
  input  wire logic [Visits*Terms*CodeBits-1:0] code_i,
  input  wire logic [ScalesBits-1:0]            scale_i,
  input  wire logic [Terms*CenterBits-1:0]      center_i,
  input  wire logic [Terms-1:0]                 negate_i,
  input  wire logic [Terms*PlanePosBits-1:0]    plane_pos_i,
  output logic [SumBits-1:0]                    sum_o,
  output logic                                  carry_o
);
  localparam int unsigned WideBits  = (CodeBits > CenterBits) ? CodeBits : CenterBits;
  localparam int unsigned FullBits  = HasCenter ? WideBits + 1 : CodeBits;
  // Values and products that occur may need less than their operands' widths say: never more
  // than a sum.
  localparam int unsigned ValueBits   = (FullBits < SumBits) ? FullBits : SumBits;
  localparam int unsigned ProductBits = (ValueBits + ScaleBits < SumBits) ? ValueBits + ScaleBits
                                                                         : SumBits;

  // The visited codes.
  logic [Terms*CodeBits-1:0] code;
  always_comb begin
    code = '0;
    for (int unsigned e = 0; e < Visits; e++) begin
      if (visit_i == VisitBits'(e)) code = code | code_i[e*Terms*CodeBits +: Terms*CodeBits];
    end
  end

  logic [Terms*SumBits-1:0] products;  // extended
  for (genvar a = 0; a < Terms; a++) begin : gen_term
    logic signed [ValueBits-1:0]   value;
    logic signed [ProductBits-1:0] product;
    if (HasCenter) begin : gen_center
      assign value = ValueBits'($signed(code[a*CodeBits +: CodeBits]))
                   + ValueBits'($signed(center_i[a*CenterBits +: CenterBits]));
    end else begin : gen_no_center
      assign value = ValueBits'($signed(code[a*CodeBits +: CodeBits]));
    end

    if (ScaleBits > 0) begin : gen_scale
      logic [ScaleBits-1:0] scale;
      if (ByColumn) begin : gen_own
        always_comb begin
          scale = '0;
          for (int unsigned e = 0; e < Visits; e++) begin
            if (visit_i == VisitBits'(e)) begin
              scale = scale | scale_i[(e*Terms + a)*ScaleBits +: ScaleBits];
            end
          end
        end
      end else begin : gen_plane
        assign scale = scale_i[a*ScaleBits +: ScaleBits];
      end
      assign product = value * $signed({1'b0, scale});
    end else begin : gen_plain
      assign product = value;
    end
    assign products[a*SumBits +: SumBits] = SumBits'(product);
  end

  localparam bit Gate = GateBits > 0 && SumBits >= GateBits;
  logic clk_sum;
  if (Gate) begin : gen_gate
    cim_clock_gate u_gate (
      .clk_i(clk_i), .en_i(valid_i), .test_en_i(test_en_i), .clk_o(clk_sum)
    );
  end else begin : gen_clock
    assign clk_sum = clk_i;
  end

  if (Terms == 1) begin : gen_one
    always_ff @(posedge clk_sum) begin
      if (Gate || valid_i) begin
        sum_o   <= products ^ {SumBits{negate_i[0]}};
        carry_o <= negate_i[0];
      end
    end
    logic unused_pos;
    assign unused_pos = ^plane_pos_i;
  end else begin : gen_many
    logic [SumBits-1:0] sum;
    always_comb begin
      sum = '0;
      for (int unsigned a = 0; a < Terms; a++) begin
        sum = sum + ((products[a*SumBits +: SumBits] << plane_pos_i[a*PlanePosBits +: PlanePosBits])
                     ^ {SumBits{negate_i[a]}}) + SumBits'(negate_i[a]);
      end
    end
    always_ff @(posedge clk_sum) if (Gate || valid_i) sum_o <= sum;
    assign carry_o = 1'b0;
  end

  logic unused;
  assign unused = ^{code, center_i, scale_i, test_en_i, valid_i};
endmodule

`default_nettype wire

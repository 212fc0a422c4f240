// SPDX-License-Identifier: Apache-2.0
// Variants of column_product; the list is repeated in column_product_test.cpp.
module column_product_case #(
  parameter int unsigned Visits = 1, Terms = 1, CodeBits = 1, parameter bit HasCenter = 0,
  parameter int unsigned CenterBits = 8, ScaleBits = 0, parameter bit ByColumn = 0,
  parameter int unsigned SumBits = 2, GateBits = 0
) (
  input  logic clk_i,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned VisitBits  = (Visits > 1) ? $clog2(Visits) : 1;
  localparam int unsigned Scales     = ByColumn ? Visits * Terms : Terms;
  localparam int unsigned ScalesBits = (ScaleBits > 0) ? Scales * ScaleBits : 1;
  logic valid, carry;
  logic [VisitBits-1:0]             visit;
  logic [Visits*Terms*CodeBits-1:0] code;
  logic [ScalesBits-1:0]            scale;
  logic [Terms*CenterBits-1:0]      center;
  logic [Terms-1:0]                 negate;
  logic [Terms*3-1:0]               pos;
  logic [SumBits-1:0]               sum;
  assign {pos, negate, center, scale, code, visit, valid} = in_i;
  assign out_o = {carry, sum};
  column_product #(
    .Visits(Visits), .Terms(Terms), .CodeBits(CodeBits), .HasCenter(HasCenter),
    .CenterBits(CenterBits), .ScaleBits(ScaleBits), .ByColumn(ByColumn), .PlanePosBits(3),
    .SumBits(SumBits), .GateBits(GateBits)
  ) u_dut (
    .clk_i(clk_i), .test_en_i(1'b0), .valid_i(valid), .visit_i(visit), .code_i(code), .scale_i(scale),
    .center_i(center), .negate_i(negate), .plane_pos_i(pos), .sum_o(sum), .carry_o(carry)
  );
endmodule

module tb_column_product (
  input  logic clk_i, rst_ni,
  input  logic [8*1024-1:0] in_i,
  output logic [8*1024-1:0] out_o
);
  column_product_case #(1, 1, 3, 1, 4, 3, 1, 8)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  column_product_case #(2, 1, 2, 0, 8, 0, 0, 2)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  column_product_case #(4, 1, 8, 1, 8, 16, 1, 25)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  column_product_case #(3, 1, 1, 1, 8, 8, 0, 18)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  column_product_case #(2, 4, 4, 1, 8, 8, 1, 30)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  column_product_case #(1, 3, 5, 0, 8, 5, 0, 22)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  // Behind clock gates.
  column_product_case #(4, 1, 8, 1, 8, 16, 1, 25, 8)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  column_product_case #(2, 4, 4, 1, 8, 8, 1, 30, 8)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
endmodule

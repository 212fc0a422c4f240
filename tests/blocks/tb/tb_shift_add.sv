// SPDX-License-Identifier: Apache-2.0
// Variants of cim_shift_add; the list is repeated in shift_add_test.cpp. Plane positions count
// 0, 1, 2 … (Twisted: 0, 2, 4, 6), the planes in Negate count negatively.
module shift_add_case #(
  parameter int unsigned Adcs = 1, Share = 1, Planes = 1, CodeBits = 2,
  parameter bit Signed = 0, parameter int unsigned Stride = 1,
  parameter logic [7:0] Negate = '0, parameter int unsigned StepPosBits = 1, SumBits = 8, Bits = 16
) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1;
  localparam int unsigned PosBits = 3;
  function automatic logic [Planes*PosBits-1:0] positions();
    positions = '0;
    for (int unsigned j = 0; j < Planes; j++)
      positions[j*PosBits +: PosBits] = PosBits'(j * Stride);
  endfunction

  logic [Adcs-1:0]            valid;
  logic [Adcs*CodeBits-1:0]   code;
  logic [Adcs*ColumnBits-1:0] column;
  logic [StepPosBits-1:0]     pos;
  logic                       negate, carry, first, last;
  logic [Bits-1:0]            term;
  assign {column, code, valid, negate, pos} = in_i;
  assign out_o = {last, first, carry, term};
  cim_shift_add #(
    .Adcs(Adcs), .Share(Share), .Planes(Planes), .CodeBits(CodeBits), .Signed(Signed),
    .PlanePosBits(PosBits), .PlanePos(positions()), .PlaneNegate(Negate[Planes-1:0]),
    .StepPosBits(StepPosBits), .SumBits(SumBits), .Bits(Bits)
  ) u_dut (
    .valid_i(valid), .code_i(code), .next_column_i(column), .step_pos_i(pos),
    .step_negate_i(negate), .term_o(term), .carry_o(carry), .first_plane_o(first),
    .last_plane_o(last)
  );
endmodule

module tb_shift_add (
  input  logic clk_i, rst_ni,
  input  logic [8*1024-1:0] in_i,
  output logic [8*1024-1:0] out_o
);
  shift_add_case #(1, 1, 1, 3, 0, 1, 8'h01, 2, 8, 12)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  shift_add_case #(1, 4, 4, 5, 1, 2, 8'h00, 3, 8, 20)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  shift_add_case #(1, 6, 3, 4, 0, 1, 8'h04, 3, 8, 13)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  shift_add_case #(1, 8, 8, 7, 0, 1, 8'h80, 3, 8, 24)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
  shift_add_case #(4, 1, 4, 3, 0, 1, 8'h08, 2, 7, 11)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]));
  shift_add_case #(2, 2, 4, 4, 1, 2, 8'h00, 3, 12, 20)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]));
  shift_add_case #(2, 3, 6, 6, 0, 1, 8'h20, 3, 13, 22)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]));
  shift_add_case #(8, 1, 8, 9, 0, 1, 8'h80, 3, 18, 40)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]));
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of column_decode; the list is repeated in column_decode_test.cpp. Plane j counts
// 2^(Stride · (j % Slices)), from j = Slices on negatively.
module column_decode_case #(
  parameter int unsigned Share = 1, Planes = 1, Visits = 1, Terms = 1, Outputs = 1, Slices = 1,
  Stride = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1;
  localparam int unsigned VisitBits  = (Visits > 1) ? $clog2(Visits) : 1;
  function automatic logic [Planes*3-1:0] positions();
    positions = '0;
    for (int unsigned j = 0; j < Planes; j++) positions[j*3 +: 3] = 3'(j % Slices * Stride);
  endfunction
  function automatic logic [Planes-1:0] signs();
    for (int unsigned j = 0; j < Planes; j++) signs[j] = j >= Slices;
  endfunction

  logic valid, first_tile, first_vector, plane_turn, add_valid, add_first, add_turn;
  logic add_first_tile, add_first_vector;
  logic [VisitBits-1:0]  visit;
  logic [ColumnBits-1:0] column;
  logic [2:0]            step_pos;
  logic [Terms-1:0]      negate;
  logic [Terms*3-1:0]    plane_pos;
  logic [3:0]            add_pos;
  assign {first_vector, first_tile, step_pos, column, visit, valid} = in_i;
  assign out_o = {add_first_vector, add_first_tile, add_turn, add_first, add_pos, add_valid,
    plane_pos,
                  negate, plane_turn};
  column_decode #(
    .Share(Share), .Planes(Planes), .Visits(Visits), .Terms(Terms), .Outputs(Outputs),
    .PlanePosBits(3), .PlanePos(positions()), .PlaneNegate(signs()), .StepPosBits(3), .AddPosBits(4)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .valid_i(valid), .visit_i(visit), .column_i(column),
    .step_pos_i(step_pos), .first_tile_i(first_tile), .first_vector_i(first_vector),
    .plane_turn_o(plane_turn), .negate_o(negate), .plane_pos_o(plane_pos), .add_valid_o(add_valid),
    .add_pos_o(add_pos), .add_first_o(add_first), .add_turn_o(add_turn),
    .add_first_tile_o(add_first_tile), .add_first_vector_o(add_first_vector)
  );
endmodule

module tb_column_decode (
  input  logic clk_i, rst_ni,
  input  logic [7*1024-1:0] in_i,
  output logic [7*1024-1:0] out_o
);
  column_decode_case #(4, 4, 4, 1, 4, 2, 2)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  column_decode_case #(1, 1, 1, 1, 1, 1, 1)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  column_decode_case #(6, 3, 1, 1, 2, 3, 1)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  column_decode_case #(2, 8, 8, 1, 2, 4, 1)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  column_decode_case #(1, 6, 6, 1, 1, 3, 2)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  column_decode_case #(2, 12, 3, 2, 1, 6, 1)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  column_decode_case #(1, 8, 1, 8, 1, 4, 1)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
endmodule

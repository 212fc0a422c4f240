// SPDX-License-Identifier: Apache-2.0
// Variants of zebra_encoder, one per pattern: Base = {base[3], base[2], base[1], base[0]}, Ratio.
// The list is repeated in zebra_encoder_test.cpp. The level table is searched here: for each
// magnitude all codes, downwards, the nearest kept; on a tie the smaller level, then pattern 0.
module zebra_encoder_case #(parameter logic [11:0] Base = '0, parameter int Ratio = 1) (
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  function automatic int level_of(input int code);
    level_of = 0;
    for (int k = 0; k < 4; k++) begin
      if (code[k]) level_of = level_of + (1 << Base[3*k +: 3]);
    end
    if (code[4]) level_of = level_of * Ratio;
  endfunction

  function automatic logic [256*5-1:0] table_of();
    int best, distance;
    table_of = '0;
    for (int m = 0; m < 256; m++) begin
      best = 0;
      for (int code = 1; code < 32; code++) begin
        distance = (m > level_of(code)) ? m - level_of(code) : level_of(code) - m;
        if (distance < ((m > level_of(best)) ? m - level_of(best) : level_of(best) - m) ||
            (distance == ((m > level_of(best)) ? m - level_of(best) : level_of(best) - m) &&
             level_of(code) < level_of(best))) best = code;
      end
      table_of[m*5 +: 5] = best[4:0];
    end
  endfunction

  logic [5:0] code;
  assign out_o = code;
  zebra_encoder #(.Levels(table_of())) u_dut (.value_i(in_i[8:0]), .code_o(code));
endmodule

module tb_zebra_encoder (
  input  logic clk_i, rst_ni,
  input  logic [5*1024-1:0] in_i,
  output logic [5*1024-1:0] out_o
);
  zebra_encoder_case #({3'd6, 3'd4, 3'd2, 3'd0}, 2)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]));
  zebra_encoder_case #({3'd3, 3'd2, 3'd1, 3'd0}, 4)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]));
  zebra_encoder_case #({3'd5, 3'd4, 3'd1, 3'd0}, 4)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]));
  zebra_encoder_case #({3'd3, 3'd2, 3'd1, 3'd0}, 2)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]));
  zebra_encoder_case #({3'd7, 3'd5, 3'd3, 3'd2}, 1)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]));
endmodule

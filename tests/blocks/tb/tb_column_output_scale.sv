// SPDX-License-Identifier: Apache-2.0
// Variants of column_output_scale; the list is repeated in column_output_scale_test.cpp.
module column_output_scale_case #(
  parameter int unsigned Elements = 1, InBits = 1, ScaleBits = 1, OutBits = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic valid, ready, last, out_valid, out_ready, out_last;
  logic [Elements*InBits-1:0]  data;
  logic [ScaleBits-1:0]        scale;
  logic [Elements*OutBits-1:0] result;
  assign {data, scale, last, out_ready, valid} = in_i;
  assign out_o = {result, out_last, out_valid, ready};
  column_output_scale #(
    .Elements(Elements), .InBits(InBits), .ScaleBits(ScaleBits), .OutBits(OutBits)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .scale_i(scale), .valid_i(valid), .ready_o(ready),
    .data_i(data), .last_i(last), .valid_o(out_valid), .ready_i(out_ready), .data_o(result),
    .last_o(out_last)
  );
endmodule

module tb_column_output_scale (
  input  logic clk_i, rst_ni,
  input  logic [3*1024-1:0] in_i,
  output logic [3*1024-1:0] out_o
);
  column_output_scale_case #(1, 6, 5, 11)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  column_output_scale_case #(3, 20, 16, 40)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  column_output_scale_case #(2, 4, 1, 4)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
endmodule

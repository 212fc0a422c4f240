// SPDX-License-Identifier: Apache-2.0
// Variants of cim_adc_interface; the list is repeated in adc_interface_test.cpp.
module adc_interface_case #(parameter int unsigned Share = 1, CodeBits = 1) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1;
  logic start, done, req_valid, req_ready, resp_valid, code_valid;
  logic [ColumnBits-1:0] req_column, next_column;
  logic [CodeBits-1:0]   resp_code, code;
  assign {resp_code, resp_valid, req_ready, start} = in_i;
  assign out_o = {code, next_column, req_column, code_valid, req_valid, done};
  cim_adc_interface #(.Share(Share), .CodeBits(CodeBits)) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .start_i(start), .done_o(done), .req_valid_o(req_valid),
    .req_ready_i(req_ready), .req_column_o(req_column), .resp_valid_i(resp_valid),
    .resp_code_i(resp_code), .code_valid_o(code_valid), .code_o(code), .next_column_o(next_column)
  );
endmodule

module tb_adc_interface (
  input  logic clk_i, rst_ni,
  input  logic [5*1024-1:0] in_i,
  output logic [5*1024-1:0] out_o
);
  adc_interface_case #(1, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  adc_interface_case #(2, 7)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  adc_interface_case #(3, 4)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  adc_interface_case #(8, 16)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  adc_interface_case #(12, 5)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of column_adc_interface; the list is repeated in column_adc_interface_test.cpp.
module column_adc_interface_case #(parameter int unsigned Share = 1, CodeBits = 1) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1;
  logic start, over, room_wait, room_turn, done, req_valid, req_ready, next, resp_valid, code_valid, take, soon;
  logic [ColumnBits-1:0] column;
  logic [CodeBits-1:0]   resp_code, code;
  assign {resp_code, resp_valid, req_ready, soon, take, start} = in_i;
  assign out_o = {code, column, next, code_valid, req_valid, done};
  // What turns take is taken, if any does.
  assign done = over && (take || soon ? room_turn : room_wait);
  column_adc_interface #(.Share(Share), .CodeBits(CodeBits)) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .start_i(start), .done_o(over), .room_wait_o(room_wait),
    .room_turn_o(room_turn), .turn_i(take), .turn_soon_i(soon), .req_valid_o(req_valid),
    .req_ready_i(req_ready), .req_column_o(column), .next_o(next), .resp_valid_i(resp_valid),
    .resp_code_i(resp_code), .code_valid_o(code_valid), .code_o(code), .take_i(take), .soon_i(soon)
  );
endmodule

module tb_column_adc_interface (
  input  logic clk_i, rst_ni,
  input  logic [4*1024-1:0] in_i,
  output logic [4*1024-1:0] out_o
);
  column_adc_interface_case #(1, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  column_adc_interface_case #(2, 8)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  column_adc_interface_case #(3, 4)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  column_adc_interface_case #(8, 5)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
endmodule

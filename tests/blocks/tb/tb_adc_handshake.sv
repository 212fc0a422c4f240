// SPDX-License-Identifier: Apache-2.0
// Variants of cim_adc_handshake; the list is repeated in adc_handshake_test.cpp.
module adc_handshake_case #(parameter int unsigned Adcs = 1) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic [Adcs-1:0] quiet, request, answered, adc_request, acknowledge;
  assign {acknowledge, request} = in_i;
  assign out_o = {answered, adc_request, &quiet};
  cim_adc_handshake #(.Adcs(Adcs)) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .request_i(request), .answered_o(answered), .quiet_o(quiet),
    .adc_request_o(adc_request), .adc_acknowledge_i(acknowledge)
  );
endmodule

module tb_adc_handshake (
  input  logic clk_i, rst_ni,
  input  logic [2*1024-1:0] in_i,
  output logic [2*1024-1:0] out_o
);
  adc_handshake_case #(1) u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  adc_handshake_case #(3) u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
endmodule

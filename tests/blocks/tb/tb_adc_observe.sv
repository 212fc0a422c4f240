// SPDX-License-Identifier: Apache-2.0
// Variants of cim_adc_observe; the list is repeated in adc_observe_test.cpp.
module adc_observe_case #(
  parameter int unsigned Adcs = 2, parameter int unsigned Share = 3, parameter int unsigned CodeBits = 6,
  parameter bit CodeSigned = 0, parameter int unsigned UsedBits = 6, parameter int unsigned CountBits = 16,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic [Adcs-1:0] req_valid, req_ready, resp_valid, adc_valid, adc_ready, adc_resp, quiet;
  logic [Adcs*ColumnBits-1:0] req_column, adc_column;
  logic [Adcs*CodeBits-1:0] raw, adc_code;
  logic [Adcs*UsedBits-1:0] code, used;
  logic quiet_all;
  logic [4:0] write;
  logic [3:0] index;
  logic [31:0] wdata;
  logic [159:0] rdata;
  logic [2:0] any;
  assign {quiet, used, adc_code, adc_resp, adc_ready, req_column, req_valid, wdata, index, write} = in_i;
  assign out_o = {any, quiet_all, adc_column, adc_valid, code, raw, resp_valid, req_ready, rdata};
  cim_adc_observe #(
    .Adcs(Adcs), .Share(Share), .CodeBits(CodeBits), .CodeSigned(CodeSigned), .UsedBits(UsedBits),
    .CountBits(CountBits), .TimeBits(8), .DataBits(32), .IndexBits(4)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .req_valid_i(req_valid), .req_ready_o(req_ready),
    .req_column_i(req_column), .resp_valid_o(resp_valid), .raw_o(raw), .code_o(code),
    .adc_req_valid_o(adc_valid), .adc_req_ready_i(adc_ready), .adc_req_column_o(adc_column),
    .adc_resp_valid_i(adc_resp), .adc_resp_code_i(adc_code), .used_code_i(used), .quiet_i(quiet),
    .quiet_o(quiet_all), .write_i(write), .index_i(index), .wdata_i(wdata), .rdata_o(rdata), .any_o(any)
  );
endmodule

module tb_adc_observe (
  input  logic clk_i, rst_ni,
  input  logic [2*1024-1:0] in_i,
  output logic [2*1024-1:0] out_o
);
  adc_observe_case #(3, 3, 6, 0, 7, 6) u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  adc_observe_case #(2, 1, 5, 1, 5, 16) u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
endmodule

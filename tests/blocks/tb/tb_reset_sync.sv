// SPDX-License-Identifier: Apache-2.0
// cim_reset_sync: its reset and its bypass are inputs of the slice, so that they change at any time.
module tb_reset_sync (
  input  logic clk_i, rst_ni,
  input  logic [1*1024-1:0] in_i,
  output logic [1*1024-1:0] out_o
);
  logic bypass, reset_n, reset_no;
  assign {bypass, reset_n} = in_i[1:0];
  assign out_o = 1024'(reset_no);
  cim_reset_sync u_dut (
    .clk_i(clk_i), .rst_ni(reset_n & rst_ni), .bypass_i(bypass), .rst_no(reset_no)
  );
endmodule

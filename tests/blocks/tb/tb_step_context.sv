// SPDX-License-Identifier: Apache-2.0
// Variants of cim_step_context; the list is repeated in step_context_test.cpp.
module step_context_case #(parameter int unsigned Bits = 1) (
  input  logic clk_i,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic            start;
  logic [Bits-1:0] context_in, context_out;
  assign {context_in, start} = in_i;
  assign out_o = context_out;
  cim_step_context #(.Bits(Bits)) u_dut (
    .clk_i(clk_i), .start_i(start), .context_i(context_in), .code_context_o(context_out)
  );
endmodule

module tb_step_context (
  input  logic clk_i, rst_ni,
  input  logic [2*1024-1:0] in_i,
  output logic [2*1024-1:0] out_o
);
  step_context_case #(1)  u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  step_context_case #(11) u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
endmodule

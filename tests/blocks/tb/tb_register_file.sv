// SPDX-License-Identifier: Apache-2.0
// Variants of cim_register_file; the list is repeated in register_file_test.cpp.
module register_file_case #(
  parameter int unsigned Entries = 1, Bits = 2, DataBits = 32, IndexBits = 1,
  parameter bit Signed = 1, HasReset = 0, parameter int unsigned Reset = 0, GateBits = 0
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic                    write;
  logic [IndexBits-1:0]    index;
  logic [DataBits-1:0]     data, read;
  logic [Entries*Bits-1:0] values;
  assign {data, index, write} = in_i;
  assign out_o = {values, read};
  cim_register_file #(
    .Entries(Entries), .Bits(Bits), .DataBits(DataBits), .IndexBits(IndexBits),
    .Signed(Signed), .HasReset(HasReset), .Reset(Bits'(Reset)),
    .GateBits(GateBits)
  ) u_dut (
    .clk_i(clk_i), .test_en_i(1'b0), .rst_ni(rst_ni), .write_i(write), .index_i(index), .data_i(data), .data_o(read),
    .values_o(values)
  );
endmodule

module tb_register_file (
  input  logic clk_i, rst_ni,
  input  logic [8*1024-1:0] in_i,
  output logic [8*1024-1:0] out_o
);
  register_file_case #(1, 2, 32, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  register_file_case #(5, 24, 32, 3)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  register_file_case #(8, 32, 32, 4)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  register_file_case #(3, 63, 64, 5)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  register_file_case #(1, 1, 32, 1, 0, 1, 1)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  register_file_case #(6, 9, 32, 3, 0, 1, 300)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  // Behind clock gates.
  register_file_case #(5, 24, 32, 3, 1, 0, 0, 8)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  register_file_case #(6, 9, 32, 3, 0, 1, 300, 8)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
endmodule

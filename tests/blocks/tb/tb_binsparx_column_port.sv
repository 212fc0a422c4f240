// Variants of binsparx_column_port; the list is repeated in binsparx_column_port_test.cpp.
module binsparx_column_port_case #(
  parameter int unsigned Outputs = 1, Lanes = 1, Bits = 2,
  parameter bit Signed = 0,
  parameter int unsigned DataBits = 32, IndexBits = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned LineBits =
      (IndexBits > $clog2(Outputs)) ? IndexBits - $clog2(Outputs) : 1;
  logic access;
  logic [IndexBits-1:0]  index;
  logic [DataBits-1:0]   data;
  logic [LineBits-1:0]   code_line, line;
  logic [Outputs-1:0]    selected;
  logic [Lanes*Bits-1:0] lane_data;
  assign {lane_data, code_line, index, access} = in_i;
  assign out_o = {data, selected, line};
  binsparx_column_port #(
    .Outputs(Outputs), .Lanes(Lanes), .Bits(Bits), .Signed(Signed), .DataBits(DataBits),
    .IndexBits(IndexBits)
  ) u_dut (
    .access_i(access), .index_i(index), .data_o(data), .code_line_i(code_line), .line_o(line),
    .output_o(selected), .lane_data_i(lane_data)
  );
endmodule

module tb_binsparx_column_port (
  input  logic clk_i, rst_ni,
  input  logic [6*1024-1:0] in_i,
  output logic [6*1024-1:0] out_o
);
  binsparx_column_port_case #(1, 1, 2, 0, 32, 1)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  binsparx_column_port_case #(1, 1, 3, 1, 32, 4)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  binsparx_column_port_case #(4, 2, 7, 0, 32, 2)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  binsparx_column_port_case #(6, 3, 5, 1, 32, 7)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  binsparx_column_port_case #(12, 4, 32, 0, 32, 4)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  binsparx_column_port_case #(5, 5, 9, 0, 64, 6)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
endmodule

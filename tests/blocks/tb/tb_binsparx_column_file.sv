// Variants of binsparx_column_file; the list is repeated in binsparx_column_file_test.cpp.
module binsparx_column_file_case #(
  parameter int unsigned Banks = 1, Groups = 1, Outputs = 1, Bits = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned LineBits = (Banks * Groups > 1) ? $clog2(Banks) + $clog2(Groups) : 1;
  localparam int unsigned ColumnBits = (Outputs > 1) ? $clog2(Outputs) : 1;
  logic access, write;
  logic [LineBits-1:0]   line;
  logic [ColumnBits-1:0] next_column;
  logic [Outputs-1:0]    selected;
  logic [Bits-1:0]       wdata, rdata;
  assign {wdata, selected, next_column, line, write, access} = in_i;
  assign out_o = rdata;
  binsparx_column_file #(.Banks(Banks), .Groups(Groups), .Outputs(Outputs), .Bits(Bits)) u_dut (
    .clk_i(clk_i), .line_i(line), .next_column_i(next_column), .access_i(access), .write_i(write),
    .output_i(selected), .data_i(wdata), .data_o(rdata)
  );
endmodule

module tb_binsparx_column_file (
  input  logic clk_i, rst_ni,
  input  logic [6*1024-1:0] in_i,
  output logic [6*1024-1:0] out_o
);
  binsparx_column_file_case #(1, 1, 1, 2)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  binsparx_column_file_case #(1, 1, 3, 7)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  binsparx_column_file_case #(4, 1, 2, 5)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  binsparx_column_file_case #(1, 3, 4, 3)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  binsparx_column_file_case #(3, 5, 3, 6)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  binsparx_column_file_case #(16, 2, 1, 11)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
endmodule

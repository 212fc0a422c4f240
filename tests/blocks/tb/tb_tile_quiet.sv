// Variants of cim_tile_quiet; the list is repeated in tile_quiet_test.cpp.
module tile_quiet_case #(
  parameter int unsigned Drain = 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic empty, idle, quiet, lanes_quiet;
  assign {idle, empty} = in_i;
  assign out_o = {lanes_quiet, quiet};
  cim_tile_quiet #(.Drain(Drain)) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .input_empty_i(empty), .array_idle_i(idle), .quiet_o(quiet),
    .lanes_quiet_o(lanes_quiet)
  );
endmodule

module tb_tile_quiet (
  input  logic clk_i, rst_ni,
  input  logic [3*1024-1:0] in_i,
  output logic [3*1024-1:0] out_o
);
  tile_quiet_case #(0)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  tile_quiet_case #(1)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  tile_quiet_case #(3)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
endmodule

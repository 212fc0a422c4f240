// SPDX-License-Identifier: Apache-2.0
// Variants of cim_config_port; the list is repeated in config_port_test.cpp. Identification word i
// is 0xC0DE0001 + 0x01010101 i.
module config_port_case #(
  parameter int unsigned DataBits = 32, IndexBits = 1, Regions = 1, IdWords = 2,
  parameter logic [3:0] VectorWait = 0, TileWait = 0, ReadWait = 0
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned RegionBits = (Regions > 1) ? $clog2(Regions) : 1;
  localparam int unsigned AddrBits   = RegionBits + IndexBits;
  localparam int unsigned Files      = (Regions > 1) ? Regions - 1 : 1;
  function automatic logic [IdWords*DataBits-1:0] id_words();
    id_words = '0;
    for (int unsigned i = 0; i < IdWords; i++) begin
      id_words[i*DataBits +: DataBits] = DataBits'(32'hC0DE0001 + i * 32'h01010101);
    end
  endfunction

  logic valid, ready, write, rvalid, vector_quiet, tile_quiet, block_vector, block_tile;
  logic [AddrBits-1:0]       addr;
  logic [DataBits-1:0]       data, rdata, file_wdata;
  logic [Files-1:0]          file_write, file_access, file_ready;
  logic [IndexBits-1:0]      file_index;
  logic [Files*DataBits-1:0] file_rdata;
  assign {file_rdata, file_ready, data, addr, write, tile_quiet, vector_quiet, valid} = in_i;
  assign out_o = {file_wdata, file_index, file_access, file_write, rdata, rvalid, block_tile,
    block_vector, ready};
  cim_config_port #(
    .DataBits(DataBits), .IndexBits(IndexBits), .Regions(Regions), .IdWords(IdWords),
    .Id(id_words()),
    .VectorWait(VectorWait[Files-1:0]), .TileWait(TileWait[Files-1:0]),
    .ReadWait(ReadWait[Files-1:0])
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .valid_i(valid), .ready_o(ready), .write_i(write),
    .addr_i(addr), .data_i(data), .rvalid_o(rvalid), .rdata_o(rdata), .vector_quiet_i(vector_quiet),
    .tile_quiet_i(tile_quiet), .block_vector_o(block_vector), .block_tile_o(block_tile),
    .file_access_o(file_access), .file_ready_i(file_ready), .file_write_o(file_write),
    .file_index_o(file_index),
    .file_data_o(file_wdata), .file_data_i(file_rdata)
  );
endmodule

module tb_config_port (
  input  logic clk_i, rst_ni,
  input  logic [4*1024-1:0] in_i,
  output logic [4*1024-1:0] out_o
);
  config_port_case #(32, 2, 1, 2)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  config_port_case #(32, 3, 2, 2, 4'b1)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  config_port_case #(64, 4, 4, 3, 4'b001, 4'b010, 4'b010)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  config_port_case #(32, 1, 3, 1, 4'b10, 4'b01, 4'b10)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// The configuration port: one word a transaction; writes and reads of the register blocks behind
// it.
//
// Word address: {region, index}. Region 0 is read-only identification (Id words). The other regions
// are register files outside (cim_register_file, or a scheme's own): this module decodes the region
// and makes accesses wait. A write to a VectorWait file waits until no vector is in the macro
// (vector_quiet_i), to a TileWait file until nothing is driven or converted (tile_quiet_i); a
// waiting one holds back new vectors (block_vector_o) or tiles (block_tile_o), one cycle late, so
// that no input of this port reaches the streams' ready within a cycle. It is taken while it
// blocks: nothing begins in the cycle in which the register changes. ReadWait: a file's reads wait
// like its writes (it shares its read path with the datapath); other reads never wait. A file may
// take time of its own: its access stands on file_access_o, once it waits for nothing else, until
// file_ready_i (high for files that need none); it is then taken. What it holds back is held back
// all that time, and in the cycle after it.
// A read answers one cycle after it is taken. Rate: one access a cycle once the first has waited.
// Writes to region 0 and to regions that are not there are taken and ignored; such reads give 0.
`default_nettype none

module cim_config_port #(
  parameter int unsigned DataBits   = 32,
  parameter int unsigned IndexBits  = 2,
  parameter int unsigned Regions    = 1,
  parameter int unsigned IdWords    = 2,
  parameter logic [IdWords*DataBits-1:0] Id = '0,
  localparam int unsigned RegionBits = (Regions > 1) ? $clog2(Regions) : 1,
  localparam int unsigned AddrBits   = RegionBits + IndexBits,
  localparam int unsigned Files      = (Regions > 1) ? Regions - 1 : 1,
  parameter logic [Files-1:0] VectorWait = '0,
  parameter logic [Files-1:0] TileWait   = '0,
  parameter logic [Files-1:0] ReadWait   = '0
) (
  input  wire logic                      clk_i,
  input  wire logic                      rst_ni,
  input  wire logic                      valid_i,
  output logic                           ready_o,
  input  wire logic                      write_i,
  input  wire logic [AddrBits-1:0]       addr_i,
  input  wire logic [DataBits-1:0]       data_i,
  output logic                           rvalid_o,
  output logic [DataBits-1:0]            rdata_o,
  input  wire logic                      vector_quiet_i,
  input  wire logic                      tile_quiet_i,
  output logic                           block_vector_o,
  output logic                           block_tile_o,
  // To the register files, region 1 first
  output logic [Files-1:0]               file_access_o,
  input  wire logic [Files-1:0]          file_ready_i,
  output logic [Files-1:0]               file_write_o,
  output logic [IndexBits-1:0]           file_index_o,
  output logic [DataBits-1:0]            file_data_o,
  input  wire logic [Files*DataBits-1:0] file_data_i
);
  logic [RegionBits-1:0] region;
  logic [DataBits-1:0]   read;
  logic                  rvalid_q, block_vector_q, block_tile_q;
  logic                  wait_vector, wait_tile;  // the access in hand has to wait for this
  logic                  granted, file_ready;

  assign region = addr_i[AddrBits-1:IndexBits];
  always_comb begin
    wait_vector = 1'b0;
    wait_tile   = 1'b0;
    for (int unsigned f = 1; f < Regions; f++) begin
      if (region == RegionBits'(f) && (write_i || ReadWait[f-1])) begin
        wait_vector = VectorWait[f-1];
        wait_tile   = TileWait[f-1];
      end
    end
  end

  assign granted = wait_vector ? block_vector_q && vector_quiet_i
                 : wait_tile   ? block_tile_q && tile_quiet_i
                               : 1'b1;
  assign ready_o = granted && file_ready;
  assign block_vector_o = block_vector_q;
  assign block_tile_o   = block_tile_q;

  assign file_index_o = addr_i[IndexBits-1:0];
  assign file_data_o  = data_i;

  always_comb begin
    read = '0;
    file_write_o = '0;
    file_access_o = '0;
    file_ready = 1'b1;
    for (int unsigned i = 0; i < IdWords; i++) begin
      if (addr_i == AddrBits'(i)) read = Id[i*DataBits +: DataBits];
    end
    for (int unsigned f = 1; f < Regions; f++) begin
      if (region == RegionBits'(f)) begin
        read = file_data_i[(f-1)*DataBits +: DataBits];
        file_ready = file_ready_i[f-1];
        file_access_o[f-1] = valid_i && granted;
        file_write_o[f-1] = valid_i && granted && file_ready_i[f-1] && write_i;
      end
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rvalid_q       <= 1'b0;
      block_vector_q <= 1'b0;
      block_tile_q   <= 1'b0;
    end else begin
      rvalid_q       <= valid_i && ready_o && !write_i;
      block_vector_q <= valid_i && wait_vector;
      block_tile_q   <= valid_i && wait_tile;
    end
  end
  always_ff @(posedge clk_i) begin
    if (valid_i && !write_i) rdata_o <= read;
  end
  assign rvalid_o = rvalid_q;

  if (Regions == 1) begin : gen_unused
    logic unused_files;
    assign unused_files = ^{file_data_i, file_ready_i};
  end
endmodule

`default_nettype wire

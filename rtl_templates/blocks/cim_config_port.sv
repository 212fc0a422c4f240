// The configuration port: one word a transaction; writes and reads of the register blocks behind it.
//
// Word address: {region, index}. Region 0 is read-only identification (Id words). The other regions
// are register blocks outside (cim_register_file): this module decodes the region, makes writes
// wait while a vector runs that uses the registers (quiet_i low), and holds back new vectors while
// a write waits (block_o). A read answers one cycle after it is taken; never waits.
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
  localparam int unsigned Files      = (Regions > 1) ? Regions - 1 : 1
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
  input  wire logic                      quiet_i,
  output logic                           block_o,
  // To the register files, region 1 first
  output logic [Files-1:0]               file_write_o,
  output logic [IndexBits-1:0]           file_index_o,
  output logic [DataBits-1:0]            file_data_o,
  input  wire logic [Files*DataBits-1:0] file_data_i
);
  logic [RegionBits-1:0] region;
  logic [DataBits-1:0]   read;
  logic                  rvalid_q;

  assign region  = addr_i[AddrBits-1:IndexBits];
  assign ready_o = quiet_i || !write_i || region == '0;
  assign block_o = valid_i && write_i && region != '0;

  assign file_index_o = addr_i[IndexBits-1:0];
  assign file_data_o  = data_i;

  always_comb begin
    read = '0;
    file_write_o = '0;
    for (int unsigned i = 0; i < IdWords; i++) begin
      if (addr_i == AddrBits'(i)) read = Id[i*DataBits +: DataBits];
    end
    for (int unsigned f = 1; f < Regions; f++) begin
      if (region == RegionBits'(f)) begin
        read = file_data_i[(f-1)*DataBits +: DataBits];
        file_write_o[f-1] = valid_i && ready_o && write_i;
      end
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) rvalid_q <= 1'b0;
    else rvalid_q <= valid_i && ready_o && !write_i;
  end
  always_ff @(posedge clk_i) begin
    if (valid_i && !write_i) rdata_o <= read;
  end
  assign rvalid_o = rvalid_q;

  if (Regions == 1) begin : gen_unused
    logic unused_files;
    assign unused_files = ^file_data_i;
  end
endmodule

`default_nettype wire

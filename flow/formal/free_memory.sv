// SPDX-License-Identifier: Apache-2.0
// In the place of cim_factor_memory in proofs: what is read is free. Golden twin: none.
`default_nettype none

module cim_factor_memory #(
  parameter int unsigned Words  = 64,
  parameter int unsigned Fields = 4,
  parameter int unsigned Bits   = 8,
  localparam int unsigned AddrBits = (Words > 1) ? $clog2(Words) : 1
) (
  input  wire logic                   clk_i,
  input  wire logic                   read_i,
  input  wire logic [Fields-1:0]      write_i,
  input  wire logic [AddrBits-1:0]    addr_i,
  input  wire logic [Bits-1:0]        wdata_i,
  output logic [Fields*Bits-1:0]      rdata_o
);
  (* anyseq *) logic [Fields*Bits-1:0] free;
  assign rdata_o = free;
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// A one-port synchronous memory of factors as a black box, for synthesis.
// model/cim_factor_memory.sv says what it does.
`default_nettype none

(* blackbox *)
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
endmodule

`default_nettype wire

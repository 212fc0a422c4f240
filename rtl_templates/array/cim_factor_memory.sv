// SPDX-License-Identifier: Apache-2.0
// A one-port synchronous memory of factors: Words words of Fields fields of Bits. Behavioural
// model; in synthesis a black box (blackbox/cim_factor_memory.sv). A designer replaces the module:
// a compiled SRAM or a latch array for each shape that a macro has (`memories` in design.json),
// chosen by the parameters in a generate-if.
//
// read_i: rdata_o is word addr_i from the next cycle on and stands until the next access. write_i:
// at the end of this cycle the fields whose bit is high become wdata_i; rdata_o is then undefined
// (here: inverted). Never both at once, never an address past the words. No reset: a reset of the
// macro changes nothing here. One access a cycle at most.
// An access that breaks a rule changes no word and spoils what is read (cim_factor_reader asserts
// that there is none; before the first reset anything may come).
// Golden twin: indexing by bank and column (or plane, or output) in golden's models.
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
  if (Words < 1 || Fields < 1 || Bits < 1) begin : gen_check
    $error("cim_factor_memory: Words, Fields, Bits >= 1");
  end

  logic [Fields*Bits-1:0] memory [Words];
  logic                   write, broken;

  assign write  = |write_i;
  assign broken = (read_i && write) || ((read_i || write) && 32'(addr_i) >= Words);

  always_ff @(posedge clk_i) begin
    for (int unsigned f = 0; f < Fields; f++) begin
      if (write_i[f] && !broken) memory[addr_i][f*Bits +: Bits] <= wdata_i;
    end
    if (write || broken) rdata_o <= ~rdata_o;
    else if (read_i) rdata_o <= memory[addr_i];
  end
endmodule

`default_nettype wire

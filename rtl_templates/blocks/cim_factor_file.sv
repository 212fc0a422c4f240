// SPDX-License-Identifier: Apache-2.0
// A register file in one memory that is read ahead: cim_factor_port and cim_factor_reader, whose
// parameters and rules these are. Where all its words are used by one sequencer in step.
//
// values_o: the word in turn. Golden twin: indexing by tile and plane in golden's column_quant.
`default_nettype none

module cim_factor_file #(
  parameter int unsigned Lanes     = 4,
  parameter int unsigned Turns     = 1,
  parameter int unsigned Groups    = 1,
  parameter int unsigned Terms     = 1,
  parameter int unsigned Stride    = 4,
  parameter int unsigned Reads     = Stride * Groups * Turns,
  parameter int unsigned Banks     = 16,
  parameter int unsigned Bits      = 8,
  parameter bit          Signed    = 1'b0,
  parameter int unsigned DataBits  = 32,
  parameter int unsigned IndexBits = 10,
  localparam int unsigned Fields   = Lanes * Terms,
  localparam int unsigned Slots    = Stride * Groups * Turns,
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1
) (
  input  wire logic                   clk_i,
  input  wire logic                   rst_ni,
  // Configuration port
  input  wire logic                   access_i,
  input  wire logic                   write_i,
  input  wire logic [IndexBits-1:0]   index_i,
  input  wire logic [DataBits-1:0]    data_i,
  output logic                        ready_o,
  output logic [DataBits-1:0]         data_o,
  // Datapath
  input  wire logic                   start_i,
  input  wire logic [BankBits-1:0]    bank_i,
  input  wire logic                   turn_i,
  output logic [Fields*Bits-1:0]      values_o
);
  localparam int unsigned AddrBits = (Banks * Slots > 1) ? $clog2(Banks * Slots) : 1;

  logic                   access_read;
  logic [Fields-1:0]      access_write;
  logic [AddrBits-1:0]    access_addr;
  logic [Fields*Bits-1:0] rdata;

  cim_factor_port #(
    .Lanes(Lanes),
    .Turns(Turns),
    .Groups(Groups),
    .Terms(Terms),
    .Stride(Stride),
    .Banks(Banks),
    .Bits(Bits),
    .Signed(Signed),
    .DataBits(DataBits),
    .IndexBits(IndexBits)
  ) u_port (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .access_i(access_i),
    .write_i(write_i),
    .index_i(index_i),
    .ready_o(ready_o),
    .data_o(data_o),
    .read_o(access_read),
    .write_o(access_write),
    .addr_o(access_addr),
    .values_i(rdata)
  );

  cim_factor_reader #(
    .Banks(Banks),
    .Slots(Slots),
    .Reads(Reads),
    .Fields(Fields),
    .Bits(Bits),
    .Waits(1'b1)
  ) u_reader (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .start_i(start_i),
    .bank_i(bank_i),
    .turn_i(turn_i),
    .value_o(values_o),
    .access_read_i(access_read),
    .access_write_i(access_write),
    .access_addr_i(access_addr),
    .access_data_i(data_i[Bits-1:0]),
    .rdata_o(rdata)
  );

  if (DataBits > Bits) begin : gen_unused
    logic unused_data;
    assign unused_data = ^data_i[DataBits-1:Bits];
  end
endmodule

`default_nettype wire

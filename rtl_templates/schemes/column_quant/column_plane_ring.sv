// SPDX-License-Identifier: Apache-2.0
// A register file of one entry a plane and bank, used in the order in which a lane visits the
// planes: Terms rings of Slots entries a bank (cim_ring) behind one cim_ring_port, whose parameters
// and rules these are.
//
// values_o: the entries of the Terms planes in turn, in bank bank_i. turn_i: the next visit is of
// other planes. Golden twin: indexing by tile and plane in golden's column_quant.
`default_nettype none

module column_plane_ring #(
  parameter int unsigned Terms     = 1,
  parameter int unsigned Slots     = 4,
  parameter int unsigned Groups    = 1,
  parameter int unsigned Banks     = 16,
  parameter int unsigned Bits      = 8,
  parameter bit          Signed    = 1'b0,
  parameter int unsigned DataBits  = 32,
  parameter int unsigned IndexBits = 10,
  parameter int unsigned GateBits  = 0,
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1
) (
  input  wire logic                  clk_i,
  input  wire logic                  rst_ni,
  input  wire logic                  test_en_i,
  // Configuration port
  input  wire logic                  access_i,
  input  wire logic                  write_i,
  input  wire logic [IndexBits-1:0]  index_i,
  input  wire logic [DataBits-1:0]   data_i,
  output logic                       ready_o,
  output logic [DataBits-1:0]        data_o,
  // Datapath
  input  wire logic [BankBits-1:0]   bank_i,
  input  wire logic                  turn_i,
  output logic [Terms*Bits-1:0]      values_o
);
  logic [Banks-1:0] bank_sel;
  logic             port_turn;
  logic [Terms-1:0] port_write;

  cim_ring_port #(
    .Rings(Terms),
    .Slots(Slots),
    .Groups(Groups),
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
    .bank_i(bank_i),
    .bank_sel_o(bank_sel),
    .ring_turn_o(port_turn),
    .ring_write_o(port_write),
    .values_i(values_o)
  );

  for (genvar a = 0; a < Terms; a++) begin : gen_ring
    cim_ring #(
      .Banks(Banks),
      .Slots(Slots),
      .Bits(Bits),
      .GateBits(GateBits)
    ) u_ring (
      .clk_i(clk_i),
      .test_en_i(test_en_i),
      .bank_sel_i(bank_sel),
      .turn_i(turn_i || port_turn),
      .write_i(port_write[a]),
      .data_i(data_i[Bits-1:0]),
      .value_o(values_o[a*Bits +: Bits])
    );
  end

  if (DataBits > Bits) begin : gen_unused
    logic unused_data;
    assign unused_data = ^data_i[DataBits-1:Bits];
  end
endmodule

`default_nettype wire

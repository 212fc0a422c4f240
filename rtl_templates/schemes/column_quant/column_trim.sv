// SPDX-License-Identifier: Apache-2.0
// Bits that trim one ADC's step, at the array port: Slots entries for each bank, used in order
// (cim_ring), and the flip-flops that show the one in turn.
//
// start_i: a step is taken; from the next cycle on trim_o is that bank's first entry (bank_sel_i
// then selects the bank of the step). next_i: the request for a column was taken and another will
// stand; from the next cycle on trim_o is the next entry. Slots moves a step, so that the ring is
// home again. So the trim changes with the conversions, not with the drive: with held values the
// ADCs still convert the former bank while the next is driven. Slots = 1: one trim for all columns
// of a step. ring_turn_i, write_i, data_i, value_o: the configuration port's access
// (cim_ring_port). No reset: undefined until written. Golden twin: none (trims do not change the
// arithmetic); the array model is told what they have to be.
`default_nettype none

module column_trim #(
  parameter int unsigned Banks    = 16,
  parameter int unsigned Slots    = 4,
  parameter int unsigned Bits     = 4,
  parameter int unsigned GateBits = 0
) (
  input  wire logic             clk_i,
  input  wire logic             test_en_i,
  input  wire logic [Banks-1:0] bank_sel_i,
  input  wire logic             ring_turn_i,
  input  wire logic             write_i,
  input  wire logic [Bits-1:0]  data_i,
  output logic [Bits-1:0]       value_o,
  input  wire logic             start_i,
  input  wire logic             next_i,
  output logic [Bits-1:0]       trim_o
);
  if (Banks < 1 || Slots < 1 || Bits < 1) begin : gen_check
    $error("column_trim: Banks, Slots, Bits >= 1");
  end

  logic move;
  assign move = start_i || next_i;

  cim_ring #(
    .Banks(Banks), .Slots(Slots), .Bits(Bits), .GateBits(GateBits)
  ) u_ring (
    .clk_i(clk_i), .test_en_i(test_en_i), .bank_sel_i(bank_sel_i), .turn_i(move || ring_turn_i),
    .write_i(write_i), .data_i(data_i), .value_o(value_o)
  );

  always_ff @(posedge clk_i) begin
    if (move) trim_o <= value_o;
  end
endmodule

`default_nettype wire

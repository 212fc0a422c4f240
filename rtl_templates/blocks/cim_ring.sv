// SPDX-License-Identifier: Apache-2.0
// Slots registers of Bits for each of Banks banks that are used in a fixed order: a ring per bank,
// so that the only read multiplexer is the one over the banks, and the only write path is the
// ring's.
//
// value_o: the entry in turn of the selected bank (bank_sel_i, one-hot; none: 0), combinational.
// turn_i: at the end of this cycle that bank's ring moves to its next entry; with write_i the entry
// in turn is replaced by data_i as it moves to the back. After Slots turns the ring stands where it
// stood. No reset, and none of the position either: after a reset the entries have to be written
// again. GateBits > 0 and a ring of at least so many bits: each bank's clock rests behind a
// cim_clock_gate. Golden twin: indexing by tile and plane in golden's column_quant, by tile, group
// and output in its binsparx.
`default_nettype none

module cim_ring #(
  parameter int unsigned Banks    = 16,
  parameter int unsigned Slots    = 4,
  parameter int unsigned Bits     = 8,
  parameter int unsigned GateBits = 0
) (
  input  wire logic             clk_i,
  input  wire logic             test_en_i,
  input  wire logic [Banks-1:0] bank_sel_i,
  input  wire logic             turn_i,
  input  wire logic             write_i,
  input  wire logic [Bits-1:0]  data_i,
  output logic [Bits-1:0]       value_o
);
  if (Banks < 1 || Slots < 1 || Bits < 1) begin : gen_check
    $error("cim_ring: Banks, Slots, Bits >= 1");
  end

  localparam int unsigned RingBits = Slots * Bits;
  localparam bit          Gate     = GateBits > 0 && RingBits >= GateBits;

  logic [Banks*Bits-1:0] values;  // in turn
  logic [Bits-1:0]       back;

  assign back = write_i ? data_i : value_o;

  // In parts: Verilator unrolls a generate loop 3072 times at most.
  for (genvar p = 0; p < Banks; p = p + 1024) begin : gen_part
    for (genvar b = p; b < Banks && b < p + 1024; b++) begin : gen_bank
      logic                move, clk_bank;
      logic [RingBits-1:0] ring_q;
      assign move = turn_i && bank_sel_i[b];
      if (Gate) begin : gen_gate
        cim_clock_gate u_gate (
          .clk_i(clk_i), .en_i(move), .test_en_i(test_en_i), .clk_o(clk_bank)
        );
      end else begin : gen_clock
        assign clk_bank = clk_i;
      end
      for (genvar s = 0; s + 1 < Slots; s++) begin : gen_slot
        always_ff @(posedge clk_bank) begin
          if (Gate || move) begin
            ring_q[s*Bits +: Bits] <= ring_q[(s+1)*Bits +: Bits];
          end
        end
      end
      always_ff @(posedge clk_bank) begin
        if (Gate || move) ring_q[RingBits - Bits +: Bits] <= back;
      end
      assign values[b*Bits +: Bits] = ring_q[0 +: Bits];
    end
  end

  always_comb begin
    value_o = '0;
    for (int unsigned b = 0; b < Banks; b++) begin
      value_o = value_o | (values[b*Bits +: Bits] & {Bits{bank_sel_i[b]}});
    end
  end

  logic unused_test;
  assign unused_test = test_en_i;
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// The configuration port's way to Rings rings of Slots entries a bank (cim_ring), and the bank
// select of all of them, decoded once: the datapath's bank_i, or during an access the address's.
//
// Index {bank, word}; entry s of ring r is word ((s % Groups)·Rings + r)·(Slots / Groups) + s /
// Groups. An access (access_i, standing until ready_o) acts from its second cycle on: that and its
// bank are flip-flops, so that what grants it, and the address, do not reach the datapath within a
// cycle. In its first cycle the rings are still the datapath's (a lane's last code may be using
// them); who grants it lets nothing begin that would need them in the second cycle or later. It
// turns all rings of its bank once around, Slots cycles, so that they stand as before: in the cycle
// in which the wanted entry is in turn it is written (ring_write_o with ring_turn_o) or read;
// ready_o and data_o come with the last turn. Rate: one access in Slots + 1 cycles. data_o is
// extended by sign (Signed) or by zeros; a bank or word that is not there reads 0, writes nothing.
// Between accesses ring_turn_o is low. Golden twin: none.
`default_nettype none

module cim_ring_port #(
  parameter int unsigned Rings     = 16,
  parameter int unsigned Slots     = 4,
  parameter int unsigned Groups    = 1,
  parameter int unsigned Banks     = 16,
  parameter int unsigned Bits      = 8,
  parameter bit          Signed    = 1'b0,
  parameter int unsigned DataBits  = 32,
  parameter int unsigned IndexBits = 10,
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1
) (
  input  wire logic                  clk_i,
  input  wire logic                  rst_ni,
  // Configuration port
  input  wire logic                  access_i,
  input  wire logic                  write_i,
  input  wire logic [IndexBits-1:0]  index_i,
  output logic                       ready_o,
  output logic [DataBits-1:0]        data_o,
  // Datapath
  input  wire logic [BankBits-1:0]   bank_i,
  // Rings
  output logic [Banks-1:0]           bank_sel_o,
  output logic                       ring_turn_o,
  output logic [Rings-1:0]           ring_write_o,
  input  wire logic [Rings*Bits-1:0] values_i
);
  localparam int unsigned Words    = Rings * Slots;
  localparam int unsigned WordBits = (Words > 1) ? $clog2(Words) : 0;
  localparam int unsigned SlotBits = (Slots > 1) ? $clog2(Slots) : 1;
  localparam int unsigned Stride   = Slots / Groups;

  if (Slots % Groups != 0 || IndexBits < WordBits + $clog2(Banks)
      || Bits > DataBits) begin : gen_check
    $error("cim_ring_port: Groups divide Slots, index: bank and word, Bits <= DataBits");
  end

  logic [IndexBits-1:0] index_bank, index_word;
  logic [SlotBits-1:0]  slot_q;
  logic [Rings-1:0]     hit;
  logic [Bits-1:0]      read_q, read;
  logic                 turn_q, last;
  logic [Banks-1:0]     access_sel, access_sel_q;  // the address's bank, while turns last

  assign index_bank = index_i >> WordBits;
  assign index_word = index_i & ~({IndexBits{1'b1}} << WordBits);
  assign last       = turn_q && slot_q == SlotBits'(Slots - 1);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) turn_q <= 1'b0;
    else turn_q <= turn_q ? !last : access_i;
  end
  // Decoded before its flip-flops: every ring hangs on the select, which is to stand early.
  always_comb begin
    for (int unsigned b = 0; b < Banks; b++) begin
      access_sel[b] = index_bank == IndexBits'(b);
    end
  end
  always_ff @(posedge clk_i) if (!turn_q) access_sel_q <= access_sel;

  // The ring whose entry in turn is the wanted one.
  always_comb begin
    hit = '0;
    for (int unsigned s = 0; s < Slots; s++) begin
      for (int unsigned r = 0; r < Rings; r++) begin
        if (slot_q == SlotBits'(s)
            && index_word == IndexBits'(((s % Groups)*Rings + r)*Stride + s / Groups))
          hit[r] = 1'b1;
      end
    end
    for (int unsigned b = 0; b < Banks; b++) begin
      bank_sel_o[b] = (turn_q && access_sel_q[b]) || (!turn_q && bank_i == BankBits'(b));
    end
    read = (slot_q == '0) ? '0 : read_q;
    for (int unsigned r = 0; r < Rings; r++) begin
      read = read | (values_i[r*Bits +: Bits] & {Bits{hit[r]}});
    end
  end

  always_ff @(posedge clk_i) if (turn_q) read_q <= read;

  if (Slots > 1) begin : gen_turns
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) slot_q <= '0;
      else if (turn_q) slot_q <= last ? '0 : slot_q + SlotBits'(1);
    end
  end else begin : gen_one_turn
    assign slot_q = '0;
    logic unused_one;
    assign unused_one = ^read_q;
  end

  assign ring_turn_o  = turn_q;
  assign ring_write_o = hit & {Rings{turn_q && write_i}};
  assign ready_o      = last;
  if (DataBits > Bits) begin : gen_extend
    assign data_o = {{(DataBits - Bits){Signed && read[Bits-1]}}, read};
  end else begin : gen_whole
    assign data_o = read;
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Reads factors ahead from a memory (cim_factor_memory): the words of a step one after another,
// each in a register when it is needed.
//
// start_i: a step of bank bank_i begins; it uses Reads words, the bank's Slots words once or
// several times around. value_o: the word in turn, from two cycles after its step's start on at the
// latest; turn_i: at the end of this cycle the next one takes its place. A word a cycle: the
// memory's output and the register are two stages, and the memory is read whenever its output is
// free or moves on. So a turn never waits: the earliest one comes two cycles after its start
// (value_valid_q then stands, asserted), and behind a word that is still in the register the next
// is at the memory's output already, or belongs to a step that has not begun.
// A step may begin while one is still being read (Waits); a second one may not: it begins when all
// words of the step before the last have been turned past, at the latest with the last of those
// turns, and by then the last step's first word has been read.
// Word s of bank b has the address b·Slots + s. While no step is under way the configuration port
// reads and writes (access_*_i, cim_factor_port); rdata_o is then the memory's.
// Reset: nothing is being read; the memory keeps its words. Golden twin: indexing by tile and plane
// in golden's column_quant, by tile, group and output in its binsparx.
`default_nettype none

module cim_factor_reader #(
  parameter int unsigned Banks  = 16,
  parameter int unsigned Slots  = 4,
  parameter int unsigned Reads  = Slots,
  parameter int unsigned Fields = 1,
  parameter int unsigned Bits   = 8,
  parameter bit          Waits  = 1'b1,
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1,
  localparam int unsigned AddrBits = (Banks * Slots > 1) ? $clog2(Banks * Slots) : 1
) (
  input  wire logic                   clk_i,
  input  wire logic                   rst_ni,
  // Steps, and the words' use
  input  wire logic                   start_i,
  input  wire logic [BankBits-1:0]    bank_i,
  input  wire logic                   turn_i,
  output logic [Fields*Bits-1:0]      value_o,
  // The configuration port's access
  input  wire logic                   access_read_i,
  input  wire logic [Fields-1:0]      access_write_i,
  input  wire logic [AddrBits-1:0]    access_addr_i,
  input  wire logic [Bits-1:0]        access_data_i,
  output logic [Fields*Bits-1:0]      rdata_o
);
  if (Banks < 1 || Slots < 1 || Reads < 1 || Reads % Slots != 0) begin : gen_check
    $error("cim_factor_reader: Banks, Slots >= 1, Reads a multiple of Slots");
  end
  localparam int unsigned SlotBits = (Slots > 1) ? $clog2(Slots) : 1;

  logic                   rdata_valid_q, value_valid_q;
  logic [Fields*Bits-1:0] value_q;
  logic                   move, read, first;
  logic                   reading_q, waiting_q;  // a step's words; a step that has not begun
  logic [BankBits-1:0]    bank, bank_q, waiting_bank;
  logic [SlotBits-1:0]    slot_q;
  logic                   access;

  assign move  = rdata_valid_q && (!value_valid_q || turn_i);
  assign read  = (!rdata_valid_q || move) && (reading_q || waiting_q || start_i);
  assign first = read && !reading_q;
  assign bank  = reading_q ? bank_q : waiting_q ? waiting_bank : bank_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rdata_valid_q <= 1'b0;
      value_valid_q <= 1'b0;
    end else begin
      rdata_valid_q <= read || (rdata_valid_q && !move);
      value_valid_q <= move || (value_valid_q && !turn_i);
    end
  end
  always_ff @(posedge clk_i) begin
    if (move) value_q <= rdata_o;
  end

  if (Waits) begin : gen_waits
    logic [BankBits-1:0] waiting_bank_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) waiting_q <= 1'b0;
      else waiting_q <= (waiting_q && !first) || (start_i && !(first && !waiting_q));
    end
    always_ff @(posedge clk_i) begin
      if (start_i) waiting_bank_q <= bank_i;
    end
    assign waiting_bank = waiting_bank_q;
  end else begin : gen_no_wait
    assign waiting_q    = 1'b0;
    assign waiting_bank = '0;
  end

  // Which word: of Reads, and of the bank's Slots.
  if (Reads > 1) begin : gen_reads
    localparam int unsigned CountBits = $clog2(Reads);
    logic [CountBits-1:0] count_q;
    logic                 last;
    assign last = count_q == CountBits'(Reads - 1);
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        reading_q <= 1'b0;
        count_q   <= '0;
      end else if (read) begin
        reading_q <= !last;
        count_q   <= last ? '0 : count_q + CountBits'(1);
      end
    end
    always_ff @(posedge clk_i) begin
      if (first) bank_q <= bank;
    end
    if (Reads == Slots) begin : gen_once
      assign slot_q = count_q;
    end else if (Slots > 1) begin : gen_around
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) slot_q <= '0;
        else if (read) slot_q <= (slot_q == SlotBits'(Slots - 1)) ? '0 : slot_q + SlotBits'(1);
      end
    end else begin : gen_one_slot
      assign slot_q = '0;
    end
  end else begin : gen_one_read
    assign reading_q = 1'b0;
    assign bank_q    = '0;
    assign slot_q    = '0;
  end

  logic [AddrBits-1:0] addr;
  assign access = access_read_i || |access_write_i;
  assign addr   = access ? access_addr_i : AddrBits'(32'(bank) * Slots + 32'(slot_q));

  cim_factor_memory #(
    .Words(Banks * Slots),
    .Fields(Fields),
    .Bits(Bits)
  ) u_memory (
    .clk_i(clk_i),
    .read_i(read || access_read_i),
    .write_i(access_write_i),
    .addr_i(addr),
    .wdata_i(access_data_i),
    .rdata_o(rdata_o)
  );

  assign value_o = value_q;

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!turn_i || value_valid_q);                           // a word that is not there
      assert (!start_i || first || (Waits && !waiting_q));         // a step that finds no place
      assert (!access || !(read || rdata_valid_q || value_valid_q));  // beside the datapath
      assert (!(access_read_i && |access_write_i));
      assert (32'(addr) < Banks * Slots || !(read || access));
    end
  end
`endif
endmodule

`default_nettype wire

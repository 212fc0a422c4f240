// SPDX-License-Identifier: Apache-2.0
// The configuration port's way to memories of factors (cim_factor_reader).
//
// Index {bank, word}. A memory word is what is used at once: a field for each of Lanes lanes, Terms
// in each, and a bank has Stride·Groups·Turns of them in the order of their use. Digits of an
// index's word, lowest first: c of Stride, x of Terms, v of Groups, u of Turns, l of Lanes. It is
// field l·Terms + x of memory word (c·Groups + v)·Turns + u of its bank.
// An access (access_i, standing until ready_o) acts in the cycle after it comes, from flip-flops,
// when nothing can be under way any more (cim_ring_port has the same rule): read_o or write_o (of
// its field) with addr_o; ready_o and data_o come a cycle later: three cycles an access. values_i:
// the memories' outputs. data_o is extended by sign (Signed) or by zeros; a bank or word that is
// not there reads 0, writes nothing. Golden twin: none.
`default_nettype none

module cim_factor_port #(
  parameter int unsigned Lanes     = 4,
  parameter int unsigned Turns     = 1,
  parameter int unsigned Groups    = 1,
  parameter int unsigned Terms     = 1,
  parameter int unsigned Stride    = 4,
  parameter int unsigned Banks     = 16,
  parameter int unsigned Bits      = 8,
  parameter bit          Signed    = 1'b0,
  parameter int unsigned DataBits  = 32,
  parameter int unsigned IndexBits = 10,
  localparam int unsigned Fields   = Lanes * Terms,
  localparam int unsigned Slots    = Stride * Groups * Turns,
  localparam int unsigned AddrBits = (Banks * Slots > 1) ? $clog2(Banks * Slots) : 1
) (
  input  wire logic                   clk_i,
  input  wire logic                   rst_ni,
  // Configuration port
  input  wire logic                   access_i,
  input  wire logic                   write_i,
  input  wire logic [IndexBits-1:0]   index_i,
  output logic                        ready_o,
  output logic [DataBits-1:0]         data_o,
  // Memories
  output logic                        read_o,
  output logic [Fields-1:0]           write_o,
  output logic [AddrBits-1:0]         addr_o,
  input  wire logic [Fields*Bits-1:0] values_i
);
  localparam int unsigned Words     = Fields * Slots;
  localparam int unsigned WordBits  = (Words > 1) ? $clog2(Words) : 0;
  localparam int unsigned FieldBits = (Fields > 1) ? $clog2(Fields) : 1;

  if (IndexBits < WordBits + $clog2(Banks) || Bits > DataBits) begin : gen_check
    $error("cim_factor_port: index: bank and word, Bits <= DataBits");
  end

  // Divisors are constants: bits are chosen where they are powers of two.
  localparam int unsigned NumBits = WordBits + 1;  // holds Words
  logic [31:0]          bank;
  logic [NumBits-1:0]   word, column, group, turn, lane, term;
  logic                 there, there_q, go_q, done_q;
  logic [FieldBits-1:0] field_q;
  logic [AddrBits-1:0]  addr_q;
  logic [Bits-1:0]      read;

  assign bank   = 32'(index_i) >> WordBits;
  assign word   = NumBits'(32'(index_i) & ~({32{1'b1}} << WordBits));
  assign there  = bank < Banks && 32'(word) < Words;
  assign column = word % NumBits'(Stride);
  assign term   = word / NumBits'(Stride) % NumBits'(Terms);
  assign group  = word / NumBits'(Stride * Terms) % NumBits'(Groups);
  assign turn   = word / NumBits'(Stride * Terms * Groups) % NumBits'(Turns);
  assign lane   = word / NumBits'(Stride * Terms * Groups * Turns);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      go_q   <= 1'b0;
      done_q <= 1'b0;
    end else begin
      go_q   <= access_i && !go_q && !done_q;
      done_q <= go_q;
    end
  end
  always_ff @(posedge clk_i) begin
    if (!go_q && !done_q) begin
      there_q <= there;
      field_q <= FieldBits'(32'(lane) * Terms + 32'(term));
      addr_q  <= there ? AddrBits'(bank * Slots + (32'(column) * Groups + 32'(group)) * Turns
                                   + 32'(turn))
                       : '0;
    end
  end

  always_comb begin
    write_o = '0;
    read    = '0;
    for (int unsigned f = 0; f < Fields; f++) begin
      if (there_q && field_q == FieldBits'(f)) begin
        write_o[f] = go_q && write_i;
        read       = read | values_i[f*Bits +: Bits];
      end
    end
  end

  assign read_o  = go_q && !write_i;
  assign addr_o  = addr_q;
  assign ready_o = done_q;
  if (DataBits > Bits) begin : gen_extend
    assign data_o = {{(DataBits - Bits){Signed && read[Bits-1]}}, read};
  end else begin : gen_whole
    assign data_o = read;
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Weight access to the array: write or read one word (WordBits: some physical columns of one row in
// one bank), never concurrent with compute in the same bank.
//
// An access waits until nothing is computed (idle_i) and holds back new tiles while it waits
// (block_o, one cycle late: no input of this port reaches the stream's ready within a cycle); it is
// taken only while it blocks. From then on busy_o keeps the array from starting a step until it is
// done.
//
// WhileCompute: an access to a bank that nothing uses waits for nothing, and only steps of its bank
// wait for it. A bank is in use from the first beat of a tile for it to the end of that tile's last
// step: it is that of the tile being loaded, of the tile at work (whose steps are the next), or the
// array's. So what was sent before an access is computed with the weights of before. An access to a
// bank in use holds back new tiles until nothing uses it.
// All outputs to the array are flip-flops. A write is done when the array takes it; a read
// when its data come; the array answers no read of before a reset. Rate: one write a cycle with an
// array that takes it at once, after the first. Combinational paths: array_ready_i and idle_i (with
// WhileCompute bank_i and the banks in use in its place) to ready_o, with WhileCompute
// working_bank_i to busy_o. GateBits > 0: the access, and the data read, rest behind a
// cim_clock_gate each if they have at least so many bits. Golden twin: none.
`default_nettype none

module cim_weight_port #(
  parameter int unsigned RowBits  = 6,
  parameter int unsigned BankBits = 4,
  parameter int unsigned AddrBits = 1,
  parameter int unsigned WordBits = 1,
  parameter bit          WhileCompute = 1'b0,
  parameter int unsigned GateBits = 0
) (
  input  wire logic                clk_i,
  input  wire logic                rst_ni,
  input  wire logic                test_en_i,
  // User side
  input  wire logic                valid_i,
  output logic                     ready_o,
  input  wire logic                write_i,
  input  wire logic [BankBits-1:0] bank_i,
  input  wire logic [RowBits-1:0]  row_i,
  input  wire logic [AddrBits-1:0] word_i,
  input  wire logic [WordBits-1:0] data_i,
  output logic                     rvalid_o,
  output logic [WordBits-1:0]      rdata_o,
  // Compute side
  input  wire logic                idle_i,
  output logic                     block_o,
  output logic                     busy_o,
  // The banks in use: of the tile being loaded, of the tile at work, of the array
  input  wire logic                loading_i,
  input  wire logic [BankBits-1:0] loading_bank_i,
  input  wire logic                working_i,
  input  wire logic [BankBits-1:0] working_bank_i,
  input  wire logic                driving_i,
  input  wire logic [BankBits-1:0] driving_bank_i,
  // To the array
  output logic                     array_valid_o,
  input  wire logic                array_ready_i,
  output logic                     array_write_o,
  output logic [BankBits-1:0]      array_bank_o,
  output logic [RowBits-1:0]       array_row_o,
  output logic [AddrBits-1:0]      array_word_o,
  output logic [WordBits-1:0]      array_data_o,
  input  wire logic                array_rvalid_i,
  input  wire logic [WordBits-1:0] array_rdata_i
);
  logic valid_q, reading_q, rvalid_q, block_q;
  logic taken, may;

  assign ready_o = block_q && may && !reading_q
                && (!valid_q || (array_write_o && array_ready_i));
  assign taken   = valid_q && array_ready_i;

  if (WhileCompute) begin : gen_while_compute
    logic used, waits_q;
    assign used = (loading_i && loading_bank_i == bank_i)
               || (working_i && working_bank_i == bank_i)
               || (driving_i && driving_bank_i == bank_i);
    assign may     = !used;
    assign block_o = waits_q;
    assign busy_o  = (valid_q || reading_q) && working_bank_i == array_bank_o;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) waits_q <= 1'b0;
      else waits_q <= valid_i && used;
    end
    logic unused_idle;
    assign unused_idle = idle_i;
  end else begin : gen_idle
    assign may     = idle_i;
    assign block_o = block_q;
    assign busy_o  = valid_q || reading_q;
    logic unused_uses;
    assign unused_uses = ^{loading_i, loading_bank_i, working_i, working_bank_i, driving_i,
                           driving_bank_i};
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q   <= 1'b0;
      reading_q <= 1'b0;
      rvalid_q  <= 1'b0;
      block_q   <= 1'b0;
    end else begin
      block_q   <= valid_i;
      valid_q   <= (valid_i && ready_o) || (valid_q && !taken);
      reading_q <= (reading_q || (taken && !array_write_o)) && !array_rvalid_i;
      rvalid_q  <= array_rvalid_i;
    end
  end

  localparam int unsigned AccessBits = 1 + BankBits + RowBits + AddrBits + WordBits;
  localparam bit GateAccess = GateBits > 0 && AccessBits >= GateBits;
  localparam bit GateRead   = GateBits > 0 && WordBits >= GateBits;
  logic accept, clk_access, clk_read;
  assign accept = valid_i && ready_o;
  if (GateAccess) begin : gen_gate_access
    cim_clock_gate u_gate (
      .clk_i(clk_i), .en_i(accept), .test_en_i(test_en_i), .clk_o(clk_access)
    );
  end else begin : gen_clock_access
    assign clk_access = clk_i;
  end
  if (GateRead) begin : gen_gate_read
    cim_clock_gate u_gate (
      .clk_i(clk_i), .en_i(array_rvalid_i), .test_en_i(test_en_i), .clk_o(clk_read)
    );
  end else begin : gen_clock_read
    assign clk_read = clk_i;
  end

  always_ff @(posedge clk_access) begin
    if (GateAccess || accept) begin
      array_write_o <= write_i;
      array_bank_o  <= bank_i;
      array_row_o   <= row_i;
      array_word_o  <= word_i;
      array_data_o  <= data_i;
    end
  end
  always_ff @(posedge clk_read) if (GateRead || array_rvalid_i) rdata_o <= array_rdata_i;

  assign array_valid_o = valid_q;
  assign rvalid_o      = rvalid_q;

  logic unused_test;
  assign unused_test = test_en_i;
endmodule

`default_nettype wire

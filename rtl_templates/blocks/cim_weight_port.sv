// SPDX-License-Identifier: Apache-2.0
// Weight access to the array: write or read one word (WordBits: some physical columns of one row in
// one bank), never concurrent with compute.
//
// An access waits until nothing is computed (idle_i) and holds back new tiles while it waits
// (block_o, one cycle late: no input of this port reaches the stream's ready within a cycle); it is
// taken only while it blocks. From then on busy_o keeps the array from starting a step until it is
// done. All outputs to the array are flip-flops. A write is done when the array takes it; a read
// when its data come; the array answers no read of before a reset. Rate: one write a cycle with an
// array that takes it at once, after the first. Combinational paths: idle_i and array_ready_i to
// ready_o. Golden twin: none.
`default_nettype none

module cim_weight_port #(
  parameter int unsigned RowBits  = 6,
  parameter int unsigned BankBits = 4,
  parameter int unsigned AddrBits = 1,
  parameter int unsigned WordBits = 1
) (
  input  wire logic                clk_i,
  input  wire logic                rst_ni,
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
  logic taken;

  assign ready_o = block_q && idle_i && !reading_q
                && (!valid_q || (array_write_o && array_ready_i));
  assign taken   = valid_q && array_ready_i;
  assign block_o = block_q;
  assign busy_o  = valid_q || reading_q;

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

  always_ff @(posedge clk_i) begin
    if (valid_i && ready_o) begin
      array_write_o <= write_i;
      array_bank_o  <= bank_i;
      array_row_o   <= row_i;
      array_word_o  <= word_i;
      array_data_o  <= data_i;
    end
    if (array_rvalid_i) rdata_o <= array_rdata_i;
  end

  assign array_valid_o = valid_q;
  assign rvalid_o      = rvalid_q;
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// A lane of binsparx: one ADC and what serves it: its interface, the flips and corrections of its
// Outputs outputs, one adder, their accumulators. The flips and corrections stand in a ring for
// each of Lines banks and groups, or (Memory) in a memory that is read ahead (cim_factor_reader).
//
// Each code is a whole output's; its word comes with it. Latency: two cycles from the ADC's code to
// the sum (code, sum). Golden twin: y of the binsparx scheme and its sum over groups and tiles.
`default_nettype none

module binsparx_lane #(
  parameter int unsigned Outputs      = 4,
  parameter int unsigned CodeBits     = 6,
  parameter bit          CodeSigned   = 1'b0,
  parameter int unsigned Lines        = 16,
  parameter bit          Memory       = 1'b0,
  parameter int unsigned Step         = 1,
  parameter int unsigned OnesBits     = 6,
  parameter int unsigned WordBits     = 7,
  parameter bit          Weights      = 1'b1,
  parameter int unsigned TermBits     = 9,
  parameter int unsigned RegisterBits = 14,
  parameter int unsigned StoredBits   = 14,
  parameter bit          Saturates    = 1'b0,
  parameter bit          HasStart     = 1'b0,
  parameter bit          LoadZero     = 1'b0,
  parameter int unsigned GateBits     = 0,
  localparam int unsigned ColumnBits  = (Outputs > 1) ? $clog2(Outputs) : 1,
  localparam int unsigned LineBits    = (Lines > 1) ? $clog2(Lines) : 1,
  localparam int unsigned AddrBits    = (Lines * Outputs > 1) ? $clog2(Lines * Outputs) : 1
) (
  input  wire logic                          clk_i,
  input  wire logic                          rst_ni,
  input  wire logic                          test_en_i,
  input  wire logic                          start_i,
  input  wire logic [LineBits-1:0]           start_line_i,
  output logic                               done_o,
  // The step of the codes now registered; where a tile and a vector begin
  input  wire logic                          code_flip_i,
  input  wire logic                          code_odd_i,
  input  wire logic [OnesBits-1:0]           code_ones_i,
  input  wire logic                          code_first_tile_i,
  input  wire logic                          code_first_vector_i,
  input  wire logic                          begin_tile_i,
  input  wire logic                          begin_vector_i,
  // Flips and corrections: the line in turn (of the codes, or of the configuration port's access)
  input  wire logic [Lines-1:0]              word_line_i,
  input  wire logic                          word_turn_i,
  input  wire logic                          word_write_i,
  input  wire logic                          word_read_i,
  input  wire logic [AddrBits-1:0]           word_addr_i,
  input  wire logic [WordBits-1:0]           word_data_i,
  output logic [WordBits-1:0]                word_o,
  input  wire logic [Outputs*StoredBits-1:0] start_values_i,
  input  wire logic [Outputs-1:0]            start_saturated_i,
  // ADC
  output logic                               req_valid_o,
  input  wire logic                          req_ready_i,
  output logic [ColumnBits-1:0]              req_column_o,
  input  wire logic                          resp_valid_i,
  input  wire logic [CodeBits-1:0]           resp_code_i,
  // Results
  output logic [Outputs*StoredBits-1:0]      result_o,
  output logic [Outputs-1:0]                 saturated_o
);
  logic                    code_valid, carry;
  logic [CodeBits-1:0]     code;
  logic [ColumnBits-1:0]   unused_next;  // the ring says which output's code it is
  logic [RegisterBits-1:0] term;

  cim_adc_interface #(
    .Share(Outputs),
    .CodeBits(CodeBits)
  ) u_adc_interface (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .start_i(start_i),
    .done_o(done_o),
    .req_valid_o(req_valid_o),
    .req_ready_i(req_ready_i),
    .req_column_o(req_column_o),
    .resp_valid_i(resp_valid_i),
    .resp_code_i(resp_code_i),
    .code_valid_o(code_valid),
    .code_o(code),
    .next_column_o(unused_next)
  );

  // A line's words in the order of the codes.
  logic [WordBits-1:0] word;
  if (Memory) begin : gen_memory
    cim_factor_reader #(
      .Banks(Lines),
      .Slots(Outputs),
      .Fields(1),
      .Bits(WordBits),
      .Waits(1'b0)
    ) u_words (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .start_i(start_i),
      .bank_i(start_line_i),
      .turn_i(code_valid),
      .value_o(word),
      .access_read_i(word_read_i),
      .access_write_i(word_write_i),
      .access_addr_i(word_addr_i),
      .access_data_i(word_data_i),
      .rdata_o(word_o)
    );
    logic unused_ring;
    assign unused_ring = ^{word_line_i, word_turn_i};
  end else begin : gen_ring
    cim_ring #(
      .Banks(Lines),
      .Slots(Outputs),
      .Bits(WordBits),
      .GateBits(GateBits)
    ) u_words (
      .clk_i(clk_i),
      .test_en_i(test_en_i),
      .bank_sel_i(word_line_i),
      .turn_i(code_valid || word_turn_i),
      .write_i(word_write_i),
      .data_i(word_data_i),
      .value_o(word_o)
    );
    assign word = word_o;
    logic unused_memory;
    assign unused_memory = ^{start_line_i, word_read_i, word_addr_i};
  end

  binsparx_correction #(
    .CodeBits(CodeBits),
    .CodeSigned(CodeSigned),
    .Step(Step),
    .OnesBits(OnesBits),
    .WordBits(WordBits),
    .Weights(Weights),
    .TermBits(TermBits),
    .Bits(RegisterBits)
  ) u_correction (
    .valid_i(code_valid),
    .code_i(code),
    .word_i(word),
    .flip_i(code_flip_i),
    .odd_i(code_odd_i),
    .ones_i(code_ones_i),
    .term_o(term),
    .carry_o(carry)
  );

  // Each code is a whole output's.
  cim_accumulator #(
    .Outputs(Outputs),
    .Bits(RegisterBits),
    .ResultBits(StoredBits),
    .Saturate(Saturates),
    .HasStart(HasStart),
    .LoadZero(LoadZero),
    .GateBits(GateBits)
  ) u_accumulator (
    .clk_i(clk_i),
    .test_en_i(test_en_i),
    .valid_i(code_valid),
    .term_i(term),
    .carry_i(carry),
    .begin_tile_i(begin_tile_i),
    .begin_vector_i(begin_vector_i),
    .first_plane_i(1'b1),
    .last_plane_i(1'b1),
    .first_tile_i(code_first_tile_i),
    .first_vector_i(code_first_vector_i),
    .start_i(start_values_i),
    .start_saturated_i(start_saturated_i),
    .result_o(result_o),
    .saturated_o(saturated_o)
  );
endmodule

`default_nettype wire

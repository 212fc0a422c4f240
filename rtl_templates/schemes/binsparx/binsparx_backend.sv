// SPDX-License-Identifier: Apache-2.0
// Back end of binsparx: codes -> results.
//
// The ports are those of every back end (docs/explanation/architecture.md, "Back end"). The step's
// context is {line, flip, odd, ones} as binsparx_frontend forms it. One lane for each ADC
// (binsparx_lane). File 0: the columns' flips and corrections, a line of them for each bank and
// group: rings in the lanes behind one cim_ring_port, or (FactorMemory) memories in the lanes
// behind one cim_factor_port: one a lane, since ADCs need not keep step. An access waits for tiles.
// With Threshold file 1 holds a threshold of ThresholdBits for each output, and an output is the
// bit that says whether its result reaches it; a write waits for vectors. No trims. Latency: two
// cycles from a code to its sum; the result's first beat stands in the cycle after copy_i. Golden
// twin: y and `result` of the binsparx scheme.
`default_nettype none

module binsparx_backend #(
  parameter int unsigned Outputs       = 16,
  parameter int unsigned Adcs          = 4,
  parameter int unsigned Share         = 4,
  parameter int unsigned CodeBits      = 6,
  parameter bit          CodeSigned    = 1'b0,
  parameter int unsigned ContextBits   = 12,
  parameter bit          HoldColumn    = 1'b1,
  parameter int unsigned RegisterBits  = 14,
  parameter int unsigned StoredBits    = 14,
  parameter bit          Saturates     = 1'b0,
  parameter bit          HasStart      = 1'b0,
  parameter bit          LoadZero      = 1'b0,
  parameter int unsigned GateBits      = 0,
  parameter int unsigned OutBeat       = 1,
  parameter int unsigned OutBits       = 14,
  parameter int unsigned TrimWidth     = 1,
  parameter int unsigned Files         = 1,
  parameter int unsigned DataBits      = 32,
  parameter int unsigned IndexBits     = 8,
  // Of this scheme
  parameter int unsigned Lines         = 16,
  parameter bit          FactorMemory  = 1'b0,
  parameter int unsigned Step          = 1,
  parameter int unsigned OnesBits      = 6,
  parameter int unsigned WordBits      = 7,
  parameter bit          Weights       = 1'b1,
  parameter int unsigned TermBits      = 9,
  parameter bit          Threshold     = 1'b0,
  parameter int unsigned ThresholdBits = 14,
  localparam int unsigned ColumnBits   = (Share > 1) ? $clog2(Share) : 1,
  localparam int unsigned FilePorts    = (Files > 0) ? Files : 1
) (
  input  wire logic                          clk_i,
  input  wire logic                          rst_ni,
  input  wire logic                          test_en_i,
  // Conversions of a step begin in the next cycle
  input  wire logic                          start_i,
  input  wire logic                          start_convert_i,
  input  wire logic                          start_first_tile_i,
  input  wire logic                          start_first_vector_i,
  input  wire logic                          start_last_vector_i,
  input  wire logic [ContextBits-1:0]        start_context_i,
  // Where the codes are
  output logic                               adcs_done_o,
  output logic                               step_room_o,
  output logic                               codes_idle_o,
  output logic                               begin_vector_o,
  output logic                               complete_o,
  // Starting values
  input  wire logic [Outputs*StoredBits-1:0] start_values_i,
  input  wire logic [Outputs-1:0]            start_saturated_i,
  // ADCs
  output logic [Adcs-1:0]                    adc_req_valid_o,
  input  wire logic [Adcs-1:0]               adc_req_ready_i,
  output logic [Adcs*ColumnBits-1:0]         adc_req_column_o,
  input  wire logic [Adcs-1:0]               adc_resp_valid_i,
  input  wire logic [Adcs*CodeBits-1:0]      adc_resp_code_i,
  output logic [TrimWidth-1:0]               array_trim_o,
  // Own register files
  input  wire logic [FilePorts-1:0]          file_access_i,
  input  wire logic [FilePorts-1:0]          file_write_i,
  input  wire logic                          access_write_i,
  input  wire logic [IndexBits-1:0]          file_index_i,
  input  wire logic [DataBits-1:0]           file_wdata_i,
  output logic [FilePorts-1:0]               file_ready_o,
  output logic [FilePorts*DataBits-1:0]      file_rdata_o,
  // Results
  input  wire logic                          copy_i,
  output logic                               out_free_o,
  output logic                               out_empty_o,
  output logic                               out_idle_o,
  output logic                               out_valid_o,
  input  wire logic                          out_ready_i,
  output logic [OutBeat*OutBits-1:0]         out_data_o,
  output logic [OutBeat-1:0]                 out_saturated_o,
  output logic                               out_last_o
);
  localparam int unsigned LineBits = (Lines > 1) ? $clog2(Lines) : 1;
  localparam int unsigned LowBits  = 2 + OnesBits;  // {flip, odd, ones}
  localparam int unsigned LaneBits = Share * StoredBits;
  localparam int unsigned BitsOut  = Threshold ? 1 : StoredBits;  // of an output, as it is kept

  if (Adcs * Share != Outputs || Files != (Threshold ? 2 : 1)
      || ContextBits < LowBits + $clog2(Lines)) begin : gen_check
    $error("binsparx_backend: a column an output; context: line, flip, odd, ones; 1 or 2 files");
  end

  logic [ContextBits-1:0]        code_context;
  logic                          code_first_tile, code_first_vector, begin_tile;
  logic [LineBits-1:0]           code_line;
  logic [Adcs-1:0]               adc_done;
  logic [Outputs*StoredBits-1:0] sums;
  logic [Outputs*BitsOut-1:0]    results;
  logic [Outputs-1:0]            saturated;

  cim_code_follow #(
    .ContextBits(ContextBits),
    .Stages(2)
  ) u_code_follow (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .start_i(start_i),
    .start_first_tile_i(start_first_tile_i),
    .start_first_vector_i(start_first_vector_i),
    .start_last_vector_i(start_last_vector_i),
    .start_context_i(start_context_i),
    .adcs_done_i(adcs_done_o),
    .code_context_o(code_context),
    .code_first_tile_o(code_first_tile),
    .code_first_vector_o(code_first_vector),
    .begin_tile_o(begin_tile),
    .begin_vector_o(begin_vector_o),
    .complete_o(complete_o)
  );

  // The columns' flips and corrections are kept in the lanes; this is their common side.
  localparam int unsigned WordAddrBits = (Lines * Share > 1) ? $clog2(Lines * Share) : 1;
  logic [LineBits-1:0]      start_line;
  logic [Lines-1:0]         word_line;
  logic                     word_turn, word_read;
  logic [WordAddrBits-1:0]  word_addr;
  logic [Adcs-1:0]          word_write;
  logic [Adcs*WordBits-1:0] words;

  if (Lines > 1) begin : gen_line
    assign code_line  = code_context[LowBits +: LineBits];
    assign start_line = start_context_i[LowBits +: LineBits];
  end else begin : gen_one_line
    assign code_line  = '0;
    assign start_line = '0;
  end
  if (ContextBits > LowBits + $clog2(Lines)) begin : gen_unused_context
    logic unused_context;
    assign unused_context = ^code_context[ContextBits-1:LowBits+$clog2(Lines)];
  end

  if (FactorMemory) begin : gen_memory
    cim_factor_port #(
      .Lanes(Adcs),
      .Stride(Share),
      .Banks(Lines),
      .Bits(WordBits),
      .Signed(!Weights),
      .DataBits(DataBits),
      .IndexBits(IndexBits)
    ) u_correction_port (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .access_i(file_access_i[0]),
      .write_i(access_write_i),
      .index_i(file_index_i),
      .ready_o(file_ready_o[0]),
      .data_o(file_rdata_o[0 +: DataBits]),
      .read_o(word_read),
      .write_o(word_write),
      .addr_o(word_addr),
      .values_i(words)
    );
    assign word_line = '0;
    assign word_turn = 1'b0;
    logic unused_code_line;
    assign unused_code_line = ^code_line;
  end else begin : gen_ring
    cim_ring_port #(
      .Rings(Adcs),
      .Slots(Share),
      .Groups(1),
      .Banks(Lines),
      .Bits(WordBits),
      .Signed(!Weights),
      .DataBits(DataBits),
      .IndexBits(IndexBits)
    ) u_correction_port (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .access_i(file_access_i[0]),
      .write_i(access_write_i),
      .index_i(file_index_i),
      .ready_o(file_ready_o[0]),
      .data_o(file_rdata_o[0 +: DataBits]),
      .bank_i(code_line),
      .bank_sel_o(word_line),
      .ring_turn_o(word_turn),
      .ring_write_o(word_write),
      .values_i(words)
    );
    assign word_read = 1'b0;
    assign word_addr = '0;
  end

  for (genvar l = 0; l < Adcs; l++) begin : gen_lane
    binsparx_lane #(
      .Outputs(Share),
      .CodeBits(CodeBits),
      .CodeSigned(CodeSigned),
      .Lines(Lines),
      .Memory(FactorMemory),
      .Step(Step),
      .OnesBits(OnesBits),
      .WordBits(WordBits),
      .Weights(Weights),
      .TermBits(TermBits),
      .RegisterBits(RegisterBits),
      .StoredBits(StoredBits),
      .Saturates(Saturates),
      .HasStart(HasStart),
      .LoadZero(LoadZero),
      .GateBits(GateBits)
    ) u_lane (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .start_i(start_i && start_convert_i),
      .start_line_i(start_line),
      .done_o(adc_done[l]),
      .code_flip_i(code_context[OnesBits+1]),
      .code_odd_i(code_context[OnesBits]),
      .code_ones_i(code_context[OnesBits-1:0]),
      .code_first_tile_i(code_first_tile),
      .code_first_vector_i(code_first_vector),
      .begin_tile_i(begin_tile),
      .begin_vector_i(begin_vector_o),
      .word_line_i(word_line),
      .word_turn_i(word_turn),
      .word_write_i(word_write[l]),
      .word_read_i(word_read),
      .word_addr_i(word_addr),
      .word_data_i(file_wdata_i[WordBits-1:0]),
      .word_o(words[l*WordBits +: WordBits]),
      .start_values_i(start_values_i[l*LaneBits +: LaneBits]),
      .start_saturated_i(start_saturated_i[l*Share +: Share]),
      .req_valid_o(adc_req_valid_o[l]),
      .req_ready_i(adc_req_ready_i[l]),
      .req_column_o(adc_req_column_o[l*ColumnBits +: ColumnBits]),
      .resp_valid_i(adc_resp_valid_i[l]),
      .resp_code_i(adc_resp_code_i[l*CodeBits +: CodeBits]),
      .result_o(sums[l*LaneBits +: LaneBits]),
      .saturated_o(saturated[l*Share +: Share])
    );
  end

  if (Threshold) begin : gen_threshold
    logic [Outputs*ThresholdBits-1:0] thresholds;

    cim_register_file #(
      .Entries(Outputs),
      .Bits(ThresholdBits),
      .Signed(1'b1),
      .DataBits(DataBits),
      .IndexBits(IndexBits),
      .GateBits(GateBits)
    ) u_thresholds (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .write_i(file_write_i[1]),
      .index_i(file_index_i),
      .data_i(file_wdata_i),
      .data_o(file_rdata_o[DataBits +: DataBits]),
      .values_o(thresholds)
    );

    binsparx_threshold #(
      .Outputs(Outputs),
      .ResultBits(StoredBits),
      .Bits(ThresholdBits)
    ) u_threshold (
      .result_i(sums),
      .threshold_i(thresholds),
      .reached_o(results)
    );
    assign file_ready_o[1] = 1'b1;
  end else begin : gen_sums
    assign results = sums;
  end

  cim_output_register #(
    .Outputs(Outputs),
    .StoredBits(BitsOut),
    .ResultBits(OutBits),
    .Signed(!Threshold),
    .BeatElements(OutBeat),
    .HasFlags(Saturates),
    .GateBits(GateBits)
  ) u_output_register (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(test_en_i),
    .load_i(copy_i),
    .result_i(results),
    .saturated_i(saturated),
    .free_o(out_free_o),
    .valid_o(out_valid_o),
    .ready_i(out_ready_i),
    .data_o(out_data_o),
    .saturated_o(out_saturated_o),
    .last_o(out_last_o)
  );

  // Codes are used at once, and nothing decides of a result in the output register.
  assign adcs_done_o  = &adc_done;
  assign step_room_o  = 1'b1;
  assign codes_idle_o = 1'b1;
  assign out_empty_o  = !out_valid_o;
  assign out_idle_o   = 1'b1;

  assign array_trim_o = '0;
  logic unused;
  assign unused = ^{HoldColumn, 32'(ThresholdBits), file_access_i, file_write_i, file_wdata_i};
endmodule

`default_nettype wire

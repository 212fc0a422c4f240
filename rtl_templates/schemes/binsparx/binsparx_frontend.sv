// SPDX-License-Identifier: Apache-2.0
// Front end of binsparx: input stream and tile -> steps.
//
// The ports are those of every front end (docs/explanation/architecture.md, "Front end"). An
// element is a bit; it is stored as it comes, and inverted when its group is driven. The ones of
// each group are counted while the tile arrives (binsparx_popcount): the next tile's while this one
// is converted. One step for each group with a present row, inverted if most of its inputs are +1
// (binsparx_majority). The step's context is {line, flip, odd, ones}: line = bank·Groups + group
// says which registers the codes need (absent where there is one only); bits above are 0, so that a
// macro with fewer lines than the generated one needs no other width. Golden twin: f_x, sa' and
// `drive` of the binsparx scheme.
`default_nettype none

module binsparx_frontend #(
  parameter int unsigned Rows        = 64,
  parameter int unsigned ActiveRows  = 64,
  parameter int unsigned BankBits    = 4,
  parameter int unsigned InBeat      = 4,
  parameter int unsigned InBits      = 1,
  parameter int unsigned ElementBits = InBits,
  parameter int unsigned WorkBits    = ElementBits,
  parameter int unsigned DriveBits   = 1,
  parameter int unsigned ContextBits = 12,
  parameter int unsigned Files       = 0,
  parameter int unsigned DataBits    = 32,
  parameter int unsigned IndexBits   = 1,
  // Of this scheme
  parameter int unsigned Banks       = 16,
  parameter bit          Activations = 1'b1,
  parameter int unsigned OnesBits    = 6,
  localparam int unsigned RowsBits   = $clog2(Rows + 1),
  localparam int unsigned Beats      = (Rows + InBeat - 1) / InBeat,
  localparam int unsigned BeatBits   = (Beats > 1) ? $clog2(Beats) : 1,
  localparam int unsigned FilePorts  = (Files > 0) ? Files : 1
) (
  input  wire logic                          clk_i,
  input  wire logic                          rst_ni,
  // Input stream -> load buffer
  input  wire logic [InBeat*InBits-1:0]      in_data_i,
  output logic [InBeat*ElementBits-1:0]      elements_o,
  // The tile that loads, and its move to the work buffer
  input  wire logic                          vector_begin_i,
  input  wire logic                          beat_taken_i,
  input  wire logic [BeatBits-1:0]           beat_i,
  input  wire logic [RowsBits-1:0]           beat_left_i,
  input  wire logic [Rows*ElementBits-1:0]   load_data_i,
  input  wire logic                          move_i,
  output logic [Rows*WorkBits-1:0]           work_data_o,
  // The tile at work
  input  wire logic                          tile_valid_i,
  output logic                               tile_ready_o,
  input  wire logic                          tile_first_i,
  input  wire logic                          tile_last_i,
  input  wire logic [BankBits-1:0]           tile_bank_i,
  input  wire logic [RowsBits-1:0]           tile_rows_i,
  input  wire logic [Rows*WorkBits-1:0]      tile_data_i,
  // Steps -> array timing
  output logic                               step_valid_o,
  input  wire logic                          step_ready_i,
  output logic                               step_convert_o,
  output logic                               step_first_tile_o,
  output logic                               step_first_vector_o,
  output logic                               step_last_vector_o,
  output logic [Rows-1:0]                    step_row_en_o,
  output logic [Rows*DriveBits-1:0]          step_row_drive_o,
  output logic [ContextBits-1:0]             step_context_o,
  // Own register files
  input  wire logic [FilePorts-1:0]          file_access_i,
  input  wire logic [FilePorts-1:0]          file_write_i,
  input  wire logic                          access_write_i,
  input  wire logic [IndexBits-1:0]          file_index_i,
  input  wire logic [DataBits-1:0]           file_wdata_i,
  output logic [FilePorts-1:0]               file_ready_o,
  output logic [FilePorts*DataBits-1:0]      file_rdata_o
);
  localparam int unsigned Groups     = Rows / ActiveRows;
  localparam int unsigned CountBits  = $clog2(ActiveRows + 1);
  localparam int unsigned LineBits   = (Banks * Groups > 1) ? $clog2(Banks * Groups) : 1;
  localparam int unsigned LowBits    = 2 + OnesBits;

  if (InBits != 1 || ElementBits != 1 || WorkBits != 1 || DriveBits != 1 || Files != 0
      || ContextBits < LowBits + $clog2(Banks * Groups)) begin : gen_check
    $error("binsparx_frontend: elements of one bit; context: line, flip, odd, ones");
  end

  logic [Groups*CountBits-1:0] load_counts;
  logic [0:0]                  step, step_pos;
  logic [RowsBits-1:0]         group_base;
  logic                        step_negate, step_flip, step_odd;
  logic [OnesBits-1:0]         step_ones;
  logic [LineBits-1:0]         step_line;

  assign elements_o  = in_data_i;
  assign work_data_o = load_data_i;

  binsparx_popcount #(
    .Rows(Rows),
    .ActiveRows(ActiveRows),
    .BeatElements(InBeat)
  ) u_popcount (
    .clk_i(clk_i),
    .beat_taken_i(beat_taken_i),
    .beat_i(beat_i),
    .beat_left_i(beat_left_i),
    .bits_i(elements_o),
    .counts_o(load_counts)
  );

  cim_plain_steps #(
    .Rows(Rows),
    .ActiveRows(ActiveRows),
    .Steps(1),
    .PosBits(1),
    .StepPos(1'b0)
  ) u_steps (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .tile_valid_i(tile_valid_i),
    .tile_ready_o(tile_ready_o),
    .tile_first_i(tile_first_i),
    .tile_last_i(tile_last_i),
    .tile_rows_i(tile_rows_i),
    .valid_o(step_valid_o),
    .ready_i(step_ready_i),
    .step_o(step),
    .base_o(group_base),
    .pos_o(step_pos),
    .negate_o(step_negate),
    .first_of_tile_o(step_first_tile_o),
    .first_of_vector_o(step_first_vector_o),
    .last_of_vector_o(step_last_vector_o),
    .row_en_o(step_row_en_o)
  );

  binsparx_majority #(
    .Rows(Rows),
    .ActiveRows(ActiveRows),
    .Banks(Banks),
    .Activations(Activations)
  ) u_majority (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .move_i(move_i),
    .counts_i(load_counts),
    .step_valid_i(step_valid_o),
    .step_ready_i(step_ready_i),
    .tile_ready_i(tile_ready_o),
    .bank_i(tile_bank_i),
    .rows_i(tile_rows_i),
    .base_i(group_base),
    .flip_o(step_flip),
    .ones_o(step_ones),
    .odd_o(step_odd),
    .line_o(step_line)
  );

  binsparx_row_driver #(
    .Rows(Rows)
  ) u_row_driver (
    .bits_i(tile_data_i),
    .flip_i(step_flip),
    .row_en_i(step_row_en_o),
    .row_drive_o(step_row_drive_o)
  );

  assign step_convert_o = 1'b1;
  if (Banks * Groups > 1) begin : gen_lines
    assign step_context_o = ContextBits'({step_line, step_flip, step_odd, step_ones});
  end else begin : gen_one_line
    assign step_context_o = ContextBits'({step_flip, step_odd, step_ones});
    logic unused_line;
    assign unused_line = ^step_line;
  end

  assign file_ready_o = '1;
  assign file_rdata_o = '0;
  logic unused;
  assign unused = ^{step, step_pos, step_negate, vector_begin_i, file_access_i, file_write_i,
                    access_write_i, file_index_i, file_wdata_i};
endmodule

`default_nettype wire

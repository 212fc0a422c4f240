// SPDX-License-Identifier: Apache-2.0
// Front end of column_quant: input stream and tile -> steps.
//
// The ports are those of every front end (docs/explanation/architecture.md, "Front end"). Elements
// are stored as they come. Every group drives all its steps, one digit of DriveBits of each input a
// step, least significant first. The step's context is {bank, position} (HasBank: the codes'
// factors are the bank's), else {position}: its codes count 2^position. Combinational from the
// step's counters. Golden twin: the digits of golden's column_quant.
`default_nettype none

module column_quant_frontend #(
  parameter int unsigned Rows        = 64,
  parameter int unsigned ActiveRows  = 64,
  parameter int unsigned BankBits    = 4,
  parameter int unsigned InBeat      = 4,
  parameter int unsigned InBits      = 8,
  parameter int unsigned ElementBits = InBits,
  parameter int unsigned WorkBits    = ElementBits,
  parameter int unsigned DriveBits   = 1,
  parameter int unsigned ContextBits = 3,
  parameter int unsigned Files       = 0,
  parameter int unsigned DataBits    = 32,
  parameter int unsigned IndexBits   = 1,
  // Of this scheme
  parameter int unsigned Steps       = 8,
  parameter int unsigned StepPosBits = 3,
  parameter logic [Steps*StepPosBits-1:0] StepPos = '0,
  parameter bit          HasBank     = 1'b0,
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
  localparam int unsigned StepBits = (Steps > 1) ? $clog2(Steps) : 1;

  if (ElementBits != InBits || WorkBits != InBits || Steps * DriveBits != InBits || Files != 0
      || ContextBits != StepPosBits + (HasBank ? BankBits : 0)) begin : gen_check
    $error("column_quant_frontend: a step for each digit; context: bank, position");
  end

  logic [StepBits-1:0]    step;
  logic [RowsBits-1:0]    group_base;
  logic [StepPosBits-1:0] step_pos;
  logic                   step_negate;

  assign elements_o  = in_data_i;
  assign work_data_o = load_data_i;

  cim_plain_steps #(
    .Rows(Rows),
    .ActiveRows(ActiveRows),
    .Steps(Steps),
    .PosBits(StepPosBits),
    .StepPos(StepPos)
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

  cim_digit_driver #(
    .Rows(Rows),
    .ElementBits(ElementBits),
    .DigitBits(DriveBits)
  ) u_row_driver (
    .elements_i(tile_data_i),
    .step_i(step),
    .row_en_i(step_row_en_o),
    .row_drive_o(step_row_drive_o)
  );

  assign step_convert_o = 1'b1;
  if (HasBank) begin : gen_bank
    assign step_context_o = {tile_bank_i, step_pos};
  end else begin : gen_no_bank
    assign step_context_o = step_pos;
  end

  assign file_ready_o = '1;
  assign file_rdata_o = '0;
  logic unused;
  assign unused = ^{group_base, step_negate, vector_begin_i, beat_taken_i, beat_i, beat_left_i,
                    move_i, tile_bank_i, file_access_i, file_write_i, access_write_i,
                    file_index_i, file_wdata_i};
endmodule

`default_nettype wire

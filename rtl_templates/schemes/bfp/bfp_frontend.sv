// SPDX-License-Identifier: Apache-2.0
// Front end of bfp: input stream and tile -> steps.
//
// The ports are those of every front end (docs/explanation/architecture.md, "Front end"). File 0 is
// the mantissa length m, sampled with a vector's first beat (bfp_mantissa); a write needs to wait
// for nothing. Static blocks (Dynamic = 0): elements are stored as they come, the range of each
// group is gathered meanwhile, a tile is coded when it moves to the work buffer, under one shift a
// group. Dynamic: each element is coded as it arrives, {shift, mantissa}, and a group driven in
// passes. Only steps that something needs are driven; a vector that ends without one sends a step
// without conversion (bfp_pass_sequencer). The step's context is {0, position}: its codes count
// 2^position. Golden twin: the block's codes and the order of steps of the bfp scheme of golden.
`default_nettype none

module bfp_frontend #(
  parameter int unsigned Rows         = 64,
  parameter int unsigned ActiveRows   = 64,
  parameter int unsigned BankBits     = 4,
  parameter int unsigned InBeat       = 4,
  parameter int unsigned InBits       = 8,
  parameter int unsigned ElementBits  = InBits,
  parameter int unsigned WorkBits     = 4,
  parameter int unsigned DriveBits    = 1,
  parameter int unsigned ContextBits  = 4,
  parameter int unsigned Files        = 1,
  parameter int unsigned DataBits     = 32,
  parameter int unsigned IndexBits    = 1,
  // Of this scheme
  parameter int unsigned MantissaBits = 4,
  parameter bit          Dynamic      = 1'b0,
  parameter int unsigned StepPosBits  = 3,
  localparam int unsigned RowsBits    = $clog2(Rows + 1),
  localparam int unsigned Beats       = (Rows + InBeat - 1) / InBeat,
  localparam int unsigned BeatBits    = (Beats > 1) ? $clog2(Beats) : 1,
  localparam int unsigned FilePorts   = (Files > 0) ? Files : 1
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
  localparam int unsigned LengthBits = $clog2(MantissaBits + 1);
  localparam int unsigned ShiftBits  = (InBits > 1) ? $clog2(InBits) : 1;
  localparam int unsigned CodeBits   = MantissaBits + (Dynamic ? ShiftBits : 0);

  if (ElementBits != (Dynamic ? CodeBits : InBits) || WorkBits != CodeBits || DriveBits != 1
      || Files != 1 || ContextBits != StepPosBits + 1) begin : gen_check
    $error("bfp_frontend: elements or codes in the buffers; context: 0, position; one file");
  end

  logic [LengthBits-1:0]   mantissa, length;
  logic [MantissaBits-1:0] length_mask;
  logic [RowsBits-1:0]     group_base;
  logic [ShiftBits-1:0]    group_shift;
  logic [StepPosBits-1:0]  step_pos;

  cim_register_file #(
    .Entries(1),
    .Bits(LengthBits),
    .Signed(1'b0),
    .HasReset(1'b1),
    .Reset(LengthBits'(MantissaBits)),
    .DataBits(DataBits),
    .IndexBits(IndexBits)
  ) u_mantissa (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(1'b0),  // too small for a clock gate
    .write_i(file_write_i),
    .index_i(file_index_i),
    .data_i(file_wdata_i),
    .data_o(file_rdata_o),
    .values_o(mantissa)
  );

  bfp_mantissa #(
    .MantissaBits(MantissaBits)
  ) u_mantissa_length (
    .clk_i(clk_i),
    .register_i(mantissa),
    .vector_begin_i(vector_begin_i),
    .length_o(length),
    .mask_o(length_mask)
  );

  if (Dynamic) begin : gen_dynamic
    for (genvar e = 0; e < InBeat; e++) begin : gen_encoder
      bfp_element_encoder #(
        .Bits(InBits),
        .MantissaBits(MantissaBits)
      ) u_encoder (
        .value_i(in_data_i[e*InBits +: InBits]),
        .length_i(length),
        .mask_i(length_mask),
        .code_o(elements_o[e*ElementBits +: ElementBits])
      );
    end
    assign work_data_o = load_data_i;
    assign group_shift = '0;
    logic unused_dynamic;
    assign unused_dynamic = ^{group_base, move_i, beat_taken_i, beat_i, beat_left_i};
  end else begin : gen_static
    logic [Groups*InBits-1:0]    ranges;
    logic [Groups*ShiftBits-1:0] shifts;
    assign elements_o = in_data_i;

    bfp_group_range #(
      .Rows(Rows),
      .ActiveRows(ActiveRows),
      .Bits(InBits),
      .BeatElements(InBeat)
    ) u_group_range (
      .clk_i(clk_i),
      .beat_taken_i(beat_taken_i),
      .beat_i(beat_i),
      .beat_left_i(beat_left_i),
      .elements_i(in_data_i),
      .ranges_o(ranges)
    );

    bfp_block_encoder #(
      .Rows(Rows),
      .ActiveRows(ActiveRows),
      .Bits(InBits),
      .MantissaBits(MantissaBits)
    ) u_block_encoder (
      .elements_i(load_data_i),
      .ranges_i(ranges),
      .length_i(length),
      .mask_i(length_mask),
      .mantissas_o(work_data_o),
      .shifts_o(shifts)
    );

    bfp_shared_shift #(
      .Rows(Rows),
      .ActiveRows(ActiveRows),
      .ShiftBits(ShiftBits)
    ) u_shared_shift (
      .clk_i(clk_i),
      .load_i(move_i),
      .shifts_i(shifts),
      .base_i(group_base),
      .shift_o(group_shift)
    );
  end

  bfp_pass_sequencer #(
    .Rows(Rows),
    .ActiveRows(ActiveRows),
    .Bits(InBits),
    .MantissaBits(MantissaBits),
    .PosBits(StepPosBits),
    .Dynamic(Dynamic)
  ) u_pass_sequencer (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .tile_valid_i(tile_valid_i),
    .tile_ready_o(tile_ready_o),
    .tile_last_i(tile_last_i),
    .tile_rows_i(tile_rows_i),
    .codes_i(tile_data_i),
    .base_o(group_base),
    .shift_i(group_shift),
    .valid_o(step_valid_o),
    .ready_i(step_ready_i),
    .convert_o(step_convert_o),
    .row_en_o(step_row_en_o),
    .row_drive_o(step_row_drive_o),
    .pos_o(step_pos),
    .first_of_tile_o(step_first_tile_o),
    .first_of_vector_o(step_first_vector_o),
    .last_of_vector_o(step_last_vector_o)
  );

  assign step_context_o = {1'b0, step_pos};

  assign file_ready_o = 1'b1;
  logic unused;
  assign unused = ^{tile_first_i, tile_bank_i, file_access_i, access_write_i};
endmodule

`default_nettype wire

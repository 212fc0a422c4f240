// SPDX-License-Identifier: Apache-2.0
// Takes one tile (Rows encoded elements) from a stream and offers it whole, while the next is taken
// (with Direct, once it has been driven).
//
// Structure: a load buffer that fills beat by beat, and a work buffer that the row driver reads.
// The copy between them costs one cycle of the stream, none of the array: it happens in the cycle
// in which the last step of the former tile is taken. With Direct (a tile that is driven in one
// step) the load buffer is read itself and there is no work buffer.
//
// A scheme may code a whole tile between the two: it sees the load buffer (load_data_o) and gives
// what the work buffer takes (work_data_i, WorkBits an element) in the cycle with move_o. What it
// gathers while beats arrive it takes with beat_taken_o: the beat's number and how many rows are
// left, this beat's included.
//
// Beats: ceil(rows / BeatElements); the first carries the header (bank, first and last tile of the
// vector, number of present rows, 1..Rows). Elements of a last beat past the present rows are
// ignored. A tile is its vector's first if no vector is open: after a last tile, or reset. first_i
// says the same and is only checked, so that a wrong one cannot leave a vector without its end.
// Simulation asserts both at a tile's first beat: first_i_wrong, rows_i_out_of_range.
// Latency: a tile is offered two cycles after its last beat (one with Direct).
// GateBits > 0: the elements of a beat, and the work buffer, rest behind a cim_clock_gate each if
// they have at least so many bits.
// Reset: control only; the data registers have none. Golden twin: none (no arithmetic); the test
// compares with a queue.
`default_nettype none

module cim_input_buffer #(
  parameter int unsigned Rows         = 64,
  parameter int unsigned ElementBits  = 8,
  parameter int unsigned WorkBits     = ElementBits,
  parameter int unsigned BeatElements = 4,
  parameter int unsigned BankBits     = 4,
  parameter bit          Direct       = 1'b0,
  parameter int unsigned GateBits     = 0,
  localparam int unsigned RowsBits    = $clog2(Rows + 1),
  localparam int unsigned Beats       = (Rows + BeatElements - 1) / BeatElements,
  localparam int unsigned BeatBits    = (Beats > 1) ? $clog2(Beats) : 1
) (
  input  wire logic                                clk_i,
  input  wire logic                                rst_ni,
  input  wire logic                                test_en_i,
  // Stream of encoded elements
  input  wire logic                                valid_i,
  output logic                                     ready_o,
  input  wire logic [BeatElements*ElementBits-1:0] data_i,
  input  wire logic [BankBits-1:0]                 bank_i,
  input  wire logic                                first_i,
  input  wire logic                                last_i,
  input  wire logic [RowsBits-1:0]                 rows_i,
  // A new tile, or a new vector, may not begin
  input  wire logic                                block_tile_i,
  input  wire logic                                block_vector_i,
  output logic                                     vector_begin_o,
  output logic                                     empty_o,
  // The load buffer holds a tile of this bank, or some beats of one
  output logic                                     loading_o,
  output logic [BankBits-1:0]                      loading_bank_o,
  // The tile being loaded, and what becomes of it
  output logic                                     beat_taken_o,
  output logic [BeatBits-1:0]                      beat_o,
  output logic [RowsBits-1:0]                      beat_left_o,
  output logic [Rows*ElementBits-1:0]              load_data_o,
  output logic                                     move_o,
  input  wire logic [Rows*WorkBits-1:0]            work_data_i,
  // The tile being driven; ready_i with its last step
  output logic                                     tile_valid_o,
  input  wire logic                                tile_ready_i,
  output logic [Rows*WorkBits-1:0]                 tile_data_o,
  output logic [BankBits-1:0]                      tile_bank_o,
  output logic                                     tile_first_o,
  output logic                                     tile_last_o,
  output logic [RowsBits-1:0]                      tile_rows_o
);
  if (Rows < 1 || BeatElements < 1 || BeatElements > Rows) begin : gen_check
    $error("cim_input_buffer: BeatElements must be 1..Rows");
  end

  logic                full_q, full_d;      // the load buffer holds a whole tile
  logic                partial_q;           // it holds some beats of one
  logic [BeatBits-1:0] beat_q;
  logic                open_q;              // the last tile that left was no vector's last
  logic                first;               // the next tile, or the one loaded, is a first
  logic                take, last_beat, move;

  logic [Rows*ElementBits-1:0] load_q;
  logic [BankBits-1:0]         load_bank_q;
  logic                        load_last_q;
  logic [RowsBits-1:0]         load_rows_q;

  assign first   = !open_q;
  assign ready_o = !full_q && (partial_q || !(block_tile_i || (block_vector_i && first)));
  assign take    = valid_i && ready_o;
  assign vector_begin_o = take && !partial_q && first;
  assign beat_taken_o   = take;
  assign beat_o         = beat_q;
  assign load_data_o    = load_q;
  assign move_o         = move;
  assign loading_o      = full_q || partial_q;
  assign loading_bank_o = load_bank_q;

  always_comb begin
    full_d = full_q;
    if (take && last_beat) full_d = 1'b1;
    else if (move) full_d = 1'b0;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      full_q    <= 1'b0;
      partial_q <= 1'b0;
      beat_q    <= '0;
      open_q    <= 1'b0;
    end else begin
      full_q <= full_d;
      if (move) open_q <= !load_last_q;
      if (take) begin
        partial_q <= !last_beat;
        beat_q    <= last_beat ? '0 : beat_q + BeatBits'(1);
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (take && !partial_q) begin
      load_bank_q <= bank_i;
      load_last_q <= last_i;
      load_rows_q <= rows_i;
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
    end else if (take && !partial_q) begin
      first_i_wrong: assert (first_i == first)
        else
          $error("cim_input_buffer: first_i is %0d, expected %0d: 1 after a last tile or reset",
                 first_i, first);
      rows_i_out_of_range: assert (32'(rows_i) - 32'd1 < Rows)
        else $error("cim_input_buffer: rows_i is %0d, expected 1 to %0d", rows_i, Rows);
    end
  end
`else
  logic unused_first;
  assign unused_first = first_i;
`endif

  if (Beats > 1) begin : gen_beats
    localparam logic [RowsBits-1:0] BeatRows = RowsBits'(BeatElements);
    logic [RowsBits-1:0] left_q, left;  // rows still to come, this beat included
    assign left      = partial_q ? left_q : rows_i;
    assign last_beat = left <= BeatRows;
    assign beat_left_o = left;
    always_ff @(posedge clk_i) begin
      if (take) left_q <= left - BeatRows;
    end
  end else begin : gen_one_beat
    assign last_beat   = 1'b1;
    assign beat_left_o = rows_i;
  end

  for (genvar b = 0; b < Beats; b++) begin : gen_load
    localparam int unsigned First    = b * BeatElements;
    localparam int unsigned Elements = (Rows - First < BeatElements) ? Rows - First : BeatElements;
    localparam bit          Gate     = GateBits > 0 && Elements * ElementBits >= GateBits;
    logic                            load, clk_beat;
    logic [Elements*ElementBits-1:0] elements_q;
    assign load = take && beat_q == BeatBits'(b);
    if (Gate) begin : gen_gate
      cim_clock_gate u_gate (
        .clk_i(clk_i), .en_i(load), .test_en_i(test_en_i), .clk_o(clk_beat)
      );
    end else begin : gen_clock
      assign clk_beat = clk_i;
    end
    always_ff @(posedge clk_beat) begin
      if (Gate || load) elements_q <= data_i[0 +: Elements*ElementBits];
    end
    assign load_q[First*ElementBits +: Elements*ElementBits] = elements_q;
  end

  if (Direct) begin : gen_direct
    assign move         = full_q && tile_ready_i;
    assign tile_valid_o = full_q;
    assign tile_data_o  = work_data_i;
    assign tile_bank_o  = load_bank_q;
    assign tile_first_o = first;
    assign tile_last_o  = load_last_q;
    assign tile_rows_o  = load_rows_q;
    assign empty_o      = !full_q && !partial_q;
  end else begin : gen_work
    logic                        valid_q;
    logic [Rows*WorkBits-1:0]    work_q;
    logic [BankBits-1:0]         bank_q;
    logic                        first_q, last_q;
    logic [RowsBits-1:0]         rows_q;

    localparam bit Gate = GateBits > 0 && Rows * WorkBits >= GateBits;
    logic          clk_work;
    if (Gate) begin : gen_gate
      cim_clock_gate u_gate (
        .clk_i(clk_i), .en_i(move), .test_en_i(test_en_i), .clk_o(clk_work)
      );
    end else begin : gen_clock
      assign clk_work = clk_i;
    end

    assign move = full_q && (!valid_q || tile_ready_i);

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) valid_q <= 1'b0;
      else if (move) valid_q <= 1'b1;
      else if (tile_ready_i) valid_q <= 1'b0;
    end

    always_ff @(posedge clk_work) begin
      if (Gate || move) begin
        work_q  <= work_data_i;
        bank_q  <= load_bank_q;
        first_q <= first;
        last_q  <= load_last_q;
        rows_q  <= load_rows_q;
      end
    end

    assign tile_valid_o = valid_q;
    assign tile_data_o  = work_q;
    assign tile_bank_o  = bank_q;
    assign tile_first_o = first_q;
    assign tile_last_o  = last_q;
    assign tile_rows_o  = rows_q;
    assign empty_o      = !full_q && !partial_q && !valid_q;
  end

  logic unused_test;
  assign unused_test = test_en_i;
endmodule

`default_nettype wire

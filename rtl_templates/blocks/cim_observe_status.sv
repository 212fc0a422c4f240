// SPDX-License-Identifier: Apache-2.0
// What the macro says of itself in one register, and what its streams have mis-stated.
//
// Bits (status; those from 5 on are sticky: writing 1 clears, setting wins):
//   0  busy            a vector, a tile, a weight access or a step of the step mode is inside
//   1  stepping        a step of the step mode is under way
//   2  timed_out       of any ADC, see cim_adc_observe, as are the next two: cleared there
//   3  clipped
//   4  early
//   5  saturated       an output that says so was taken
//   6  bad_first       a tile whose in_first does not agree with the tiles before it
//   7  bad_rows        rows outside 1 .. Rows
//   8  bad_bank        a bank that is not there, of a tile or of a weight access
//   9  many_tiles      a vector's tile after the MaxTiles-th
//   10 refused         a step of the step mode that was refused
// beat_taken_i: an input beat is taken, the beat_i-th of its tile; beat 0 carries the tile's
// header. A tile with rows above Rows has more beats than beat_i counts: past its bad_rows the
// flags of the header may be of a later beat. vector_begin_i: the beat begins a vector. Golden
// twin: none.
`default_nettype none

module cim_observe_status #(
  parameter int unsigned Rows      = 8,
  parameter int unsigned Banks     = 2,
  parameter int unsigned MaxTiles  = 16,
  parameter int unsigned OutBeat   = 1,
  parameter int unsigned BeatBits  = 1,
  parameter int unsigned DataBits  = 32,
  localparam int unsigned RowsBits = $clog2(Rows + 1),
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1
) (
  input  wire logic                clk_i,
  input  wire logic                rst_ni,
  // Input stream
  input  wire logic                beat_taken_i,
  input  wire logic [BeatBits-1:0] beat_i,
  input  wire logic                vector_begin_i,
  input  wire logic                in_first_i,
  input  wire logic [BankBits-1:0] in_bank_i,
  input  wire logic [RowsBits-1:0] in_rows_i,
  // Weight accesses
  input  wire logic                weight_taken_i,
  input  wire logic [BankBits-1:0] weight_bank_i,
  // Output stream
  input  wire logic                out_taken_i,
  input  wire logic [OutBeat-1:0]  out_saturated_i,
  // Inside
  input  wire logic                busy_i,
  input  wire logic                stepping_i,
  input  wire logic [2:0]          any_flag_i,
  input  wire logic                refused_i,
  // Register
  input  wire logic                write_i,
  input  wire logic [DataBits-1:0] wdata_i,
  output logic [DataBits-1:0]      rdata_o
);
  localparam int unsigned Sticky    = 6;
  localparam int unsigned First     = 5;
  localparam int unsigned TilesBits = $clog2(MaxTiles + 1);

  logic [Sticky-1:0]    sticky_q, set;
  logic [TilesBits-1:0] tiles_q;  // of the vector so far, at most MaxTiles
  logic                 header, bank_there, weight_bank_there;

  assign header = beat_taken_i && beat_i == '0;
  if (Banks == 2 ** BankBits) begin : gen_all_banks
    assign bank_there        = 1'b1;
    assign weight_bank_there = 1'b1;
    logic unused_banks;
    assign unused_banks = ^{in_bank_i, weight_bank_i};
  end else begin : gen_some_banks
    assign bank_there        = in_bank_i < BankBits'(Banks);
    assign weight_bank_there = weight_bank_i < BankBits'(Banks);
  end

  assign set = {refused_i,
                header && !vector_begin_i && tiles_q == TilesBits'(MaxTiles),
                (header && !bank_there) || (weight_taken_i && !weight_bank_there),
                header && !(32'(in_rows_i) - 32'd1 < Rows),
                header && in_first_i != vector_begin_i,
                out_taken_i && |out_saturated_i};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      sticky_q <= '0;
      tiles_q  <= '0;
    end else begin
      sticky_q <= set | (sticky_q & ~({Sticky{write_i}} & wdata_i[First +: Sticky]));
      if (header) begin
        if (vector_begin_i) tiles_q <= TilesBits'(1);
        else if (tiles_q != TilesBits'(MaxTiles)) tiles_q <= tiles_q + TilesBits'(1);
      end
    end
  end

  assign rdata_o = DataBits'({sticky_q, any_flag_i, stepping_i, busy_i});

  logic unused;
  assign unused = ^wdata_i;
endmodule

`default_nettype wire

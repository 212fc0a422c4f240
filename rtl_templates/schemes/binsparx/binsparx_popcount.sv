// SPDX-License-Identifier: Apache-2.0
// Counts the ones of each group of rows while a tile arrives, so that the counts are there when the
// tile is: one element a row, BeatElements a beat, beat 0 first, as cim_input_buffer takes them.
//
// counts_o[g] = number of ones among the present rows of group g (rows g·ActiveRows ..); complete
// in the cycle after the tile's last beat. A group without a present row: undefined. A beat may end
// inside a group, hold several, or both: what it adds to its first group continues from the former
// beat. Beats that hold whole groups, or whole parts of one, need no masks and no second counter.
// No rounding, no overflow. Registers have no reset: a tile overwrites what it uses. Golden twin:
// sa of the binsparx scheme (a count over the group's vector).
`default_nettype none

module binsparx_popcount #(
  parameter int unsigned Rows         = 64,
  parameter int unsigned ActiveRows   = 64,
  parameter int unsigned BeatElements = 4,
  localparam int unsigned Groups      = Rows / ActiveRows,
  localparam int unsigned CountBits   = $clog2(ActiveRows + 1),
  localparam int unsigned RowsBits    = $clog2(Rows + 1),
  localparam int unsigned Beats       = (Rows + BeatElements - 1) / BeatElements,
  localparam int unsigned BeatBits    = (Beats > 1) ? $clog2(Beats) : 1
) (
  input  wire logic                        clk_i,
  input  wire logic                        beat_taken_i,
  input  wire logic [BeatBits-1:0]         beat_i,
  input  wire logic [RowsBits-1:0]         beat_left_i,  // rows left, this beat's included
  input  wire logic [BeatElements-1:0]     bits_i,
  output logic [Groups*CountBits-1:0]      counts_o
);
  if (ActiveRows < 1 || Rows % ActiveRows != 0 || BeatElements > Rows) begin : gen_check
    $error("binsparx_popcount: ActiveRows must divide Rows, BeatElements <= Rows");
  end

  // Groups that a beat may touch: the group of its first row is slot 0.
  function automatic int unsigned slots_of();
    slots_of = 1;
    for (int unsigned b = 0; b < Beats; b++) begin
      for (int unsigned e = 0; e < BeatElements && b*BeatElements + e < Rows; e++) begin
        if ((b*BeatElements + e) / ActiveRows - b*BeatElements / ActiveRows >= slots_of) begin
          slots_of = slots_of + 1;
        end
      end
    end
  endfunction
  localparam int unsigned Slots      = slots_of();
  localparam bit          Continues  = BeatElements % ActiveRows != 0;  // from beat to beat
  localparam bit          Aligned    = !Continues || ActiveRows % BeatElements == 0;
  localparam int unsigned GroupBits  = (Groups > 1) ? $clog2(Groups) : 1;
  localparam int unsigned OffsetBits = (ActiveRows > 1) ? $clog2(ActiveRows) : 1;

  // Where the beat begins: its first group, and the row inside it.
  logic [GroupBits-1:0]  first;
  logic [OffsetBits-1:0] offset;
  always_comb begin
    first  = '0;
    offset = '0;
    for (int unsigned b = 0; b < Beats; b++) begin
      if (beat_i == BeatBits'(b)) begin
        first  = GroupBits'(b*BeatElements / ActiveRows);
        offset = OffsetBits'(b*BeatElements % ActiveRows);
      end
    end
  end

  logic [BeatElements-1:0]    ones;
  logic [Slots*CountBits-1:0] sums;
  logic [CountBits-1:0]       run;  // of a group that the former beat did not end
  for (genvar e = 0; e < BeatElements; e++) begin : gen_present
    assign ones[e] = bits_i[e] && beat_left_i > RowsBits'(e);
  end

  for (genvar s = 0; s < Slots; s++) begin : gen_slot
    logic [BeatElements-1:0] mine;
    if (Slots == 1) begin : gen_whole
      assign mine = ones;
    end else if (Aligned) begin : gen_part
      for (genvar e = 0; e < BeatElements; e++) begin : gen_mask
        assign mine[e] = (e / ActiveRows == s) ? ones[e] : 1'b0;
      end
    end else begin : gen_moving
      // Element e is row offset + e, counted from the beginning of slot 0.
      for (genvar e = 0; e < BeatElements; e++) begin : gen_mask
        logic begun;
        if (s == 0) begin : gen_first
          assign begun = 1'b1;
        end else begin : gen_later
          assign begun = 32'(offset) + e >= s*ActiveRows;
        end
        assign mine[e] = ones[e] && begun && 32'(offset) + e < (s + 1)*ActiveRows;
      end
    end
    if (s == 0 && Continues) begin : gen_continue
      assign sums[0 +: CountBits] =
          CountBits'($countones(mine)) + ((offset == '0) ? '0 : run);
    end else begin : gen_fresh
      assign sums[s*CountBits +: CountBits] = CountBits'($countones(mine));
    end
  end

  // A slot past the beat's last group writes 0 into one that begins later: it is written again.
  logic [Groups*CountBits-1:0] counts_q;
  for (genvar g = 0; g < Groups; g++) begin : gen_group
    always_ff @(posedge clk_i) begin
      for (int unsigned s = 0; s < Slots; s++) begin
        if (beat_taken_i && 32'(first) + s == g) begin
          counts_q[g*CountBits +: CountBits] <= sums[s*CountBits +: CountBits];
        end
      end
    end
  end

  if (Groups == 1 || !Continues) begin : gen_no_run
    assign run = counts_q[0 +: CountBits];
  end else begin : gen_run
    // The last group that the beat touches.
    logic [CountBits-1:0] run_q, last;
    always_comb begin
      last = sums[0 +: CountBits];
      for (int unsigned s = 1; s < Slots; s++) begin
        if (32'(offset) + BeatElements > s*ActiveRows) last = sums[s*CountBits +: CountBits];
      end
    end
    always_ff @(posedge clk_i) begin
      if (beat_taken_i) run_q <= last;
    end
    assign run = run_q;
  end
  assign counts_o = counts_q;

  if (!Continues) begin : gen_unused
    logic unused_run;
    assign unused_run = ^{run, offset};
  end
endmodule

`default_nettype wire

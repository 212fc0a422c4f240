// SPDX-License-Identifier: Apache-2.0
// Static blocks: gathers the range of each group of rows while a tile arrives, so that it is there
// when the tile is: an OR-tree over the beat's present elements, a register of Bits a group.
// Beats as cim_input_buffer takes them, BeatElements elements each, beat 0 first.
//
// ranges_o[g] = OR of the present rows' elements of group g (rows g*ActiveRows ..); complete in the
// cycle after the tile's last beat. A group without a present row: undefined. A beat may end inside
// a group, hold several, or both.
// Registers have no reset: a tile overwrites what it uses. Golden twin: the block's range in the
// bfp scheme of golden.
`default_nettype none

module bfp_group_range #(
  parameter int unsigned Rows         = 64,
  parameter int unsigned ActiveRows   = 64,
  parameter int unsigned Bits         = 8,
  parameter int unsigned BeatElements = 4,
  localparam int unsigned Groups      = Rows / ActiveRows,
  localparam int unsigned RowsBits    = $clog2(Rows + 1),
  localparam int unsigned Beats       = (Rows + BeatElements - 1) / BeatElements,
  localparam int unsigned BeatBits    = (Beats > 1) ? $clog2(Beats) : 1
) (
  input  wire logic                         clk_i,
  input  wire logic                         beat_taken_i,
  input  wire logic [BeatBits-1:0]          beat_i,
  input  wire logic [RowsBits-1:0]          beat_left_i,  // rows left, this beat's included
  input  wire logic [BeatElements*Bits-1:0] elements_i,
  output logic [Groups*Bits-1:0]            ranges_o
);
  if (ActiveRows < 1 || Rows % ActiveRows != 0 || BeatElements > Rows) begin : gen_check
    $error("bfp_group_range: ActiveRows must divide Rows, BeatElements <= Rows");
  end

  // One tree for all groups where a beat never holds two; else one for each place of a group in a
  // beat where these are fixed; else one for each group.
  localparam bit          OneGroup = ActiveRows % BeatElements == 0;
  localparam bit          Whole    = BeatElements % ActiveRows == 0;
  localparam int unsigned Trees    = OneGroup ? 1 : Whole ? BeatElements / ActiveRows : Groups;

  logic [BeatElements-1:0] present;
  logic [Trees*Bits-1:0]   found;
  for (genvar e = 0; e < BeatElements; e++) begin : gen_present
    assign present[e] = beat_left_i > RowsBits'(e);
  end

  for (genvar t = 0; t < Trees; t++) begin : gen_tree
    logic [BeatElements-1:0] mine;
    for (genvar e = 0; e < BeatElements; e++) begin : gen_mine
      if (OneGroup) begin : gen_all
        assign mine[e] = present[e];
      end else if (Whole) begin : gen_place
        assign mine[e] = (e / ActiveRows == t) ? present[e] : 1'b0;
      end else begin : gen_beats
        // Row b*BeatElements + e is of group t.
        always_comb begin
          mine[e] = 1'b0;
          for (int unsigned b = 0; b < Beats; b++) begin
            if ((b*BeatElements + e) / ActiveRows == t && beat_i == BeatBits'(b)) begin
              mine[e] = present[e];
            end
          end
        end
      end
    end
    bfp_or_tree #(.Rows(BeatElements), .Bits(Bits)) u_or_tree (
      .elements_i(elements_i), .enable_i(mine), .any_o(found[t*Bits +: Bits])
    );
  end

  for (genvar g = 0; g < Groups; g++) begin : gen_group
    localparam int unsigned First = g*ActiveRows / BeatElements;
    localparam int unsigned Last  = ((g + 1)*ActiveRows - 1) / BeatElements;
    localparam int unsigned Tree  = OneGroup ? 0 : Whole ? g % Trees : g;
    logic [Bits-1:0] range_q, former;
    logic            here;
    always_comb begin
      here = 1'b0;
      for (int unsigned b = First; b <= Last; b++) begin
        if (beat_i == BeatBits'(b)) here = 1'b1;
      end
    end
    assign former = (beat_i == BeatBits'(First)) ? '0 : range_q;
    always_ff @(posedge clk_i) begin
      if (beat_taken_i && here) range_q <= former | found[Tree*Bits +: Bits];
    end
    assign ranges_o[g*Bits +: Bits] = range_q;
  end
endmodule

`default_nettype wire

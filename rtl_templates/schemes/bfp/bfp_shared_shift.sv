// SPDX-License-Identifier: Apache-2.0
// The shared-exponent register of static blocks: one shift a group, loaded with the tile (load_i),
// and the shift of the group that begins at row base_i. No reset: loaded with each tile.
// Golden twin: none (a register and a multiplexer).
`default_nettype none

module bfp_shared_shift #(
  parameter int unsigned Rows       = 64,
  parameter int unsigned ActiveRows = 64,
  parameter int unsigned ShiftBits  = 3,
  localparam int unsigned Groups    = Rows / ActiveRows,
  localparam int unsigned RowsBits  = $clog2(Rows + 1)
) (
  input  wire logic                        clk_i,
  input  wire logic                        load_i,
  input  wire logic [Groups*ShiftBits-1:0] shifts_i,
  input  wire logic [RowsBits-1:0]         base_i,
  output logic [ShiftBits-1:0]             shift_o
);
  if (ActiveRows < 1 || Rows % ActiveRows != 0) begin : gen_check
    $error("bfp_shared_shift: ActiveRows must divide Rows");
  end

  logic [Groups*ShiftBits-1:0] shifts_q;
  always_ff @(posedge clk_i) begin
    if (load_i) shifts_q <= shifts_i;
  end
  always_comb begin
    shift_o = '0;
    for (int unsigned g = 0; g < Groups; g++) begin
      if (base_i == RowsBits'(g*ActiveRows)) shift_o = shift_o | shifts_q[g*ShiftBits +: ShiftBits];
    end
  end
endmodule

`default_nettype wire

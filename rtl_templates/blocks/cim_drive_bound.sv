// SPDX-License-Identifier: Apache-2.0
// Ends a drive that has waited too long for its turn, and keeps what it drives, so that it can be
// driven anew. For arrays whose charge leaks; part of cim_array_timing.
//
// load_i: a drive begins in the next cycle, a new one with these rows. driving_i is high while a
// drive stands. expired_o is high in its cycle number MaxCycles unless ending_i (it is taken in
// this cycle): the drive ends with it. From then on again_o is high until reload_i, with which it
// begins anew, with row_en_o and row_drive_o. The counter holds MaxCycles - 1 at most and is set by
// every drive. GateBits > 0: the copies rest behind a cim_clock_gate if they have at least so many
// bits. Golden twin: none (timing).
`default_nettype none

module cim_drive_bound #(
  parameter int unsigned Rows      = 64,
  parameter int unsigned DriveBits = 1,
  parameter int unsigned MaxCycles = 1000,
  parameter int unsigned GateBits  = 0
) (
  input  wire logic                      clk_i,
  input  wire logic                      rst_ni,
  input  wire logic                      test_en_i,
  input  wire logic                      load_i,
  input  wire logic [Rows-1:0]           row_en_i,
  input  wire logic [Rows*DriveBits-1:0] row_drive_i,
  input  wire logic                      driving_i,
  input  wire logic                      ending_i,
  output logic                           expired_o,
  output logic                           again_o,
  input  wire logic                      reload_i,
  output logic [Rows-1:0]                row_en_o,
  output logic [Rows*DriveBits-1:0]      row_drive_o
);
  if (MaxCycles < 1) begin : gen_check
    $error("cim_drive_bound: MaxCycles >= 1");
  end
  localparam int unsigned CountBits = (MaxCycles > 1) ? $clog2(MaxCycles) : 1;
  localparam bit Gate = GateBits > 0 && Rows * (DriveBits + 1) >= GateBits;

  logic [CountBits-1:0] left_q;  // cycles that the drive may stand after this one
  logic                 again_q, clk_copy;

  assign expired_o = driving_i && left_q == '0 && !ending_i;
  assign again_o   = again_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      left_q  <= '0;
      again_q <= 1'b0;
    end else begin
      if (load_i || reload_i) left_q <= CountBits'(MaxCycles - 1);
      else if (driving_i && left_q != '0) left_q <= left_q - CountBits'(1);
      again_q <= expired_o || (again_q && !reload_i);
    end
  end

  if (Gate) begin : gen_gate
    cim_clock_gate u_gate (
      .clk_i(clk_i), .en_i(load_i), .test_en_i(test_en_i), .clk_o(clk_copy)
    );
  end else begin : gen_clock
    assign clk_copy = clk_i;
  end
  always_ff @(posedge clk_copy) begin
    if (Gate || load_i) begin
      row_en_o    <= row_en_i;
      row_drive_o <= row_drive_i;
    end
  end

  logic unused_test;
  assign unused_test = test_en_i;

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!(again_q && (load_i || driving_i)));  // no new drive before the old one
    end
  end
`endif
endmodule

`default_nettype wire

// Says when nothing of any tile is under way: quiet_o with the input empty and the array idle, and
// lanes_quiet_o once that has lasted Drain cycles, so that the lanes have used the last code too: the
// condition under which a register of a lane may be read or written by the configuration port.
// Drain is the number of registers that lie between a code's register and the sum's own, the former
// included; 0 if no register waits for it. Golden twin: none (flow control).
`default_nettype none

module cim_tile_quiet #(
  parameter int unsigned Drain = 1
) (
  input  wire logic clk_i,
  input  wire logic rst_ni,
  input  wire logic input_empty_i,
  input  wire logic array_idle_i,
  output logic      quiet_o,
  output logic      lanes_quiet_o
);
  assign quiet_o = input_empty_i && array_idle_i;

  if (Drain > 0) begin : gen_drain
    logic [Drain-1:0] quiet_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) quiet_q <= '0;
      else quiet_q <= Drain'({quiet_q, quiet_o});
    end
    assign lanes_quiet_o = quiet_o && (&quiet_q);
  end else begin : gen_at_once
    assign lanes_quiet_o = quiet_o;
    logic unused_clock;
    assign unused_clock = ^{clk_i, rst_ni};
  end
endmodule

`default_nettype wire

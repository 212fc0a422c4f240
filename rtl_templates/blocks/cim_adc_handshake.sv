// SPDX-License-Identifier: Apache-2.0
// The way to ADCs that have a clock of their own: a four-phase handshake for each, between the
// interface of the ADC (cim_adc_interface, column_adc_interface) and the array port.
//
// adc_request_o rises, the ADC converts and raises adc_acknowledge_i with a stable code; then the
// request falls, and with it the acknowledge. The acknowledge passes two flip-flops; when it has,
// answered_o is high for one cycle: request taken and code there at once, as of an ADC of one
// cycle, so that column and trim stand until the edge at which the request falls, one cycle later.
// The code, which stands with the acknowledge, needs no synchronizer. The request is a function of
// request_i and three flip-flops, one of which changes at a time (or all for its fall): it has no
// spikes where request_i has none, as from the ADC's interface. cim_adc_observe gates request_i
// with its masks: there it may spike at the clock edge at which a mask or a time-out changes.
// quiet_o: a request of that ADC in the next cycle would rise in it; a step is taken only when all
// are, since the port says by its first requests that it was.
//
// A conversion of n cycles (the acknowledge is there at the end of the n-th with the request) takes
// n + 4 from request to request if the acknowledge falls within the request's first cycle low, and
// up to two more, one for each edge of the acknowledge that comes too close to the clock's.
// Reset: as if acknowledged, so that no request rises before an acknowledge from before the reset
// has gone. Golden twin: none (flow control).
`default_nettype none

module cim_adc_handshake #(
  parameter int unsigned Adcs = 1
) (
  input  wire logic            clk_i,
  input  wire logic            rst_ni,
  // To the interfaces
  input  wire logic [Adcs-1:0] request_i,
  output logic [Adcs-1:0]      answered_o,
  output logic [Adcs-1:0]      quiet_o,
  // To the ADCs
  output logic [Adcs-1:0]      adc_request_o,
  input  wire logic [Adcs-1:0] adc_acknowledge_i
);
  if (Adcs < 1) begin : gen_check
    $error("cim_adc_handshake: Adcs >= 1");
  end

  logic [Adcs-1:0] first_q, second_q, seen_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      first_q  <= {Adcs{1'b1}};
      second_q <= {Adcs{1'b1}};
      seen_q   <= {Adcs{1'b1}};
    end else begin
      first_q  <= adc_acknowledge_i;
      second_q <= first_q;
      seen_q   <= second_q;
    end
  end

  assign answered_o    = second_q & ~seen_q;
  assign adc_request_o = request_i & ~(second_q & seen_q);
  assign quiet_o       = ~first_q;
endmodule

`default_nettype wire

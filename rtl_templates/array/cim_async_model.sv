// SPDX-License-Identifier: Apache-2.0
// ADCs that have a clock of their own, as the handshake of the array port shows them: between that
// port and the converters of cim_array_model, which convert.
//
// The clock is the falling edge of clk_i: acknowledges and codes change half a cycle away from the
// edges of the macro. With the simulation's option +cim_random_latency each edge of an acknowledge
// also waits 0 to 3 cycles more, drawn at random for each ADC. Between acknowledges the code is
// inverted, so that one taken too late or too early is wrong. Golden twin: none.
`default_nettype none

module cim_async_model #(
  parameter int unsigned Adcs     = 1,
  parameter int unsigned CodeBits = 4
) (
  input  wire logic                     clk_i,
  input  wire logic                     rst_ni,
  // Array port
  input  wire logic [Adcs-1:0]          request_i,
  output logic [Adcs-1:0]               acknowledge_o,
  output logic [Adcs*CodeBits-1:0]      code_o,
  // Converters
  output logic [Adcs-1:0]               req_valid_o,
  input  wire logic [Adcs-1:0]          req_ready_i,
  input  wire logic [Adcs-1:0]          resp_valid_i,
  input  wire logic [Adcs*CodeBits-1:0] resp_code_i
);
  logic random;
  initial random = $test$plusargs("cim_random_latency") != 0;

  // In parts: Verilator unrolls a generate loop 3072 times at most.
  for (genvar p = 0; p < Adcs; p = p + 1024) begin : gen_part
    for (genvar a = p; a < Adcs && a < p + 1024; a++) begin : gen_adc
      logic                taken_q;             // the converter has the request that stands
      logic                ready_q, ack_q;      // the code is there; it is shown
      logic [1:0]          wait_q;
      logic [CodeBits-1:0] code_q;

      assign req_valid_o[a] = request_i[a] && !taken_q;
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) taken_q <= 1'b0;
        else taken_q <= request_i[a] && (taken_q || (req_valid_o[a] && req_ready_i[a]));
      end

      always_ff @(negedge clk_i or negedge rst_ni) begin
        if (!rst_ni) begin
          ready_q <= 1'b0;
          ack_q   <= 1'b0;
          wait_q  <= '0;
        end else begin
          if (wait_q != '0) begin
            wait_q <= wait_q - 2'd1;
          end else if (!ack_q && (ready_q || resp_valid_i[a])) begin
            ack_q   <= 1'b1;
            ready_q <= 1'b0;
            wait_q  <= random ? 2'($urandom_range(3)) : 2'd0;
          end else if (ack_q && !request_i[a]) begin
            ack_q  <= 1'b0;
            wait_q <= random ? 2'($urandom_range(3)) : 2'd0;
          end
          if (resp_valid_i[a] && (ack_q || wait_q != '0)) ready_q <= 1'b1;
        end
      end
      // A converter of one cycle may answer in the first cycle of a drive, whose values are
      // computed at the falling edge too: its code passes through until the rising edge keeps it.
      logic [CodeBits-1:0] resp_code, code;
      assign resp_code = resp_code_i[a*CodeBits +: CodeBits];
      always_ff @(posedge clk_i) if (resp_valid_i[a]) code_q <= resp_code;
      assign code = resp_valid_i[a] ? resp_code : code_q;

      assign acknowledge_o[a] = ack_q;
      assign code_o[a*CodeBits +: CodeBits] = code ^ {CodeBits{!ack_q}};
    end
  end
endmodule

`default_nettype wire

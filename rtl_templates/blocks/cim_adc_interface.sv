// SPDX-License-Identifier: Apache-2.0
// One ADC's requests for the Share columns of a step, in order, and the register for its code.
//
// start_i begins a step's conversions: from the next cycle on the request stands (valid, column)
// and moves to the next column in the cycle after it is taken, so that it stands again while the
// conversion runs. The cycle in which the ADC takes a request is the conversion's first, the cycle
// with resp_valid_i its last (the same one for a one-cycle ADC). The code is registered at once:
// code_valid_o and code_o follow one cycle after, and next_column_o is then the column after the
// code's own (an ADC converts one column at a time, so no second counter is needed).
// done_o: nothing is due any more after this cycle (combinational from the ADC's ready and valid).
// No cycle is counted: the ADC may take any time. It must not be ready while it converts, the cycle
// of its response included. Golden twin: the column order of golden::trace.
`default_nettype none

module cim_adc_interface #(
  parameter int unsigned Share    = 8,
  parameter int unsigned CodeBits = 7,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  input  wire logic                  clk_i,
  input  wire logic                  rst_ni,
  input  wire logic                  start_i,
  output logic                       done_o,
  // To the ADC
  output logic                       req_valid_o,
  input  wire logic                  req_ready_i,
  output logic [ColumnBits-1:0]      req_column_o,
  input  wire logic                  resp_valid_i,
  input  wire logic [CodeBits-1:0]   resp_code_i,
  // Registered code
  output logic                       code_valid_o,
  output logic [CodeBits-1:0]        code_o,
  output logic [ColumnBits-1:0]      next_column_o
);
  if (Share < 1 || CodeBits < 1) begin : gen_check
    $error("cim_adc_interface: Share, CodeBits >= 1");
  end

  logic                  req_valid_q, running_q, code_valid_q;
  logic [ColumnBits-1:0] column_q;
  logic [CodeBits-1:0]   code_q;
  logic                  taken, last, more, running, response;

  assign taken   = req_valid_q && req_ready_i;
  assign last    = column_q == ColumnBits'(Share - 1);
  assign more    = req_valid_q && !(taken && last);
  // A response to nothing (of a conversion from before a reset) is ignored.
  assign response = resp_valid_i && (running_q || taken);
  assign running = (running_q || taken) && !resp_valid_i;
  // !more && !running: the ADC answers late in the cycle, so its ready and valid enter last.
  assign done_o  = req_valid_q ? last && (req_ready_i && resp_valid_i)
                               : !running_q || resp_valid_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      req_valid_q  <= 1'b0;
      running_q    <= 1'b0;
      code_valid_q <= 1'b0;
    end else begin
      req_valid_q  <= start_i || more;
      running_q    <= running;
      code_valid_q <= response;
    end
  end

  if (Share > 1) begin : gen_column
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) column_q <= '0;
      else if (taken) column_q <= last ? '0 : column_q + ColumnBits'(1);
    end
  end else begin : gen_one_column
    assign column_q = '0;
  end

  always_ff @(posedge clk_i) begin
    if (resp_valid_i) code_q <= resp_code_i;
  end

  assign req_valid_o   = req_valid_q;
  assign req_column_o  = column_q;
  assign code_valid_o  = code_valid_q;
  assign code_o        = code_q;
  assign next_column_o = column_q;
endmodule

`default_nettype wire

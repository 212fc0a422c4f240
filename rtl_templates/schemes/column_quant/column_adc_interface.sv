// SPDX-License-Identifier: Apache-2.0
// One ADC's requests for the Share columns of a step, in order, and a place for two of its codes.
//
// As cim_adc_interface, but codes wait: column_sequencer takes the codes of a column only when all
// ADCs have theirs, so that one sequencer and one datapath serve several ADCs. code_valid_o,
// code_o: the oldest code that has not been taken (take_i), from the cycle after its response on. A
// request stands only if there will be a place for its code and for that of the conversion that
// runs; with take_i at the latest Latency cycles after the code came there is one in time, and no
// cycle is lost. soon_i: take_i will be high in the next cycle, so that a request may already stand
// in it. Once it stands, a request is neither withdrawn nor changed.
// done_o: nothing is due any more after this cycle (combinational from the ADC's ready and valid);
// codes may still wait. room_turn_o, room_wait_o, if done_o: the first request of the next step may
// stand at once, if the round goes on (turn_i is then take_i, turn_soon_i soon_i) and if it waits.
// Which of the two is known only from the codes of all ADCs, so that who asks chooses last. Without
// HoldColumn the rows are driven until done_o, and nothing waits for that place. No cycle is
// counted. Golden twin: the column order of golden::trace.
`default_nettype none

module column_adc_interface #(
  parameter int unsigned Share    = 8,
  parameter int unsigned CodeBits = 4,
  parameter bit          HoldColumn = 1'b1,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  input  wire logic                  clk_i,
  input  wire logic                  rst_ni,
  input  wire logic                  start_i,
  output logic                       done_o,
  output logic                       room_wait_o,
  output logic                       room_turn_o,
  // To the ADC
  output logic                       req_valid_o,
  input  wire logic                  req_ready_i,
  output logic [ColumnBits-1:0]      req_column_o,
  output logic                       next_o,        // taken, and another column will be requested
  input  wire logic                  resp_valid_i,
  input  wire logic [CodeBits-1:0]   resp_code_i,
  // Codes, oldest first
  output logic                       code_valid_o,
  output logic [CodeBits-1:0]        code_o,
  input  wire logic                  take_i,
  input  wire logic                  soon_i,
  // The same, if the sequencer does not wait
  input  wire logic                  turn_i,
  input  wire logic                  turn_soon_i
);
  if (Share < 1 || CodeBits < 1) begin : gen_check
    $error("column_adc_interface: Share, CodeBits >= 1");
  end

  logic                  due_q, req_valid_q, running_q;  // due: columns left to request
  logic                  head_valid_q, next_valid_q;
  logic [ColumnBits-1:0] column_q;
  logic [CodeBits-1:0]   head_q, next_q;
  logic                  taken, last, more, response, running, due, room;
  logic                  to_head, head_valid, next_valid;

  assign taken    = req_valid_q && req_ready_i;
  assign last     = column_q == ColumnBits'(Share - 1);
  assign more     = due_q && !(taken && last);
  // A response to nothing (of a conversion from before a reset) is ignored.
  assign response = resp_valid_i && (running_q || taken);
  assign running  = (running_q || taken) && !resp_valid_i;
  assign due      = start_i || more;

  // Places after this cycle. A response finds its place free: room was kept for it.
  assign to_head    = response && (take_i ? !next_valid_q : !head_valid_q);
  assign head_valid = to_head || next_valid_q || (head_valid_q && !take_i);
  assign next_valid = (response && !to_head) || (next_valid_q && !take_i);
  assign room       = soon_i || !next_valid && !(head_valid && running);

  // !more && !running. The ADC answers late in the cycle, and all ADCs must before the step is
  // taken: so ready and valid enter last.
  assign done_o = due_q ? (req_valid_q && last) && (req_ready_i && resp_valid_i)
                        : !running_q || resp_valid_i;
  // room as it is with done_o, that is without a conversion that runs; a code came if one was due.
  logic came;
  assign came        = due_q || running_q;
  assign room_wait_o = !HoldColumn || !(came ? head_valid_q : next_valid_q);
  assign room_turn_o = !HoldColumn || turn_soon_i
                    || !(turn_i ? came && next_valid_q : (came ? head_valid_q : next_valid_q));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      due_q        <= 1'b0;
      req_valid_q  <= 1'b0;
      running_q    <= 1'b0;
      head_valid_q <= 1'b0;
      next_valid_q <= 1'b0;
    end else begin
      due_q        <= due;
      req_valid_q  <= due && room;
      running_q    <= running;
      head_valid_q <= head_valid;
      next_valid_q <= next_valid;
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
    if (to_head || (take_i && next_valid_q)) head_q <= next_valid_q ? next_q : resp_code_i;
    if (response) next_q <= resp_code_i;
  end

  assign req_valid_o  = req_valid_q;
  assign req_column_o = column_q;
  assign next_o       = taken && !last;
  assign code_valid_o = head_valid_q;
  assign code_o       = head_q;

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!(response && next_valid_q && !take_i));  // a code without a place
      assert (!(take_i && !head_valid_q));
      // What done_o and room_*_o build on, and what they stand for.
      assert (!(req_valid_q && !due_q) && !(next_valid_q && !head_valid_q));
      assert (done_o == (!more && !running));
      assert (!done_o || !HoldColumn || (take_i || soon_i ? room_turn_o : room_wait_o) == room);
    end
  end
`endif
endmodule

`default_nettype wire

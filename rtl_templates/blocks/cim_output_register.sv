// SPDX-License-Identifier: Apache-2.0
// Takes all results of a vector at once and sends them BeatElements a beat, output 0 first, while
// the next vector is computed. A shift register: what is sent comes straight from flip-flops. The
// last beat's elements past Outputs are 0 (these shift registers alone are filled with zeros; the
// others keep what they hold). free_o: a result may be loaded at the end of this cycle (empty, or
// its last beat is being taken). Values are extended from StoredBits to ResultBits at the port, by
// sign (Signed) or by zeros. GateBits > 0: results of at least so many bits rest behind a
// cim_clock_gate. Latency: the first beat stands in the cycle after load_i. Golden twin: a queue.
`default_nettype none

module cim_output_register #(
  parameter int unsigned Outputs      = 16,
  parameter int unsigned StoredBits   = 24,
  parameter int unsigned ResultBits   = 24,
  parameter bit          Signed       = 1'b1,
  parameter int unsigned BeatElements = 1,
  parameter bit          HasFlags     = 1'b0,
  parameter int unsigned GateBits     = 0
) (
  input  wire logic                               clk_i,
  input  wire logic                               rst_ni,
  input  wire logic                               test_en_i,
  input  wire logic                               load_i,
  input  wire logic [Outputs*StoredBits-1:0]      result_i,
  input  wire logic [Outputs-1:0]                 saturated_i,
  output logic                                    free_o,
  output logic                                    valid_o,
  input  wire logic                               ready_i,
  output logic [BeatElements*ResultBits-1:0]      data_o,
  output logic [BeatElements-1:0]                 saturated_o,
  output logic                                    last_o
);
  if (BeatElements > Outputs || StoredBits > ResultBits) begin : gen_check
    $error("cim_output_register: BeatElements <= Outputs, StoredBits <= ResultBits");
  end

  localparam int unsigned Beats     = (Outputs + BeatElements - 1) / BeatElements;
  localparam int unsigned BeatBits  = (Beats > 1) ? $clog2(Beats) : 1;

  logic                       valid_q, taken, last;
  logic [BeatBits-1:0]        beat_q;
  logic [Outputs*StoredBits-1:0] data_q;

  assign taken  = valid_q && ready_i;
  assign last   = beat_q == BeatBits'(Beats - 1);
  assign free_o = !valid_q || (taken && last);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      beat_q  <= '0;
    end else begin
      valid_q <= load_i || (valid_q && !(taken && last));
      if (load_i) beat_q <= '0;
      else if (taken) beat_q <= last ? '0 : beat_q + BeatBits'(1);
    end
  end

  // Results rest but when they come and move on.
  localparam bit Gate = GateBits > 0 && Outputs * StoredBits >= GateBits;
  logic change, clk_data;
  assign change = load_i || taken;
  if (Gate) begin : gen_gate
    cim_clock_gate u_gate (
      .clk_i(clk_i), .en_i(change), .test_en_i(test_en_i), .clk_o(clk_data)
    );
  end else begin : gen_clock
    assign clk_data = clk_i;
  end

  // One beat further.
  for (genvar e = 0; e < Outputs; e++) begin : gen_shift
    localparam int unsigned Bit = e * StoredBits;
    logic [StoredBits-1:0]  behind;
    if (e + BeatElements < Outputs) begin : gen_next
      assign behind = data_q[Bit + BeatElements*StoredBits +: StoredBits];
    end else if (e % BeatElements <= (Outputs - 1) % BeatElements) begin : gen_hold
      assign behind = data_q[Bit +: StoredBits];
    end else begin : gen_zeros
      assign behind = '0;
    end
    always_ff @(posedge clk_data) begin
      if (load_i) data_q[Bit +: StoredBits] <= result_i[Bit +: StoredBits];
      else if (Gate || taken) data_q[Bit +: StoredBits] <= behind;
    end
  end

  if (HasFlags) begin : gen_flags
    logic [Outputs-1:0] flags_q;
    always_ff @(posedge clk_data) begin
      if (load_i) flags_q <= saturated_i;
      else if (Gate || taken) flags_q <= flags_q >> BeatElements;
    end
    assign saturated_o = flags_q[BeatElements-1:0];
  end else begin : gen_no_flags
    assign saturated_o = '0;
    logic unused_flags;
    assign unused_flags = ^saturated_i;
  end

  for (genvar e = 0; e < BeatElements; e++) begin : gen_element
    logic [StoredBits-1:0] element;
    assign element = data_q[e*StoredBits +: StoredBits];
    if (ResultBits > StoredBits) begin : gen_extend
      assign data_o[e*ResultBits +: ResultBits] =
          {{(ResultBits - StoredBits){Signed && element[StoredBits-1]}}, element};
    end else begin : gen_whole
      assign data_o[e*ResultBits +: ResultBits] = element;
    end
  end
  assign valid_o = valid_q;
  assign last_o  = last;

  logic unused_test;
  assign unused_test = ^{test_en_i, change};
endmodule

`default_nettype wire

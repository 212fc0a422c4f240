// SPDX-License-Identifier: Apache-2.0
// Starting values from a former macro: takes a stream of Outputs values, BeatElements a beat, adds
// the bias with saturation (HasBias) and holds them until the vector that starts from them has
// taken them (pop_i; the next vector's first beat may come in that same cycle).
// start = sat(chain + bias), signed, ResultBits; a sticky bit per output says that it saturated.
// valid_o: all values are there and no vector has claimed them. A vector claims them when its first
// step is taken (claim_i) and takes them two cycles later (pop_i): between, the next one must wait.
//
// While a configuration write waits (block_i) no new vector may begin, on either stream; but one
// that has begun on one of them must be let through on the other. ahead_o: one has begun here only.
//
// lead_q counts the vectors begun on the input stream less those begun here, plus one. At least 0:
// a set begins here only when the former's vector has taken its step, so that it has begun there.
// At most MostWaiting + 1: a vector whose set has not begun cannot take its first step, so it
// stands in one of the MostWaiting places between the input stream and the array's sampling: the
// load buffer, the work buffer (if there is one), the rows it drives, and with steps that convert
// nothing the register in which they wait beside the array. A count that is too narrow wraps, a
// vector that waits for its set looks like one ahead, and a waiting write then blocks the set for
// ever. Both bounds are asserted. GateBits > 0: the values of a beat rest behind a cim_clock_gate
// if they have at least so many bits. Golden twin: the starting value of golden::run_reference.
`default_nettype none

module cim_chain_input #(
  parameter int unsigned Outputs      = 16,
  parameter int unsigned ResultBits   = 24,
  parameter int unsigned BeatElements = 1,
  parameter bit          HasBias      = 1'b0,
  parameter int unsigned MostWaiting  = 4,
  parameter int unsigned GateBits     = 0,
  localparam int unsigned BiasBits    = HasBias ? Outputs * ResultBits : 1,
  localparam int unsigned LeadBits    = $clog2(MostWaiting + 2)
) (
  input  wire logic                               clk_i,
  input  wire logic                               rst_ni,
  input  wire logic                               test_en_i,
  input  wire logic                               block_i,
  input  wire logic                               vector_begin_i,
  input  wire logic                               valid_i,
  output logic                                    ready_o,
  input  wire logic [BeatElements*ResultBits-1:0] data_i,
  input  wire logic [BeatElements-1:0]            saturated_i,
  input  wire logic [BiasBits-1:0]                bias_i,
  output logic                                    ahead_o,
  output logic                                    valid_o,
  input  wire logic                               claim_i,
  input  wire logic                               pop_i,
  output logic [Outputs*ResultBits-1:0]           start_o,
  output logic [Outputs-1:0]                      start_saturated_o
);
  if (BeatElements < 1 || BeatElements > Outputs || MostWaiting < 1) begin : gen_check
    $error("cim_chain_input: BeatElements must be 1..Outputs, MostWaiting >= 1");
  end

  localparam int unsigned Beats    = (Outputs + BeatElements - 1) / BeatElements;
  localparam int unsigned BeatBits = (Beats > 1) ? $clog2(Beats) : 1;

  logic                full_q, partial_q, claimed_q, taken, last;
  logic [BeatBits-1:0] beat_q;
  logic [Outputs*ResultBits-1:0] start_q;
  logic [Outputs-1:0]            flag_q;
  logic [BeatElements*ResultBits-1:0] sums;
  logic [BeatElements-1:0]            flags;

  logic [LeadBits-1:0] lead_q;
  logic                owed;  // a vector has begun on the input stream only

  assign owed    = lead_q > LeadBits'(1);
  assign ahead_o = lead_q == '0;
  assign ready_o = (!full_q || pop_i) && (partial_q || owed || !block_i);
  assign taken   = valid_i && ready_o;
  assign last    = beat_q == BeatBits'(Beats - 1);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      full_q    <= 1'b0;
      partial_q <= 1'b0;
      beat_q    <= '0;
      lead_q    <= LeadBits'(1);
      claimed_q <= 1'b0;
    end else begin
      lead_q    <= lead_q + LeadBits'(vector_begin_i) - LeadBits'(taken && !partial_q);
      claimed_q <= claim_i || (claimed_q && !pop_i);
      full_q    <= (taken && last) || (full_q && !pop_i);
      if (taken) begin
        partial_q <= !last;
        beat_q    <= last ? '0 : beat_q + BeatBits'(1);
      end
    end
  end

  for (genvar e = 0; e < BeatElements; e++) begin : gen_add
    logic [ResultBits-1:0] chain;
    assign chain = data_i[e*ResultBits +: ResultBits];
    if (HasBias) begin : gen_bias
      logic [ResultBits-1:0] bias;
      logic [ResultBits:0]   sum;
      logic                  over;
      always_comb begin
        bias = '0;
        for (int unsigned b = 0; b < Beats; b++) begin
          if (b*BeatElements + e < Outputs && beat_q == BeatBits'(b)) begin
            bias = bias_i[((b*BeatElements + e) % Outputs)*ResultBits +: ResultBits];
          end
        end
      end
      assign sum  = {chain[ResultBits-1], chain} + {bias[ResultBits-1], bias};
      assign over = sum[ResultBits] != sum[ResultBits-1];
      assign sums[e*ResultBits +: ResultBits] =
          over ? {sum[ResultBits], {(ResultBits-1){~sum[ResultBits]}}} : sum[ResultBits-1:0];
      assign flags[e] = saturated_i[e] || over;
    end else begin : gen_plain
      assign sums[e*ResultBits +: ResultBits] = chain;
      assign flags[e] = saturated_i[e];
    end
  end
  if (!HasBias) begin : gen_unused
    logic unused_bias;
    assign unused_bias = ^bias_i;
  end

  for (genvar b = 0; b < Beats; b++) begin : gen_store
    localparam int unsigned First    = b * BeatElements;
    localparam int unsigned Elements =
        (Outputs - First < BeatElements) ? Outputs - First : BeatElements;
    localparam bit          Gate     = GateBits > 0 && Elements * (ResultBits + 1) >= GateBits;
    logic                           load, clk_beat;
    logic [Elements*ResultBits-1:0] values_q;
    logic [Elements-1:0]            saturated_q;
    assign load = taken && beat_q == BeatBits'(b);
    if (Gate) begin : gen_gate
      cim_clock_gate u_gate (
        .clk_i(clk_i), .en_i(load), .test_en_i(test_en_i), .clk_o(clk_beat)
      );
    end else begin : gen_clock
      assign clk_beat = clk_i;
    end
    always_ff @(posedge clk_beat) begin
      if (Gate || load) begin
        values_q    <= sums[0 +: Elements*ResultBits];
        saturated_q <= flags[0 +: Elements];
      end
    end
    assign start_q[First*ResultBits +: Elements*ResultBits] = values_q;
    assign flag_q[First +: Elements] = saturated_q;
  end

  assign valid_o           = full_q && !claimed_q;
  assign start_o           = start_q;
  assign start_saturated_o = flag_q;

  logic unused_test;
  assign unused_test = test_en_i;

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!(vector_begin_i && !(taken && !partial_q) && lead_q == LeadBits'(MostWaiting + 1)));
      assert (!(taken && !partial_q && !vector_begin_i && lead_q == '0));
    end
  end
`endif
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// The output stage: results of AccBits to the next layer's inputs of OutBits, beat by beat of the
// output stream (cim_requantizer says how). Multipliers belong to the elements of a beat, not to
// the outputs: BeatElements of them. Element e of beat b is output b * BeatElements + e, whose
// factors m_i and s_i are selected here; elements past Outputs carry anything.
//
// Valid/ready stream in and out; Stages cycles from a beat in to its beat out, one beat a cycle,
// none lost: all stages move together, whenever the last one is empty or sent, and rest while no
// beat is inside or comes (GateBits > 0: behind a cim_clock_gate). last_i and saturated_i go
// with their beat. Reset: the valids and the beat count. idle_o: no beat is inside; the registers
// m_i ... high_i may change only then (and while no beat waits at valid_i).
// Golden twin: golden::requantize (docs/spec/output.md).
`default_nettype none

module cim_output_stage #(
  parameter int unsigned Outputs        = 16,
  parameter int unsigned BeatElements   = 1,
  parameter int unsigned AccBits        = 24,
  parameter int unsigned MultiplierBits = 16,
  parameter int unsigned OutBits        = 8,
  parameter int unsigned GateBits       = 0
) (
  input  wire logic                              clk_i,
  input  wire logic                              rst_ni,
  input  wire logic                              test_en_i,
  // Registers
  input  wire logic [Outputs*MultiplierBits-1:0] m_i,
  input  wire logic [Outputs*6-1:0]              s_i,
  input  wire logic [OutBits:0]                  zero_i,
  input  wire logic [OutBits:0]                  low_i,
  input  wire logic [OutBits:0]                  high_i,
  // Results
  input  wire logic                              valid_i,
  output logic                                   ready_o,
  input  wire logic [BeatElements*AccBits-1:0]   data_i,
  input  wire logic                              last_i,
  input  wire logic [BeatElements-1:0]           saturated_i,
  // The next layer's inputs
  output logic                                   valid_o,
  input  wire logic                              ready_i,
  output logic [BeatElements*OutBits-1:0]        data_o,
  output logic                                   last_o,
  output logic [BeatElements-1:0]                saturated_o,
  output logic                                   idle_o
);
  if (Outputs < 1 || BeatElements < 1 || BeatElements > Outputs) begin : gen_check
    $error("cim_output_stage: 1 <= BeatElements <= Outputs");
  end

  localparam int unsigned Chunks   = (MultiplierBits + 7) / 8;
  localparam int unsigned Stages   = 4 + ((Chunks > 1) ? $clog2(Chunks) : 1);  // of cim_requantizer
  localparam int unsigned Beats    = (Outputs + BeatElements - 1) / BeatElements;
  localparam int unsigned BeatBits = (Beats > 1) ? $clog2(Beats) : 1;
  localparam int unsigned Slots    = Beats * BeatElements;
  localparam int unsigned TagBits  = 1 + BeatElements;

  logic move, take, load;
  assign ready_o = move;
  assign move    = !valid_o || ready_i;
  assign take    = valid_i && ready_o;
  assign load    = move && (valid_i || !idle_o);

  // Where beats are, and what goes with them
  logic [Stages-1:0]         valid_q;
  logic [Stages*TagBits-1:0] tags_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= '0;
    else if (move) valid_q <= {valid_q[Stages-2:0], valid_i};
  end

  localparam bit Gate = GateBits > 0;  // the whole stage: never a small group
  logic clk_stage;
  if (Gate) begin : gen_gate
    cim_clock_gate u_gate (
      .clk_i(clk_i), .en_i(load), .test_en_i(test_en_i), .clk_o(clk_stage)
    );
  end else begin : gen_clock
    assign clk_stage = clk_i;
  end

  always_ff @(posedge clk_stage) begin
    if (Gate || load) tags_q <= {tags_q[(Stages-1)*TagBits-1:0], last_i, saturated_i};
  end

  assign valid_o               = valid_q[Stages-1];
  assign {last_o, saturated_o} = tags_q[(Stages-1)*TagBits +: TagBits];
  assign idle_o                = (valid_q == '0);

  // Which outputs the next beat holds
  logic [BeatBits-1:0] beat;

  if (Beats > 1) begin : gen_beat
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) beat <= '0;
      else if (take) beat <= last_i ? '0 : beat + BeatBits'(1);
    end
  end else begin : gen_one_beat
    assign beat = '0;
  end

  logic [Slots*MultiplierBits-1:0] slot_m;
  logic [Slots*6-1:0]              slot_s;
  assign slot_m = (Slots * MultiplierBits)'(m_i);
  assign slot_s = (Slots * 6)'(s_i);

  for (genvar e = 0; e < BeatElements; e++) begin : gen_element
    logic [MultiplierBits-1:0] m;
    logic [5:0]                s;
    always_comb begin
      m = '0;
      s = '0;
      for (int unsigned b = 0; b < Beats; b++) begin
        if (beat == BeatBits'(b)) begin
          m = slot_m[(b*BeatElements+e)*MultiplierBits +: MultiplierBits];
          s = slot_s[(b*BeatElements+e)*6 +: 6];
        end
      end
    end

    cim_requantizer #(
      .AccBits(AccBits),
      .MultiplierBits(MultiplierBits),
      .OutBits(OutBits)
    ) u_requantizer (
      .clk_i(clk_stage),
      .enable_i(Gate || load),
      .acc_i(data_i[e*AccBits +: AccBits]),
      .m_i(m),
      .s_i(s),
      .zero_i(zero_i),
      .low_i(low_i),
      .high_i(high_i),
      .y_o(data_o[e*OutBits +: OutBits])
    );
  end

  if (Beats == 1) begin : gen_unused
    logic unused_take;
    assign unused_take = ^{take, beat};
  end
  logic unused_test;
  assign unused_test = test_en_i;
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Accumulators of one lane: Outputs registers of Bits, one adder.
//
// What remains with `bits: auto` and no starting value: one register of ResultBits per output,
// since a sum lives through all steps and tiles of a vector, and the output register elsewhere,
// since the next vector is summed while the former result leaves. No clamp, no flag, no guard bit.
//
// Register in turn += term_i + carry_i (a term is 0 when no code arrives: valid_i low). A tile's
// sum is exact: Bits has guard bits for one tile beyond the accumulator's own ResultBits, so no
// second register holds the tile. Saturate: where the next tile begins (and at the result) the
// value is clamped to ResultBits, signed, and a sticky bit per output says that it was. Without
// Saturate no data can leave the range: no clamp, the flag is constant 0, and a vector starts from
// zero.
//
// Outputs = 1 (any number of ADCs): begin_tile_i / begin_vector_i mark the cycle from which on
// codes of a new tile / vector may arrive; the former value is then replaced by its clamp / the
// start. Outputs > 1 (one ADC in turn): the registers form a ring that moves when an output's last
// plane has come, so reading and writing back need no multiplexer; codes say by themselves where
// they stand (first_plane_i with first_tile_i / first_vector_i of the code's own step). HasStart:
// the ring is loaded with all starting values at begin_vector_i; LoadZero: with zeros, for schemes
// whose vectors may bring no code at all.
//
// Clocks: the register in turn has the enable valid_i (or a mark that changes it), the others of
// the ring that of their turn. GateBits > 0: groups of at least so many bits stand behind a
// cim_clock_gate instead.
//
// Latency: a term counts in result_o one cycle later. Registers have no reset: each vector
// overwrites them. Golden twin: the saturating sum over tiles of golden::run_reference.
`default_nettype none

module cim_accumulator #(
  parameter int unsigned Outputs    = 1,
  parameter int unsigned Bits       = 24,
  parameter int unsigned ResultBits = 24,
  parameter bit          Saturate   = 1'b0,
  parameter bit          HasStart   = 1'b0,
  parameter bit          LoadZero   = 1'b0,
  parameter int unsigned GateBits   = 0
) (
  input  wire logic                          clk_i,
  input  wire logic                          test_en_i,
  input  wire logic                          valid_i,
  input  wire logic [Bits-1:0]               term_i,
  input  wire logic                          carry_i,
  input  wire logic                          begin_tile_i,
  input  wire logic                          begin_vector_i,
  input  wire logic                          first_plane_i,
  input  wire logic                          last_plane_i,
  input  wire logic                          first_tile_i,
  input  wire logic                          first_vector_i,
  input  wire logic [Outputs*ResultBits-1:0] start_i,
  input  wire logic [Outputs-1:0]            start_saturated_i,
  output logic [Outputs*ResultBits-1:0]      result_o,
  output logic [Outputs-1:0]                 saturated_o
);
  if (ResultBits < 2 || Bits < ResultBits || (!Saturate && (Bits != ResultBits || HasStart)))
  begin : gen_check
    $error("cim_accumulator: 2 <= ResultBits <= Bits; starts and guard bits need Saturate");
  end

  localparam bit Load = HasStart || LoadZero;  // at begin_vector_i, all registers at once

  // Head of the ring: the register that takes the term (head_q; head: what it is added to).
  logic [Outputs*Bits-1:0] acc_q, base;
  logic [Bits-1:0]         head, sum, head_q;
  logic                    carry_unused;
  logic                    new_tile, new_vector;

  // The register in turn, the others of a ring, the flags: their enables and clocks.
  localparam int unsigned RestBits = (Outputs - 1) * Bits;
  localparam bit GateHead  = GateBits > 0 && Bits >= GateBits;
  localparam bit GateRest  = GateBits > 0 && RestBits >= GateBits;
  localparam bit GateFlags = GateBits > 0 && Outputs >= GateBits;
  logic load_head, load_rest, clk_head;

  if (GateHead) begin : gen_gate_head
    cim_clock_gate u_gate (
      .clk_i(clk_i), .en_i(load_head), .test_en_i(test_en_i), .clk_o(clk_head)
    );
  end else begin : gen_clock_head
    assign clk_head = clk_i;
  end

  assign {sum, carry_unused} = {head, 1'b1} + {term_i, carry_i};

  if (Outputs == 1) begin : gen_single
    assign new_tile   = begin_tile_i;
    assign new_vector = begin_vector_i;
    assign load_head  = valid_i || begin_vector_i || (Saturate && begin_tile_i);
    assign load_rest  = 1'b0;
    always_ff @(posedge clk_head) if (GateHead || load_head) head_q <= sum;
    assign acc_q = head_q;
    logic unused_single;
    assign unused_single = ^{first_plane_i, last_plane_i, first_tile_i, first_vector_i, base,
                             load_rest};
  end else begin : gen_ring
    logic                turn, clk_rest, last_turn;
    logic [RestBits-1:0] rest_q;
    assign turn       = valid_i && last_plane_i;
    assign load_head  = valid_i || (Load && begin_vector_i);
    assign load_rest  = turn || (Load && begin_vector_i);
    if (GateRest) begin : gen_gate
      cim_clock_gate u_gate (
        .clk_i(clk_i), .en_i(load_rest), .test_en_i(test_en_i), .clk_o(clk_rest)
      );
    end else begin : gen_clock
      assign clk_rest = clk_i;
    end
    assign new_tile   = valid_i && first_plane_i && first_tile_i;
    assign new_vector = valid_i && first_plane_i && first_vector_i;
    // Behind a gate, and not loaded at once, the others do nothing but turn.
    assign last_turn  = turn || (GateRest && !Load);
    always_ff @(posedge clk_head) begin
      if (GateHead || load_head) head_q <= turn ? base[Bits +: Bits] : sum;
    end
    always_ff @(posedge clk_rest) begin
      if (GateRest || load_rest) begin
        for (int unsigned k = 1; k < Outputs - 1; k++) begin
          rest_q[(k-1)*Bits +: Bits] <= last_turn ? base[(k+1)*Bits +: Bits] : base[k*Bits +: Bits];
        end
        rest_q[(Outputs-2)*Bits +: Bits] <= last_turn ? sum : base[(Outputs-1)*Bits +: Bits];
      end
    end
    assign acc_q = {rest_q, head_q};
    logic unused_ring;
    assign unused_ring = ^{begin_tile_i, begin_vector_i};
  end

  if (!Saturate) begin : gen_plain
    // A ring that is loaded needs no restart at its first code.
    assign base        = (Load && begin_vector_i) ? '0 : acc_q;
    assign head        = (Outputs > 1 && Load) ? base[0 +: Bits]
                       : new_vector ? '0 : acc_q[0 +: Bits];
    assign result_o    = acc_q;
    assign saturated_o = '0;
    logic unused_plain;
    assign unused_plain = ^{new_tile, start_i, start_saturated_i, HasStart, GateFlags};
  end else begin : gen_saturate
    localparam int unsigned Guard = Bits - ResultBits;
    logic [Outputs-1:0] flag_q, flag_base, flag_new;
    logic               clip;
    logic [Bits-1:0]    clamped;

    // Starting values and results, all outputs at once.
    for (genvar k = 0; k < Outputs; k++) begin : gen_output
      logic [ResultBits-1:0] start;
      logic                  over, load;
      logic [Bits-1:0]       value;
      assign value = acc_q[k*Bits +: Bits];
      assign start = HasStart ? start_i[k*ResultBits +: ResultBits] : '0;
      assign load  = begin_vector_i && (Load || Outputs == 1);
      if (Guard > 0) begin : gen_guard
        assign over = value[Bits-1:ResultBits-1] != {(Guard + 1){value[Bits-1]}};
      end else begin : gen_no_guard
        assign over = 1'b0;
      end
      assign base[k*Bits +: Bits] =
          load ? {{(Guard + 1){start[ResultBits-1]}}, start[ResultBits-2:0]} : value;
      assign flag_base[k]   = load ? (HasStart && start_saturated_i[k]) : flag_q[k];
      assign result_o[k*ResultBits +: ResultBits] =
          over ? {value[Bits-1], {(ResultBits-1){~value[Bits-1]}}} : value[ResultBits-1:0];
      assign saturated_o[k] = flag_q[k] || over;
    end

    // The head is clamped where its next tile begins. A vector's first tile begins from its start.
    if (Outputs == 1) begin : gen_clip_single
      assign clip    = new_tile && !new_vector && saturated_o[0];
      assign clamped = (new_tile && !new_vector) ?
          {{(Guard + 1){result_o[ResultBits-1]}}, result_o[ResultBits-2:0]} : base;
      assign head    = clamped;
      always_ff @(posedge clk_head) if (GateHead || load_head) flag_q <= flag_new;
      assign flag_new = clip ? 1'b1 : flag_base;
    end else begin : gen_clip_ring
      logic restart, clk_flags;
      if (GateFlags) begin : gen_gate
        cim_clock_gate u_gate (
          .clk_i(clk_i), .en_i(load_head), .test_en_i(test_en_i), .clk_o(clk_flags)
        );
      end else begin : gen_clock
        assign clk_flags = clk_i;
      end
      assign restart = new_vector && !Load;
      assign clip    = new_tile && !first_vector_i && saturated_o[0];
      assign clamped = (new_tile && !first_vector_i) ?
          {{(Guard + 1){result_o[ResultBits-1]}}, result_o[ResultBits-2:0]} : base[0 +: Bits];
      assign head    = restart ? '0 : clamped;
      always_comb begin
        flag_new    = flag_base;
        flag_new[0] = restart ? 1'b0 : (clip || flag_base[0]);
      end
      always_ff @(posedge clk_flags) begin
        if (GateFlags || load_head) begin
          flag_q <= (valid_i && last_plane_i) ? {flag_new[0], flag_new[Outputs-1:1]} : flag_new;
        end
      end
    end
  end

  logic unused_test;
  assign unused_test = test_en_i;
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// A lane of schemes whose codes are signed, shifted and added: what Adcs ADCs share. Their
// interfaces, one shift-add, the accumulators of Outputs outputs.
//
// Either one ADC serves Outputs >= 1 outputs (Share = Outputs·Planes), or several serve one output
// (Adcs·Share = Planes). Latency: two cycles from an ADC's code to the sum (code, sum). Golden
// twin: the sum over planes, steps, groups and tiles of golden::run_reference.
`default_nettype none

module cim_lane #(
  parameter int unsigned Adcs         = 1,
  parameter int unsigned Outputs      = 1,
  parameter int unsigned Share        = 8,
  parameter int unsigned Planes       = 8,
  parameter int unsigned CodeBits     = 7,
  parameter bit          CodeSigned   = 1'b0,
  parameter int unsigned PlanePosBits = 3,
  parameter logic [Planes*PlanePosBits-1:0] PlanePos = '0,
  parameter logic [Planes-1:0] PlaneNegate = '0,
  parameter int unsigned StepPosBits  = 3,
  parameter int unsigned SumBits      = 16,
  parameter int unsigned RegisterBits = 24,
  parameter int unsigned StoredBits   = 24,
  parameter bit          Saturates    = 1'b0,
  parameter bit          HasStart     = 1'b0,
  parameter bit          LoadZero     = 1'b0,
  parameter int unsigned GateBits     = 0,
  localparam int unsigned ColumnBits  = (Share > 1) ? $clog2(Share) : 1
) (
  input  wire logic                          clk_i,
  input  wire logic                          rst_ni,
  input  wire logic                          test_en_i,
  input  wire logic                          start_i,
  output logic [Adcs-1:0]                    done_o,
  // The step of the codes now registered; where a tile and a vector begin
  input  wire logic [StepPosBits-1:0]        code_pos_i,
  input  wire logic                          code_negate_i,
  input  wire logic                          code_first_tile_i,
  input  wire logic                          code_first_vector_i,
  input  wire logic                          begin_tile_i,
  input  wire logic                          begin_vector_i,
  input  wire logic [Outputs*StoredBits-1:0] start_values_i,
  input  wire logic [Outputs-1:0]            start_saturated_i,
  // ADCs
  output logic [Adcs-1:0]                    req_valid_o,
  input  wire logic [Adcs-1:0]               req_ready_i,
  output logic [Adcs*ColumnBits-1:0]         req_column_o,
  input  wire logic [Adcs-1:0]               resp_valid_i,
  input  wire logic [Adcs*CodeBits-1:0]      resp_code_i,
  // Results
  output logic [Outputs*StoredBits-1:0]      result_o,
  output logic [Outputs-1:0]                 saturated_o
);
  logic [Adcs-1:0]            code_valid;
  logic [Adcs*CodeBits-1:0]   code;
  logic [Adcs*ColumnBits-1:0] next_column;
  logic [RegisterBits-1:0]    term;
  logic                       carry, first_plane, last_plane;

  if (Adcs > 1 ? Outputs != 1 : Share != Outputs * Planes) begin : gen_check
    $error("cim_lane: one ADC serves whole outputs, several serve one");
  end

  for (genvar a = 0; a < Adcs; a++) begin : gen_adc
    cim_adc_interface #(
      .Share(Share),
      .CodeBits(CodeBits)
    ) u_adc_interface (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .start_i(start_i),
      .done_o(done_o[a]),
      .req_valid_o(req_valid_o[a]),
      .req_ready_i(req_ready_i[a]),
      .req_column_o(req_column_o[a*ColumnBits +: ColumnBits]),
      .resp_valid_i(resp_valid_i[a]),
      .resp_code_i(resp_code_i[a*CodeBits +: CodeBits]),
      .code_valid_o(code_valid[a]),
      .code_o(code[a*CodeBits +: CodeBits]),
      .next_column_o(next_column[a*ColumnBits +: ColumnBits])
    );
  end

  cim_shift_add #(
    .Adcs(Adcs),
    .Share(Share),
    .Planes(Planes),
    .CodeBits(CodeBits),
    .Signed(CodeSigned),
    .PlanePosBits(PlanePosBits),
    .PlanePos(PlanePos),
    .PlaneNegate(PlaneNegate),
    .StepPosBits(StepPosBits),
    .SumBits(SumBits),
    .Bits(RegisterBits)
  ) u_shift_add (
    .valid_i(code_valid),
    .code_i(code),
    .next_column_i(next_column),
    .step_pos_i(code_pos_i),
    .step_negate_i(code_negate_i),
    .term_o(term),
    .carry_o(carry),
    .first_plane_o(first_plane),
    .last_plane_o(last_plane)
  );

  cim_accumulator #(
    .Outputs(Outputs),
    .Bits(RegisterBits),
    .ResultBits(StoredBits),
    .Saturate(Saturates),
    .HasStart(HasStart),
    .LoadZero(LoadZero),
    .GateBits(GateBits)
  ) u_accumulator (
    .clk_i(clk_i),
    .test_en_i(test_en_i),
    .valid_i(|code_valid),
    .term_i(term),
    .carry_i(carry),
    .begin_tile_i(begin_tile_i),
    .begin_vector_i(begin_vector_i),
    .first_plane_i(first_plane),
    .last_plane_i(last_plane),
    .first_tile_i(code_first_tile_i),
    .first_vector_i(code_first_vector_i),
    .start_i(start_values_i),
    .start_saturated_i(start_saturated_i),
    .result_o(result_o),
    .saturated_o(saturated_o)
  );
endmodule

`default_nettype wire

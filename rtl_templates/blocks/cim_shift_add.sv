// SPDX-License-Identifier: Apache-2.0
// One lane's shift-add: turns the codes that arrive in this cycle into one term for its
// accumulator.
//
// term_o + carry_o = sum over the lane's ADCs of  ±code << (plane position + step position), modulo
// 2^Bits. Adcs = 1: one ADC serves Share = k·Planes columns; the two positions are added and the
// code is shifted once. Adcs > 1: ADC a serves planes a·Share..; their codes are shifted by their
// plane's position, added, and the sum is shifted by the step's position: one wide shifter for all
// of them. The column of a code is the one before next_column_i. PlanePos: one power of two per
// plane; PlaneNegate: planes that count negatively. No rounding; Bits is chosen by the generator so
// that nothing that matters is lost. Combinational. Also says where an output begins and ends in
// the sequence of columns (Adcs = 1). Golden twin: sum of cw(j)·cx(t)·code in
// golden::run_reference.
`default_nettype none

module cim_shift_add #(
  parameter int unsigned Adcs      = 1,
  parameter int unsigned Share     = 8,
  parameter int unsigned Planes    = 8,
  parameter int unsigned CodeBits  = 7,
  parameter bit          Signed    = 1'b0,
  parameter int unsigned PlanePosBits = 3,
  parameter logic [Planes*PlanePosBits-1:0] PlanePos = '0,
  parameter logic [Planes-1:0] PlaneNegate = '0,
  parameter int unsigned StepPosBits = 3,
  parameter int unsigned SumBits   = 16,  // Adcs > 1: holds the sum over an output's planes
  parameter int unsigned Bits      = 24,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  input  wire logic [Adcs-1:0]            valid_i,
  input  wire logic [Adcs*CodeBits-1:0]   code_i,
  input  wire logic [Adcs*ColumnBits-1:0] next_column_i,
  input  wire logic [StepPosBits-1:0]     step_pos_i,
  input  wire logic                       step_negate_i,
  output logic [Bits-1:0]                 term_o,
  output logic                            carry_o,
  output logic                            first_plane_o,
  output logic                            last_plane_o
);
  if (Adcs > 1 && Adcs * Share != Planes) begin : gen_check
    $error("cim_shift_add: several ADCs of a lane must serve one output's planes");
  end
  if (Adcs == 1 && Share % Planes != 0) begin : gen_check_share
    $error("cim_shift_add: the ADC of a lane must serve whole outputs");
  end

  localparam int unsigned ValueBits = CodeBits + 1;

  // Column of the code in hand, decoded from the column after it.
  if (Adcs == 1) begin : gen_one
    localparam int unsigned PosMax  = (PlanePosBits > StepPosBits) ? PlanePosBits : StepPosBits;
    localparam int unsigned PosBits = PosMax + 1;
    logic [PlanePosBits-1:0] plane_pos;
    logic                    plane_negate;
    logic [PosBits-1:0]      pos;
    logic [ValueBits-1:0]    value;

    always_comb begin
      plane_pos     = '0;
      plane_negate  = 1'b0;
      first_plane_o = 1'b0;
      last_plane_o  = 1'b0;
      for (int unsigned c = 0; c < Share; c++) begin
        if (next_column_i == ColumnBits'((c + 1) % Share)) begin
          plane_pos     = PlanePos[(c % Planes)*PlanePosBits +: PlanePosBits];
          plane_negate  = PlaneNegate[c % Planes];
          first_plane_o = c % Planes == 0;
          last_plane_o  = c % Planes == Planes - 1;
        end
      end
    end

    cim_code_sign #(.CodeBits(CodeBits), .Signed(Signed)) u_sign (
      .valid_i(valid_i[0]), .code_i(code_i), .negate_i(plane_negate ^ step_negate_i),
      .value_o(value), .carry_o(carry_o)
    );

    assign pos = PosBits'(plane_pos) + PosBits'(step_pos_i);
    cim_shifter #(.InBits(ValueBits), .PosBits(PosBits), .OutBits(Bits)) u_shift (
      .value_i(value), .fill_i(carry_o), .pos_i(pos), .value_o(term_o)
    );
  end else begin : gen_many
    logic [Adcs*SumBits-1:0] terms;
    logic [Adcs-1:0]         carries;
    logic [SumBits-1:0]      sum, signed_sum;

    for (genvar a = 0; a < Adcs; a++) begin : gen_adc
      logic [PlanePosBits-1:0] plane_pos;
      logic                    plane_negate;
      logic [ValueBits-1:0]    value;
      always_comb begin
        plane_pos    = '0;
        plane_negate = 1'b0;
        for (int unsigned c = 0; c < Share; c++) begin
          if (next_column_i[a*ColumnBits +: ColumnBits] == ColumnBits'((c + 1) % Share)) begin
            plane_pos    = PlanePos[(a*Share + c)*PlanePosBits +: PlanePosBits];
            plane_negate = PlaneNegate[a*Share + c];
          end
        end
      end
      cim_code_sign #(.CodeBits(CodeBits), .Signed(Signed)) u_sign (
        .valid_i(valid_i[a]), .code_i(code_i[a*CodeBits +: CodeBits]), .negate_i(plane_negate),
        .value_o(value), .carry_o(carries[a])
      );
      cim_shifter #(.InBits(ValueBits), .PosBits(PlanePosBits), .OutBits(SumBits)) u_shift (
        .value_i(value), .fill_i(carries[a]), .pos_i(plane_pos),
        .value_o(terms[a*SumBits +: SumBits])
      );
    end

    always_comb begin
      sum = '0;
      for (int unsigned a = 0; a < Adcs; a++) begin
        sum = sum + terms[a*SumBits +: SumBits] + SumBits'(carries[a]);
      end
    end

    assign signed_sum = sum ^ {SumBits{step_negate_i}};
    assign carry_o    = step_negate_i;
    cim_shifter #(.InBits(SumBits), .PosBits(StepPosBits), .OutBits(Bits)) u_shift (
      .value_i(signed_sum), .fill_i(step_negate_i), .pos_i(step_pos_i), .value_o(term_o)
    );
    assign first_plane_o = 1'b0;
    assign last_plane_o  = 1'b0;
  end
endmodule

`default_nettype wire

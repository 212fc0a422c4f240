// SPDX-License-Identifier: Apache-2.0
// Watches the array port and names every broken rule; part of the behavioural array model.
//
// Rules (word: meaning):
//   drive_changed      row enable, drive or bank changed from the drive to the end of its window
//   precharge_short    a drive that Precharge cycles of precharge did not come right before
//   precharge_driven   precharge while rows are driven (but with Overlap, in their first cycle)
//   early_sample       sample, or with hold none a request, before the drive stood Settle cycles
//   request_order      columns not requested in order
//   request_no_value   a request while nothing is held for it
//   request_retracted  a request that went away or changed before it was taken
//   weight_in_compute  a weight access while the array computes; with WriteWhileCompute: in the
//                      bank that is driven or, without holds, converted
//   hold_low           conversions requested while hold_o is low
//   sample_gap         row enable, drive or bank changed, or precharge, within SampleGap cycles of
//                      a step's end (the sample's, or with hold none the last code's)
//   drive_long         rows driven for more than MaxDrive cycles
//   trim_wrong         a request while its column's trim does not stand at the port
// LateEnd (ADCs with their own clock, no holds): a drive may stand on after its last code, so that
// one that is followed by the same again, without a precharge, is not told from it.
// MaxDrive > 0 (column holds): a drive may also end untaken, sample_i before it or with it; what
// was sampled is then forgotten.
// SomeOut: ADCs may be out (test.observe). One that is masked is asked nothing, also all of them;
// one that was ended by a mask or a time-out goes on with its step whatever the periphery does, for
// ever if it is dead. So a step is taken with any first request, or unasked: sample_i falls; where
// rows may change in each cycle (Gapless) after any cycle of it. Without holds it ends with hold_i.
// poison_o stays high after the first until reset.
`default_nettype none

module cim_array_protocol #(
  parameter int unsigned Rows       = 4,
  parameter int unsigned DriveBits  = 1,
  parameter int unsigned BankBits   = 1,
  parameter int unsigned Adcs       = 4,
  parameter int unsigned ColumnBits = 2,
  parameter int unsigned Precharge  = 0,
  parameter int unsigned Settle     = 0,
  parameter int unsigned SampleGap  = 0,
  parameter int unsigned MaxDrive   = 0,
  parameter bit          WriteWhileCompute = 1'b0,
  parameter bit          HoldColumn = 1'b1,
  parameter bit          Overlap    = HoldColumn && Precharge > 0 && Settle == 0,
  parameter bit          LateEnd    = 1'b0,
  parameter bit          SomeOut    = 1'b0
) (
  input  wire logic                       clk_i,
  input  wire logic                       rst_ni,
  input  wire logic                       precharge_i,
  input  wire logic                       sample_i,
  input  wire logic                       hold_i,
  input  wire logic [BankBits-1:0]        bank_i,
  input  wire logic [Rows-1:0]            row_en_i,
  input  wire logic [Rows*DriveBits-1:0]  row_drive_i,
  input  wire logic [Adcs-1:0]            req_valid_i,
  input  wire logic [Adcs-1:0]            req_ready_i,
  input  wire logic [Adcs*ColumnBits-1:0] req_column_i,
  input  wire logic [Adcs-1:0]            begin_step_i,
  input  wire logic [Adcs-1:0]            fresh_i,
  input  wire logic [Adcs-1:0]            free_i,
  input  wire logic [Adcs-1:0]            order_ok_i,
  input  wire logic                       trim_ok_i,
  input  wire logic                       weight_valid_i,
  input  wire logic [BankBits-1:0]        weight_bank_i,
  output logic                            poison_o
);
`ifdef CIMRTL_DPI
  import "DPI-C" function void cim_violation(input string rule);
`endif
  localparam bit          Late        = LateEnd && !HoldColumn;
  localparam bit          Bound       = MaxDrive > 0 && HoldColumn;
  localparam int unsigned DriveCycles = (Settle == 0) ? 1 : Settle;
  localparam bit          Gapless     = SampleGap == 0
      && (HoldColumn ? DriveCycles == 1 && Precharge == 32'(Overlap) : Precharge + Settle == 0);

  // What the array saw one cycle ago.
  logic [Rows-1:0]            en_q;
  logic [Rows*DriveBits-1:0]  drive_q;
  logic [BankBits-1:0]        bank_q;
  logic                       ended_q;      // a change of drive is due
  logic                       sample_q, hold_q;
  logic [Adcs-1:0]            valid_q, ready_q;
  logic [Adcs*ColumnBits-1:0] column_q;
  logic                       converted_q;  // hold none: this drive has been converted
  int unsigned                stood_q;      // cycles the drive has stood before this one
  int unsigned                precharged_q; // precharge cycles right before this one

  logic        driven, changed, fresh_drive, ended, over, in_gap;
  int unsigned stood;

  assign driven  = |row_en_i;
  assign changed = row_en_i != en_q || row_drive_i != drive_q || bank_i != bank_q;
  assign fresh_drive = driven && (en_q == '0 || changed || (over && !Late));
  assign stood   = fresh_drive ? 0 : stood_q;

  // The drive's window is over, and from then on (after the gap) another may stand.
  if (SomeOut && HoldColumn) begin : gen_some_held
    assign ended = sample_q && (|begin_step_i || !sample_i || Gapless);
  end else if (SomeOut) begin : gen_some
    assign ended = hold_q && (!hold_i || Gapless);
  end else begin : gen_all
    assign ended = (ended_q && (!HoldColumn || &begin_step_i)) || (Bound && sample_q && !sample_i);
  end
  logic unused_end;
  assign unused_end = ended_q ^ sample_q ^ hold_q;
  if (SampleGap == 0) begin : gen_no_gap
    assign over   = ended;
    assign in_gap = 1'b0;
  end else begin : gen_gap
    int unsigned gap_q;   // cycles until another drive may stand
    logic        open_q;  // it may already
    logic        begins;
    assign begins = ended && gap_q == 0 && en_q != '0 && !open_q;
    assign over   = gap_q == 1 || open_q;
    assign in_gap = begins || gap_q > 1;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) gap_q <= 0;
      else if (begins) gap_q <= SampleGap;
      else if (gap_q > 0) gap_q <= gap_q - 1;
    end
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) open_q <= 1'b0;
      else open_q <= Late && over && driven && !changed;
    end
  end

  logic [11:0] broken;
  always_comb begin
    broken    = '0;
    broken[0] = en_q != '0 && changed && !over && !in_gap;
    broken[1] = fresh_drive && precharged_q + 32'(Overlap && precharge_i) + 1 <= Precharge;
    broken[2] = precharge_i && driven && !(Overlap && fresh_drive);
    broken[3] = HoldColumn ? sample_i && (!driven || stood + 1 < DriveCycles)
                           : |begin_step_i && (!driven || stood + 1 <= Settle);
    broken[4] = |(req_valid_i & ~order_ok_i);
    broken[5] = HoldColumn && |(begin_step_i & ~fresh_i);
    for (int unsigned a = 0; a < Adcs; a++) begin
      if (valid_q[a] && !ready_q[a] && (!req_valid_i[a] ||
          req_column_i[a*ColumnBits +: ColumnBits] != column_q[a*ColumnBits +: ColumnBits])) begin
        broken[6] = 1'b1;
      end
    end
    broken[7] = weight_valid_i && (!WriteWhileCompute || weight_bank_i == bank_i)
             && (driven || precharge_i
                 || ((SomeOut ? hold_i : |req_valid_i) && !(WriteWhileCompute && HoldColumn)));
    broken[8] = |(SomeOut ? begin_step_i : req_valid_i) && !hold_i;
    broken[9] = !trim_ok_i;
    broken[10] = in_gap && (changed || precharge_i);
    broken[11] = Bound && driven && stood >= MaxDrive;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      en_q         <= '0;
      ended_q      <= 1'b0;
      sample_q     <= 1'b0;
      hold_q       <= 1'b0;
      valid_q      <= '0;
      ready_q      <= '0;
      converted_q  <= 1'b0;
      stood_q      <= 0;
      precharged_q <= 0;
    end else begin
      en_q         <= row_en_i;
      ended_q      <= HoldColumn ? sample_i && &free_i
                                 : &free_i && (|begin_step_i || (converted_q && !fresh_drive));
      sample_q     <= sample_i;
      hold_q       <= hold_i;
      converted_q  <= |begin_step_i || (converted_q && !fresh_drive);
      valid_q      <= req_valid_i;
      ready_q      <= req_ready_i;
      stood_q      <= driven ? stood + 1 : 0;
      precharged_q <= precharge_i ? precharged_q + 1 : 0;
    end
    drive_q  <= row_drive_i;
    bank_q   <= bank_i;
    column_q <= req_column_i;
  end

  function automatic void tell(input string rule);
    $display("cim_array_protocol: rule broken: %s", rule);
`ifdef CIMRTL_DPI
    cim_violation(rule);
`endif
  endfunction

  logic [11:0] told_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      poison_o <= 1'b0;
      told_q   <= '0;
    end else begin
      poison_o <= poison_o || |broken;
      told_q   <= told_q | broken;
      if (broken[0] && !told_q[0]) tell("drive_changed");
      if (broken[1] && !told_q[1]) tell("precharge_short");
      if (broken[2] && !told_q[2]) tell("precharge_driven");
      if (broken[3] && !told_q[3]) tell("early_sample");
      if (broken[4] && !told_q[4]) tell("request_order");
      if (broken[5] && !told_q[5]) tell("request_no_value");
      if (broken[6] && !told_q[6]) tell("request_retracted");
      if (broken[7] && !told_q[7]) tell("weight_in_compute");
      if (broken[8] && !told_q[8]) tell("hold_low");
      if (broken[9] && !told_q[9]) tell("trim_wrong");
      if (broken[10] && !told_q[10]) tell("sample_gap");
      if (broken[11] && !told_q[11]) tell("drive_long");
    end
  end
endmodule

`default_nettype wire

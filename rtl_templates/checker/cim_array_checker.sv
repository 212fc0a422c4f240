// SPDX-License-Identifier: Apache-2.0
// Watches the array port from outside: both what the periphery asks of the array and what the array
// answers. For simulation, beside any array; it knows nothing but the port's signals.
//
// Rules of the periphery (docs/reference/array-port.md):
//   drive_changed      row enable, drive or bank changed from the drive to the end of its window
//   precharge_short    a drive that Precharge cycles of precharge did not come right before
//   precharge_driven   precharge while rows are driven (but with Overlap, in their first cycle)
//   early_sample       sample, or with hold none a request, before the drive stood Settle cycles
//   sample_gap         row enable, drive or bank changed, or precharge, within SampleGap cycles of
//                      a step's end (the sample's, or with hold none the last code's)
//   drive_long         rows driven for more than MaxDrive cycles (MaxDrive > 0, column holds); a
//                      drive may then also end untaken, and what was sampled is forgotten
//   request_order      columns not requested as 0 .. Share - 1
//   request_no_value   a request while nothing is held for it
//   request_retracted  a request that went away or changed before it was taken
//   hold_low           conversions requested while hold is low
//   trim_changed       trims changed while a conversion needs them: neither with a step's first
//                      requests nor after a request was taken
//   weight_in_compute  a weight access while the array computes; with WriteWhileCompute: in the
//                      bank that is driven or, without holds, converted
//   weight_retracted   a weight access that went away or changed before it was taken
//   weight_overtakes   a weight access while a read has not been answered
// Rules of the array:
//   adc_ready_busy     an ADC is ready while it converts, its last cycle included
//   adc_unasked        an answer to nothing
//   adc_early          an answer before cycle MinCycles of its conversion
//   adc_late           no answer within MaxCycles cycles
//   adc_not_ready      a request not taken within MaxCycles cycles
//   adc_code_changed   a code that changed between the falling clock edge and the rising one that
//                      takes it (without holds not in the first cycle of a conversion: what it
//                      converts may still settle)
//   adc_unknown        ready, valid or a valid code is X (four-state simulators)
//   weight_unasked     read data without a read
//   weight_late        an access not taken, or a read not answered, within MaxCycles cycles
//   weight_unknown     ready, valid or valid read data are X
// SomeOut (test.observe): an ADC that is masked is asked nothing, also all of them; one that was
// ended by a mask or a time-out goes on with its step beside all others. So a step is taken with
// any first request, or unasked: sample falls, or rows change after a cycle of it where they may
// change in each. Without holds a drive ends with hold.
// A broken rule is named once until the next reset, with the cycle (rising edges of clk_i since the
// start) and the ADC. It is an $error; with +cim_check_continue a line of text. +cim_min_cycles=N
// and +cim_max_cycles=N take the place of MinCycles and MaxCycles.
// OneCycle: below cim_async_checker, which shows a conversion in one cycle, a cycle late; the rules
// of time and of codes are that one's. Without holds a drive may then stand on after its last code,
// until the acknowledges have fallen.
// After a broken rule of a handshake others may follow from it: the first named is the one to mend.
`default_nettype none

module cim_array_checker #(
  parameter int unsigned Rows        = 4,
  parameter int unsigned DriveBits   = 1,
  parameter int unsigned BankBits    = 1,
  parameter int unsigned Adcs        = 4,
  parameter int unsigned Share       = 1,
  parameter int unsigned CodeBits    = 3,
  parameter int unsigned TrimWidth   = 1,
  parameter int unsigned AccessBits  = 4,     // write, bank, row, word and data of an access
  parameter int unsigned WeightWidth = 1,
  parameter int unsigned Precharge   = 0,
  parameter int unsigned Settle      = 0,
  parameter int unsigned SampleGap   = 0,
  parameter int unsigned MaxDrive    = 0,
  parameter bit          WriteWhileCompute = 1'b0,
  parameter bit          HoldColumn  = 1'b1,
  parameter bit          Overlap     = 1'b0,
  parameter bit          SomeOut     = 1'b0,  // ADCs may be out, see above
  parameter bit          OneCycle    = 1'b0,
  parameter int unsigned MinCycles   = 1,     // of a conversion
  parameter int unsigned MaxCycles   = 1024,  // of a conversion, and of whatever waits
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  input  wire logic                       clk_i,
  input  wire logic                       rst_ni,
  input  wire logic                       precharge_i,
  input  wire logic                       sample_i,
  input  wire logic                       hold_i,
  input  wire logic [BankBits-1:0]        bank_i,
  input  wire logic [Rows-1:0]            row_en_i,
  input  wire logic [Rows*DriveBits-1:0]  row_drive_i,
  input  wire logic [TrimWidth-1:0]       trim_i,
  input  wire logic [Adcs-1:0]            req_valid_i,
  input  wire logic [Adcs-1:0]            req_ready_i,
  input  wire logic [Adcs*ColumnBits-1:0] req_column_i,
  input  wire logic [Adcs-1:0]            resp_valid_i,
  input  wire logic [Adcs*CodeBits-1:0]   resp_code_i,
  input  wire logic                       weight_valid_i,
  input  wire logic                       weight_ready_i,
  input  wire logic [AccessBits-1:0]      weight_access_i,  // write bit uppermost
  input  wire logic                       weight_rvalid_i,
  input  wire logic [WeightWidth-1:0]     weight_rdata_i
);
  // The rules that no single ADC breaks, and those that one does.
  typedef enum int unsigned {
    DriveChanged, PrechargeShort, PrechargeDriven, EarlySample, GapBroken, DriveLong, HoldLow,
    TrimChanged, WeightInCompute, WeightRetracted, WeightOvertakes, WeightUnasked, WeightLate,
    WeightUnknown, ArrayRules
  } array_rule_e;
  typedef enum int unsigned {
    RequestOrder, RequestNoValue, RequestRetracted, ReadyBusy, Unasked, Early, Late, NotReady,
    CodeChanged, Unknown, AdcRules
  } adc_rule_e;
  localparam int unsigned DriveCycles = (Settle == 0) ? 1 : Settle;
  localparam bit          LateEnd     = OneCycle && !HoldColumn;  // see above
  localparam bit          Bound       = MaxDrive > 0 && HoldColumn;
  localparam bit          Gapless     = SampleGap == 0
      && (HoldColumn ? DriveCycles == 1 && Precharge == 32'(Overlap) : Precharge + Settle == 0);

  int unsigned min_cycles, max_cycles;
  int unsigned cycle_q = 0;
  logic        go_on;
  initial begin
    if ($value$plusargs("cim_min_cycles=%d", min_cycles) == 0) min_cycles = MinCycles;
    if ($value$plusargs("cim_max_cycles=%d", max_cycles) == 0) max_cycles = MaxCycles;
    go_on = $test$plusargs("cim_check_continue") != 0;
  end
  always_ff @(posedge clk_i) cycle_q <= cycle_q + 1;
  int unsigned cycle;
  assign cycle = cycle_q - 32'(OneCycle);

  // ---- ADCs: what each has been asked, and what it has answered ----
  logic [Adcs-1:0]          taken, answered, begin_step, free, taken_q, due_q;
  logic [Adcs*AdcRules-1:0] adc_broken;

  // In parts: Verilator unrolls a generate loop 3072 times at most.
  for (genvar p = 0; p < Adcs; p = p + 1024) begin : gen_part
    for (genvar a = p; a < Adcs && a < p + 1024; a++) begin : gen_adc
      int unsigned           left_q, left;     // conversions left of the values held
      int unsigned           running_q, age;   // cycles of the conversion before this one; with it
      int unsigned           waiting_q;        // cycles that the request has stood before this one
      logic                  busy_q, fresh_q, stood_q, valid_n;
      logic [ColumnBits-1:0] column, column_q, expected_q;
      logic [CodeBits-1:0]   code, code_n;
      logic                  valid, ready, response;

      assign valid  = req_valid_i[a];
      assign ready  = req_ready_i[a];
      assign column = req_column_i[a*ColumnBits +: ColumnBits];
      assign code   = resp_code_i[a*CodeBits +: CodeBits];
      assign response = resp_valid_i[a];

      assign taken[a]      = valid && ready;
      assign answered[a]   = response && (busy_q || taken[a]);
      assign begin_step[a] = left_q == 0 && valid;
      assign left          = begin_step[a] ? Share : left_q;
      assign free[a]       = left == 0 || (left == 1 && answered[a]);
      assign due_q[a]      = left_q != 0;
      assign age           = busy_q ? running_q + 1 : 1;

      always_comb begin
        adc_broken[a*AdcRules +: AdcRules] = '0;
        adc_broken[a*AdcRules + RequestOrder]     = valid && column != expected_q;
        adc_broken[a*AdcRules + RequestNoValue]   = HoldColumn && begin_step[a] && !fresh_q;
        adc_broken[a*AdcRules + RequestRetracted] = stood_q && (!valid || column != column_q);
        adc_broken[a*AdcRules + ReadyBusy]        = busy_q && ready;
        adc_broken[a*AdcRules + Unasked]          = response && !(busy_q || taken[a]);
        adc_broken[a*AdcRules + Early]            = !OneCycle && answered[a] && age < min_cycles;
        adc_broken[a*AdcRules + Late]             = (busy_q || taken[a]) && !response
                                                 && age >= max_cycles;
        adc_broken[a*AdcRules + NotReady]         = !OneCycle && valid && !ready
                                                 && waiting_q + 1 >= max_cycles;
        adc_broken[a*AdcRules + CodeChanged]      = response && valid_n && code != code_n
                                                 && (HoldColumn || busy_q);
        adc_broken[a*AdcRules + Unknown]          = $isunknown({ready, response})
                                                 || (response && $isunknown(code));
      end

      always_ff @(negedge clk_i) begin
        valid_n <= response;
        code_n  <= code;
      end
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) begin
          left_q     <= 0;
          running_q  <= 0;
          waiting_q  <= 0;
          busy_q     <= 1'b0;
          fresh_q    <= 1'b0;
          stood_q    <= 1'b0;
          expected_q <= '0;
          taken_q[a] <= 1'b0;
        end else begin
          left_q     <= left - 32'(answered[a]);
          running_q  <= (busy_q || taken[a]) ? age : 0;
          waiting_q  <= (valid && !ready) ? waiting_q + 1 : 0;
          busy_q     <= (busy_q || taken[a]) && !response;
          stood_q    <= valid && !ready;
          taken_q[a] <= taken[a];
          if (taken[a]) expected_q <= (32'(column) == Share - 1) ? '0 : column + ColumnBits'(1);
          fresh_q    <= HoldColumn && sample_i && free[a];
        end
      end
      always_ff @(posedge clk_i) column_q <= column;
    end
  end

  // ---- Drive, precharge, sample ----
  logic [Rows-1:0]           en_q;
  logic [Rows*DriveBits-1:0] drive_q;
  logic [BankBits-1:0]       bank_q;
  logic                      driven, changed, fresh_drive, over, in_gap;
  logic                      done_q, ended, converted_q, sample_q, hold_q;
  int unsigned               stood_q, stood, precharged_q;

  assign driven      = |row_en_i;
  assign changed     = row_en_i != en_q || row_drive_i != drive_q || bank_i != bank_q;
  assign fresh_drive = driven && (en_q == '0 || changed || (over && !LateEnd));
  assign stood       = fresh_drive ? 0 : stood_q;
  // The window ends when the step is taken, all ADCs at once; without holds with the last code; or
  // untaken, with the sample.
  if (SomeOut && HoldColumn) begin : gen_some_held
    assign ended = sample_q && (|begin_step || !sample_i || Gapless);
  end else if (SomeOut) begin : gen_some
    assign ended = hold_q && (!hold_i || Gapless);
  end else begin : gen_all
    assign ended = (done_q && (!HoldColumn || &begin_step)) || (Bound && sample_q && !sample_i);
  end
  logic unused_end;
  assign unused_end = done_q ^ sample_q ^ hold_q;

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
      else open_q <= LateEnd && over && driven && !changed;
    end
  end

  // ---- Trims and weights ----
  logic [TrimWidth-1:0]  trim_q;
  logic [AccessBits-1:0] access_q;
  logic                  access_stood_q, reading_q, weight_taken;
  int unsigned           access_waits_q, read_waits_q;
  logic [BankBits-1:0]   weight_bank;
  assign weight_taken = weight_valid_i && weight_ready_i;
  assign weight_bank  = weight_access_i[AccessBits-2 -: BankBits];

  logic [ArrayRules-1:0] broken;
  always_comb begin
    broken = '0;
    broken[DriveChanged]    = en_q != '0 && changed && !over && !in_gap;
    broken[PrechargeShort]  = fresh_drive
                           && precharged_q + 32'(Overlap && precharge_i) + 1 <= Precharge;
    broken[PrechargeDriven] = precharge_i && driven && !(Overlap && fresh_drive);
    broken[EarlySample]     = HoldColumn ? sample_i && (!driven || stood + 1 < DriveCycles)
                                         : |begin_step && (!driven || stood + 1 <= Settle);
    broken[GapBroken]       = in_gap && (changed || precharge_i);
    broken[DriveLong]       = Bound && driven && stood >= MaxDrive;
    broken[HoldLow]         = |(SomeOut ? begin_step : req_valid_i) && !hold_i;
    broken[TrimChanged]     = trim_i != trim_q && |due_q && !(|begin_step) && !(|taken_q);
    broken[WeightInCompute] = weight_valid_i && (!WriteWhileCompute || weight_bank == bank_i)
                           && (driven || precharge_i
                               || ((SomeOut ? hold_i : |req_valid_i || |due_q)
                                   && !(WriteWhileCompute && HoldColumn)));
    broken[WeightRetracted] = access_stood_q && (!weight_valid_i || weight_access_i != access_q);
    broken[WeightOvertakes] = weight_valid_i && reading_q && !weight_rvalid_i;
    broken[WeightUnasked]   = weight_rvalid_i && !reading_q;
    broken[WeightLate]      = (weight_valid_i && !weight_ready_i
                               && access_waits_q + 1 >= max_cycles)
                           || (reading_q && !weight_rvalid_i && read_waits_q + 1 >= max_cycles);
    broken[WeightUnknown]   = $isunknown({weight_ready_i, weight_rvalid_i})
                           || (weight_rvalid_i && $isunknown(weight_rdata_i));
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      en_q           <= '0;
      done_q         <= 1'b0;
      sample_q       <= 1'b0;
      hold_q         <= 1'b0;
      converted_q    <= 1'b0;
      stood_q        <= 0;
      precharged_q   <= 0;
      access_stood_q <= 1'b0;
      reading_q      <= 1'b0;
      access_waits_q <= 0;
      read_waits_q   <= 0;
    end else begin
      en_q           <= row_en_i;
      done_q         <= HoldColumn ? sample_i && &free
                                   : &free && (|begin_step || (converted_q && !fresh_drive));
      sample_q       <= sample_i;
      hold_q         <= hold_i;
      converted_q    <= |begin_step || (converted_q && !fresh_drive);
      stood_q        <= driven ? stood + 1 : 0;
      precharged_q   <= precharge_i ? precharged_q + 1 : 0;
      access_stood_q <= weight_valid_i && !weight_ready_i;
      reading_q      <= (reading_q && !weight_rvalid_i)
                     || (weight_taken && !weight_access_i[AccessBits-1]);
      access_waits_q <= (weight_valid_i && !weight_ready_i) ? access_waits_q + 1 : 0;
      read_waits_q   <= (reading_q && !weight_rvalid_i) ? read_waits_q + 1 : 0;
    end
  end
  always_ff @(posedge clk_i) begin
    drive_q  <= row_drive_i;
    bank_q   <= bank_i;
    trim_q   <= trim_i;
    access_q <= weight_access_i;
  end

  // ---- What is said ----
  function automatic string array_rule(input int unsigned rule);
    case (rule)
      DriveChanged:    return "drive_changed";
      PrechargeShort:  return "precharge_short";
      PrechargeDriven: return "precharge_driven";
      EarlySample:     return "early_sample";
      GapBroken:       return "sample_gap";
      DriveLong:       return "drive_long";
      HoldLow:         return "hold_low";
      TrimChanged:     return "trim_changed";
      WeightInCompute: return "weight_in_compute";
      WeightRetracted: return "weight_retracted";
      WeightOvertakes: return "weight_overtakes";
      WeightUnasked:   return "weight_unasked";
      WeightLate:      return "weight_late";
      default:         return "weight_unknown";
    endcase
  endfunction

  function automatic string adc_rule(input int unsigned rule);
    case (rule)
      RequestOrder:     return "request_order";
      RequestNoValue:   return "request_no_value";
      RequestRetracted: return "request_retracted";
      ReadyBusy:        return "adc_ready_busy";
      Unasked:          return "adc_unasked";
      Early:            return "adc_early";
      Late:             return "adc_late";
      NotReady:         return "adc_not_ready";
      CodeChanged:      return "adc_code_changed";
      default:          return "adc_unknown";
    endcase
  endfunction

  logic [ArrayRules-1:0] told_q;
  logic [AdcRules-1:0]   adc_told_q;
  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      told_q     <= '0;
      adc_told_q <= '0;
    end else begin
      told_q <= told_q | broken;
      for (int unsigned r = 0; r < ArrayRules; r++) begin
        if (broken[r] && !told_q[r]) begin
          if (go_on) $display("cim_array_checker: cycle %0d: rule broken: %s", cycle,
                              array_rule(r));
          else $error("cim_array_checker: cycle %0d: rule broken: %s", cycle, array_rule(r));
        end
      end
      for (int unsigned r = 0; r < AdcRules; r++) begin
        for (int unsigned a = 0; a < Adcs; a++) begin
          if (adc_broken[a*AdcRules + r]) adc_told_q[r] <= 1'b1;
          if (adc_broken[a*AdcRules + r] && !adc_told_q[r]) begin
            if (go_on) $display("cim_array_checker: cycle %0d: rule broken: %s, ADC %0d", cycle,
                                adc_rule(r), a);
            else $error("cim_array_checker: cycle %0d: rule broken: %s, ADC %0d", cycle,
                        adc_rule(r), a);
          end
        end
      end
    end
  end
endmodule

`default_nettype wire

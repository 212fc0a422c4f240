// SPDX-License-Identifier: Apache-2.0
// Runs each step on the array: precharge, drive, settle, sample (or stand still while the ADCs
// convert); starts the conversions. Every output to the array is a flip-flop.
//
// HoldColumn: PreOnly cycles of precharge, then the drive for at least max(Settle, 1) cycles,
// sample_o high in the last of them and standing. The step is taken at the end of a cycle in which
// sample_o is high, adcs_done_i says that the former step's last codes have come (or come in this
// cycle), and, for a vector's first step, result_ok_i. The column holds track the array until
// then; the next step's precharge or drive begins in the following cycle, as do the conversions.
// A step costs max(conversions, Precharge + max(Settle, 1)) cycles. With Overlap (Settle = 0, and
// conversions no longer than the precharge) the drive coincides with the last precharge cycle: a
// step then costs max(conversions, Precharge).
//
// Not HoldColumn: Precharge, Settle cycles of drive, then the conversions with the drive standing;
// the next step begins in the cycle after the last code. sample_o stays low.
// A step costs Precharge + Settle + conversions.
//
// SampleGap: rows, drive and bank stand for that many cycles more after a step is taken (without
// holds: after its last code); only then does the next precharge or drive begin. HoldColumn hides
// the gap behind the conversions, so that a step costs max(conversions, Precharge + max(Settle, 1)
// + SampleGap); without holds it costs SampleGap more.
//
// LateColumn (HoldColumn): the next step is not begun before ADC 0 requests column LateColumn of
// the present one, or has begun its last conversion (LateColumn = Share: only then): as late as
// ADCs of the config's latency leave no idle cycle. It is told by conversions begun and not by
// counted cycles: slower ADCs let the drive stand longer, faster ones may have to wait for it. 0:
// as soon as the array is free.
//
// MaxDrive > 0 (HoldColumn): rows stand driven for at most MaxDrive cycles in a row, SampleGap
// included. A drive that has not been taken by then ends, sample_o with it (and the rows after the
// gap); it begins anew, with its precharge, when its vector's turn has come (result_ok_i).
//
// With step costs at their minimum the holds are overwritten at the end of the cycle that gives the
// last code: the ADC must not need the held value then (it has sampled it, or the hold is double).
// Rows that are not enabled have drive 0: the drive of a step falls with its row_en, so that the
// next one rises from 0. Drive and bank have no reset; the bank keeps its last value.
//
// HasEmpty: a step with step_convert_i low drives and converts nothing; it only carries the flags
// of a vector that ends (and perhaps begins) without a driven step. It passes in order but beside
// the array: it waits in a register of its own for the conversions of the step before it, and the
// step behind it is prepared meanwhile. It costs the array two cycles at most and the ADCs one.
// With holds it is taken by flip-flops alone, a cycle after the step before it at the earliest:
// else the ADCs' answers would reach the next tile's move through it, in the cycle in which they
// come.
//
// hold_o is high while conversions of the present step are due. The bank changes with the first
// precharge cycle (without one, with the drive, or before it while a step waits for its vector's
// turn). GateBits > 0: the drive and the payload, which have no reset, rest behind a cim_clock_gate
// each if they have at least so many bits. Golden twin: none (timing); the array model polices
// every rule above.
`default_nettype none

module cim_array_timing #(
  parameter int unsigned Rows        = 64,
  parameter int unsigned DriveBits   = 1,
  parameter int unsigned BankBits    = 4,
  parameter int unsigned PayloadBits = 4,
  parameter int unsigned Precharge   = 0,
  parameter int unsigned Settle      = 0,
  parameter int unsigned SampleGap   = 0,
  parameter int unsigned MaxDrive    = 0,
  parameter int unsigned LateColumn  = 0,
  parameter int unsigned ColumnBits  = 1,
  parameter bit          HoldColumn  = 1'b1,
  parameter bit          Overlap     = HoldColumn && Precharge > 0 && Settle == 0,
  parameter bit          HasEmpty    = 1'b0,
  parameter int unsigned GateBits    = 0
) (
  input  wire logic                      clk_i,
  input  wire logic                      rst_ni,
  input  wire logic                      test_en_i,
  // The next step
  input  wire logic                      step_valid_i,
  output logic                           step_ready_o,
  input  wire logic                      step_convert_i,
  input  wire logic [BankBits-1:0]       step_bank_i,
  input  wire logic [Rows-1:0]           step_row_en_i,
  input  wire logic [Rows*DriveBits-1:0] step_row_drive_i,
  input  wire logic                      step_first_of_vector_i,
  input  wire logic [PayloadBits-1:0]    step_payload_i,
  // Whether it may begin
  input  wire logic                      array_free_i,
  input  wire logic                      result_ok_i,
  input  wire logic                      adcs_done_i,
  // ADC 0's request
  input  wire logic                      adc_request_i,
  input  wire logic [ColumnBits-1:0]     adc_column_i,
  // Conversions begin in the next cycle, for the step with this payload
  output logic                           start_o,
  output logic                           start_convert_o,
  output logic [PayloadBits-1:0]         start_payload_o,
  output logic                           idle_o,
  // To the array
  output logic                           array_precharge_o,
  output logic                           array_sample_o,
  output logic                           array_hold_o,
  output logic [BankBits-1:0]            array_bank_o,
  output logic [Rows-1:0]                array_row_en_o,
  output logic [Rows*DriveBits-1:0]      array_row_drive_o
);
  if (!HasEmpty) begin : gen_unused_convert
    logic unused_convert;
    assign unused_convert = step_convert_i;
  end
  if (Overlap && !(HoldColumn && Precharge > 0 && Settle == 0)) begin : gen_check
    $error("cim_array_timing: Overlap needs HoldColumn, Precharge > 0 and Settle = 0");
  end
  if (MaxDrive > 0 && MaxDrive < ((Settle == 0) ? 1 : Settle) + SampleGap) begin : gen_check_bound
    $error("cim_array_timing: MaxDrive >= max(Settle, 1) + SampleGap, or 0");
  end
  localparam int unsigned PreOnly = Overlap ? Precharge - 1 : Precharge;
  localparam int unsigned DriveCycles = (Settle == 0) ? 1 : Settle;
  localparam int unsigned MaxCount = (PreOnly > DriveCycles) ? PreOnly : DriveCycles;
  localparam int unsigned CountBits = (MaxCount > 1) ? $clog2(MaxCount) : 1;

  typedef enum logic [1:0] {StIdle, StPrecharge, StDrive, StConvert} state_e;

  state_e                 state_q, state_d;
  logic [CountBits-1:0]   count_q, count_d;
  logic                   precharge_d, sample_d, hold_d;
  logic                   sample_q, hold_q, precharge_q;
  logic [Rows-1:0]        row_en_q, row_en_d;
  logic                   counted, ending, begin_step, load, start;
  logic                   vacant, release_rows, stands;  // the next step may begin; rows fall; gap
  logic                   due;                           // it is late enough for it
  logic                   expired, again, begin_again, reload;  // of a drive that waited too long
  logic [Rows-1:0]           kept_row_en;
  logic [Rows*DriveBits-1:0] kept_row_drive;
  logic                   first_q;
  logic [PayloadBits-1:0] payload_q;

  assign counted = count_q == '0;

  // Steps without conversions.
  logic                   convert, take_empty, empty_q, start_empty;
  logic [PayloadBits-1:0] empty_payload_q;
  assign convert = !HasEmpty || step_convert_i;

  if (HoldColumn) begin : gen_hold_column
    logic empty_first_q;
    assign ending = sample_q && adcs_done_i && (result_ok_i || !first_q) && !empty_q;
    assign load   = (PreOnly == 0) ? begin_step : (state_q == StPrecharge && counted && !again);
    if (HasEmpty) begin : gen_empty
      assign start_empty = empty_q && adcs_done_i && (result_ok_i || !empty_first_q);
      assign take_empty  = state_q == StIdle && step_valid_i && !step_convert_i && !again &&
                           !empty_q;
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) empty_q <= 1'b0;
        else empty_q <= take_empty || (empty_q && !start_empty);
      end
      always_ff @(posedge clk_i) begin
        if (take_empty) begin
          empty_payload_q <= step_payload_i;
          empty_first_q   <= step_first_of_vector_i;
        end
      end
    end else begin : gen_no_empty
      assign empty_q         = 1'b0;
      assign empty_first_q   = 1'b0;
      assign empty_payload_q = '0;
      assign start_empty     = 1'b0;
      assign take_empty      = 1'b0;
      logic unused_empty;
      assign unused_empty = empty_first_q;
    end
    assign start           = ending || start_empty;
    assign start_convert_o = !start_empty;
    assign start_payload_o = start_empty ? empty_payload_q : payload_q;
  end else begin : gen_hold_none
    logic go;
    assign go     = result_ok_i || !step_first_of_vector_i;
    assign ending = state_q == StConvert && adcs_done_i;
    assign load   = go && ((PreOnly == 0) ? begin_step : (state_q == StPrecharge && counted));
    // Nothing converts when a step is taken, so it needs no register to wait in.
    assign take_empty  = HasEmpty && (state_q == StIdle || ending) && step_valid_i &&
                         !step_convert_i && go;
    assign start_empty = take_empty;
    assign empty_q     = 1'b0;
    assign empty_payload_q = step_payload_i;
    assign start           = start_empty
                          || ((Settle == 0) ? load : (state_q == StDrive && counted));
    assign start_convert_o = !start_empty;
    assign start_payload_o = (Settle == 0 || start_empty) ? step_payload_i : payload_q;
    logic unused_first;
    assign unused_first = ^{first_q, empty_q, empty_payload_q};
  end

  // How late the next step begins. While a step is taken no request of it stands yet.
  if (HoldColumn && LateColumn > 0) begin : gen_late
    assign due = !ending && (!adc_request_i || 32'(adc_column_i) >= LateColumn);
  end else begin : gen_soon
    assign due = 1'b1;
    logic unused_request;
    assign unused_request = ^{adc_request_i, adc_column_i};
  end

  // How long a drive stands.
  if (HoldColumn && MaxDrive > 0) begin : gen_bound
    cim_drive_bound #(
      .Rows(Rows),
      .DriveBits(DriveBits),
      .MaxCycles(MaxDrive - SampleGap),
      .GateBits(GateBits)
    ) u_drive_bound (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .load_i(load),
      .row_en_i(step_row_en_i),
      .row_drive_i(step_row_drive_i),
      .driving_i(state_q == StDrive),
      .ending_i(ending),
      .expired_o(expired),
      .again_o(again),
      .reload_i(reload),
      .row_en_o(kept_row_en),
      .row_drive_o(kept_row_drive)
    );
    assign begin_again = again && state_q == StIdle && (!stands || release_rows)
                      && (result_ok_i || !first_q);
    assign reload = (PreOnly == 0) ? begin_again : (state_q == StPrecharge && counted && again);
  end else begin : gen_no_bound
    assign expired        = 1'b0;
    assign again          = 1'b0;
    assign begin_again    = 1'b0;
    assign reload         = 1'b0;
    assign kept_row_en    = '0;
    assign kept_row_drive = '0;
  end

  if (SampleGap == 0) begin : gen_no_gap
    assign stands       = 1'b0;
    assign release_rows = ending || expired;
    assign vacant       = state_q == StIdle || ending;
  end else begin : gen_gap
    localparam int unsigned GapBits = $clog2(SampleGap + 1);
    logic [GapBits-1:0] gap_q;  // cycles that the former drive still stands
    assign stands       = gap_q != '0;
    assign release_rows = gap_q == GapBits'(1);
    assign vacant       = state_q == StIdle && (!stands || release_rows);
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) gap_q <= '0;
      else if (ending || expired) gap_q <= GapBits'(SampleGap);
      else if (stands) gap_q <= gap_q - GapBits'(1);
    end
  end

  assign begin_step   = vacant && due && !again && step_valid_i && convert && array_free_i;
  assign step_ready_o = load || take_empty;
  assign start_o      = start;
  assign idle_o       = state_q == StIdle && !stands && !hold_q && !empty_q && !again;

  always_comb begin
    state_d = state_q;
    count_d = counted ? count_q : count_q - CountBits'(1);
    if (load || reload) begin
      state_d = (HoldColumn || Settle > 0) ? StDrive : StConvert;
      count_d = CountBits'(DriveCycles - 1);
    end else if ((begin_step || begin_again) && PreOnly > 0) begin
      state_d = StPrecharge;
      count_d = CountBits'(PreOnly - 1);
    end else if (ending || expired) begin
      state_d = StIdle;
    end else if (!HoldColumn && start && !start_empty) begin
      state_d = StConvert;
    end
  end

  // Registered for the array, so decoded from the next state.
  assign precharge_d = (load || reload) ? Overlap : (state_d == StPrecharge);
  assign sample_d    = HoldColumn && state_d == StDrive && count_d == '0;
  assign hold_d      = (start && start_convert_o) || (hold_q && !adcs_done_i);

  // The rows that stand from the next cycle on, and what they drive, if they move.
  logic [Rows*DriveBits-1:0] row_drive_d;
  logic                      move_rows;
  assign move_rows = load || reload || release_rows;
  always_comb begin
    row_en_d = '0;  // where they fall
    if (load) row_en_d = step_row_en_i;
    else if (reload) row_en_d = kept_row_en;
    row_drive_d = reload ? kept_row_drive : step_row_drive_i;
    for (int unsigned r = 0; r < Rows; r++) begin
      if (!row_en_d[r]) row_drive_d[r*DriveBits +: DriveBits] = '0;
    end
  end

  localparam bit GateDrive   = GateBits > 0 && Rows * DriveBits >= GateBits;
  localparam bit GatePayload = GateBits > 0 && 1 + PayloadBits >= GateBits;
  logic clk_drive, clk_payload;
  if (GateDrive) begin : gen_gate_drive
    cim_clock_gate u_gate (
      .clk_i(clk_i), .en_i(move_rows), .test_en_i(test_en_i), .clk_o(clk_drive)
    );
  end else begin : gen_clock_drive
    assign clk_drive = clk_i;
  end
  if (GatePayload) begin : gen_gate_payload
    cim_clock_gate u_gate (
      .clk_i(clk_i), .en_i(load), .test_en_i(test_en_i), .clk_o(clk_payload)
    );
  end else begin : gen_clock_payload
    assign clk_payload = clk_i;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q     <= StIdle;
      count_q     <= '0;
      precharge_q <= 1'b0;
      sample_q    <= 1'b0;
      hold_q      <= 1'b0;
      row_en_q    <= '0;
    end else begin
      state_q     <= state_d;
      count_q     <= count_d;
      precharge_q <= precharge_d;
      sample_q    <= sample_d;
      hold_q      <= hold_d;
      if (move_rows) row_en_q <= row_en_d;
    end
  end

  always_ff @(posedge clk_drive) if (GateDrive || move_rows) array_row_drive_o <= row_drive_d;
  always_ff @(posedge clk_payload) begin
    if (GatePayload || load) begin
      first_q   <= step_first_of_vector_i;
      payload_q <= step_payload_i;
    end
  end
  always_ff @(posedge clk_i) if (begin_step) array_bank_o <= step_bank_i;

  assign array_precharge_o = precharge_q;
  assign array_sample_o    = sample_q;
  assign array_hold_o      = hold_q;
  assign array_row_en_o    = row_en_q;

  logic unused_test;
  assign unused_test = test_en_i;
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Behavioural model of the analog macro: banks of cells, row drive, column holds, ADCs.
//
// Not synthesizable; what a designer's own macro replaces. For each step the ideal column value is
// the exact integer v = sum over the enabled rows of drive · cell; one function, code_of, turns
// number of the step, bank, column, drive and the column's cells into the code, and it is the only
// place where noise, mismatch or IR drop enters. SignLevel: drive and cell are {sign, level,
// magnitude}, each level multiplies by Ratio; else both are unsigned digits (SignedPlanes: the top
// bit of these planes' digits counts negatively). code =
// clamp(floor((StepDen·v + floor(StepNum/2)) / StepNum)). ScaledColumns: code =
// clamp(RNE(alpha·v / 2^AlphaFrac) - c0), ties to even, with a factor alpha for each bank and
// column and a centre c0. They belong to the analog part and come from outside: with CIMRTL_DPI
// from the harness, else from the file +cim_columns=FILE ($readmemh; word bank·Columns + column:
// {trim (8), c0 (8, signed), alpha (16)}), else alpha is 1 (at most 65535) and c0 is Center.
//
// Analog: the array is not ideal (docs/spec/analog.md; arithmetic in cim_analog_pkg). Gains of
// cells and gains, offsets and INL of ADCs come from outside: with CIMRTL_DPI from the harness,
// which then also says seed, noise and wire; else Seed to IrDrop are the config's, and the files
// +cim_cell_gain=F (word (bank·Rows + row)·Columns + column), +cim_adc_gain=F and +cim_adc_offset=F
// (word ADC), +cim_adc_inl=F (word ADC·2^CodeBits + code - lowest code), each $readmemh, 32 bits
// signed, as `cimrtl chip --mem` writes them; without a file there is no such effect. Steps are
// counted from FirstStep since the last reset, latched with the sample.
//
// Timing: see cim_array_timing and cim_adc_interface. A column's hold follows the array while
// sample_i is high and its ADC has nothing left to convert. With +cim_random_latency each
// conversion takes 1..Latency cycles, independently per ADC.
//
// Polices the protocol: a broken rule is named on the standard output once per kind and poisons
// (inverts) every code from then on until reset. With CIMRTL_DPI the harness is told of conversions
// and broken rules. Golden twin of the values: golden::trace.
`default_nettype none

module cim_array_model #(
  parameter int unsigned Rows       = 4,
  parameter int unsigned Columns    = 16,
  parameter int unsigned Planes     = 4,
  parameter int unsigned Banks      = 1,
  parameter int unsigned DriveBits  = 1,
  parameter int unsigned CellBits   = 1,
  parameter bit          SignLevel  = 1'b0,
  parameter int unsigned Ratio      = 1,
  parameter logic [Planes-1:0] SignedPlanes = '0,
  parameter int unsigned StepNum    = 1,
  parameter int unsigned StepDen    = 1,
  parameter bit          ScaledColumns = 1'b0,
  parameter int unsigned AlphaFrac  = 16,
  parameter int          Center     = 0,
  parameter int unsigned TrimBits   = 0,
  parameter int unsigned TrimEntries = 0,
  parameter bit          TrimByAdc  = 1'b0,  // with the request; else by column % TrimEntries
  parameter int unsigned CodeBits   = 3,
  parameter bit          CodeSigned = 1'b0,
  parameter int unsigned Share      = 4,
  parameter int unsigned Latency    = 1,
  parameter int unsigned Precharge  = 0,
  parameter int unsigned Settle     = 0,
  parameter int unsigned SampleGap  = 0,
  parameter int unsigned MaxDrive   = 0,
  parameter bit          WriteWhileCompute = 1'b0,
  parameter bit          HoldColumn = 1'b1,
  parameter bit          Overlap    = HoldColumn && Precharge > 0 && Settle == 0,
  parameter bit          LateEnd    = 1'b0,
  parameter bit          SomeOut    = 1'b0,
  parameter int unsigned WordCells  = 1,
  parameter bit          Analog     = 1'b0,
  parameter int unsigned Seed       = 1,
  parameter int unsigned Noise      = 0,     // deviation in 2^-16 of an ADC step, or of v
  parameter bit          NoiseInV   = 1'b0,
  parameter int unsigned IrDrop     = 0,     // 2^-32
  parameter longint unsigned FirstStep = 0,
  localparam int unsigned Adcs       = Columns / Share,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1,
  localparam int unsigned BankBits   = (Banks > 1) ? $clog2(Banks) : 1,
  localparam int unsigned RowBits    = (Rows > 1) ? $clog2(Rows) : 1,
  localparam int unsigned Words      = (Columns + WordCells - 1) / WordCells,
  localparam int unsigned AddrBits   = (Words > 1) ? $clog2(Words) : 1,
  localparam int unsigned Trims      = (TrimEntries > 0) ? TrimEntries : 1,
  localparam int unsigned TrimWidth  = (TrimEntries > 0) ? TrimBits : 1
) (
  input  wire logic                          clk_i,
  input  wire logic                          rst_ni,
  input  wire logic                          precharge_i,
  input  wire logic                          sample_i,
  input  wire logic                          hold_i,
  input  wire logic [BankBits-1:0]           bank_i,
  input  wire logic [Rows-1:0]               row_en_i,
  input  wire logic [Rows*DriveBits-1:0]     row_drive_i,
  input  wire logic [Trims*TrimWidth-1:0]    trim_i,
  input  wire logic [Adcs-1:0]               adc_req_valid_i,
  output logic [Adcs-1:0]                    adc_req_ready_o,
  input  wire logic [Adcs*ColumnBits-1:0]    adc_req_column_i,
  output logic [Adcs-1:0]                    adc_resp_valid_o,
  output logic [Adcs*CodeBits-1:0]           adc_resp_code_o,
  input  wire logic                          weight_valid_i,
  output logic                               weight_ready_o,
  input  wire logic                          weight_write_i,
  input  wire logic [BankBits-1:0]           weight_bank_i,
  input  wire logic [RowBits-1:0]            weight_row_i,
  input  wire logic [AddrBits-1:0]           weight_word_i,
  input  wire logic [WordCells*CellBits-1:0] weight_data_i,
  output logic                               weight_rvalid_o,
  output logic [WordCells*CellBits-1:0]      weight_rdata_o
);
  if (SignLevel && (DriveBits != 3 || CellBits != 3)) begin : gen_check
    $error("cim_array_model: SignLevel needs DriveBits = 3 and CellBits = 3");
  end
  localparam longint CodeMax = CodeSigned ? (longint'(1) << (CodeBits - 1)) - 1
                                          : (longint'(1) << CodeBits) - 1;
  localparam longint CodeMin = CodeSigned ? -(longint'(1) << (CodeBits - 1)) : 0;

  // ---- Cells: one Rows-wide vector per bank, column and cell bit ----
  logic [Rows-1:0] cells [Banks*Columns*CellBits];

  function automatic int unsigned cell_index(input int unsigned bank, input int unsigned column,
                                             input int unsigned b);
    return (bank * Columns + column) * CellBits + b;
  endfunction

  // ---- The analog value ----
  function automatic longint pops(input logic [Rows-1:0] plus, input logic [Rows-1:0] minus);
    return longint'($countones(plus)) - longint'($countones(minus));
  endfunction

  // drive[b·Rows +: Rows]: bit b of all rows' drive, 0 for a row that is not enabled.
  function automatic longint value_of(input int unsigned bank, input int unsigned column,
                                      input logic [DriveBits*Rows-1:0] drive);
    longint          v;
    logic [Rows-1:0] w;
    v = 0;
    if (SignLevel) begin
      logic [Rows-1:0] on, neg, px, pw;
      on  = drive[0 +: Rows] & cells[cell_index(bank, column, 0)];
      px  = drive[((DriveBits > 1) ? 1 : 0)*Rows +: Rows];
      neg = drive[((DriveBits > 2) ? 2 : 0)*Rows +: Rows];
      pw  = cells[cell_index(bank, column, (CellBits > 1) ? 1 : 0)];
      neg = neg ^ cells[cell_index(bank, column, (CellBits > 2) ? 2 : 0)];
      v = pops(on & ~px & ~pw & ~neg, on & ~px & ~pw & neg)
        + longint'(Ratio) * pops(on & (px ^ pw) & ~neg, on & (px ^ pw) & neg)
        + longint'(Ratio) * longint'(Ratio) * pops(on & px & pw & ~neg, on & px & pw & neg);
    end else begin
      for (int unsigned b = 0; b < CellBits; b++) begin
        w = cells[cell_index(bank, column, b)];
        for (int unsigned d = 0; d < DriveBits; d++) begin
          if (b == CellBits - 1 && SignedPlanes[column % Planes]) begin
            v = v - (longint'($countones(drive[d*Rows +: Rows] & w)) << (b + d));
          end else begin
            v = v + (longint'($countones(drive[d*Rows +: Rows] & w)) << (b + d));
          end
        end
      end
    end
    return v;
  endfunction

  // ---- Columns with a transfer of their own ----
`ifdef CIMRTL_DPI
  import "DPI-C" function int cim_column(input int bank, input int column);
`endif
  localparam int unsigned Tables = ScaledColumns ? Banks*Columns : 1;
  localparam logic [15:0] AlphaOne = (AlphaFrac < 16) ? 16'(32'd1 << AlphaFrac) : 16'hffff;
  logic [31:0] columns [Tables];
  logic        columns_known;
  initial begin
    string file;
    for (int unsigned i = 0; i < Tables; i++) columns[i] = {8'b0, 8'(Center), AlphaOne};
    columns_known = ScaledColumns && $value$plusargs("cim_columns=%s", file) != 0;
    if (columns_known) $readmemh(file, columns);
`ifdef CIMRTL_DPI
    columns_known = ScaledColumns;
`endif
  end

  // {trim, c0, alpha}
  function automatic logic [31:0] column_of(input int unsigned bank, input int unsigned column);
`ifdef CIMRTL_DPI
    if (ScaledColumns) return cim_column(bank, column);
`endif
    return columns[ScaledColumns ? bank*Columns + column : 0];
  endfunction

  function automatic longint scaled_transfer(input logic [15:0] alpha, input logic [7:0] center,
                                             input longint v);
    return cim_analog_pkg::round_even(longint'({1'b0, alpha}) * v, AlphaFrac)
         - longint'($signed(center));
  endfunction

  function automatic longint transfer(input longint v);
    longint p;
    p = longint'(StepNum);
    return cim_analog_pkg::floor_div(longint'(StepDen) * v + p / 2, p);
  endfunction

  function automatic longint clamp(input longint code);
    return (code > CodeMax) ? CodeMax : (code < CodeMin) ? CodeMin : code;
  endfunction

  // ---- An array that is not ideal ----
`ifdef CIMRTL_DPI
  import "DPI-C" function longint cim_analog(input int what);
  import "DPI-C" function longint unsigned cim_step(input longint unsigned count);
  import "DPI-C" function int cim_cell_gain(input int bank, input int row, input int column);
  import "DPI-C" function int cim_adc_gain(input int adc);
  import "DPI-C" function int cim_adc_offset(input int adc);
  import "DPI-C" function int cim_adc_inl(input int adc, input int entry);
  logic unused_numbers;
  assign unused_numbers = ^{Seed, Noise, NoiseInV, IrDrop, FirstStep};
`else
  localparam int unsigned Gains = Analog ? Banks*Rows*Columns : 1;
  localparam int unsigned Inls  = Analog ? Adcs << CodeBits : 1;
  logic signed [31:0] cell_gains [Gains];
  logic signed [31:0] adc_gains [Adcs];
  logic signed [31:0] adc_offsets [Adcs];
  logic signed [31:0] adc_inls [Inls];
  initial begin
    string file;
    for (int unsigned i = 0; i < Gains; i++) cell_gains[i] = 32'sd65536;
    for (int unsigned i = 0; i < Inls; i++) adc_inls[i] = 32'sd0;
    for (int unsigned i = 0; i < Adcs; i++) begin
      adc_gains[i]   = 32'sd0;
      adc_offsets[i] = 32'sd0;
    end
    if (Analog && $value$plusargs("cim_cell_gain=%s", file) != 0) $readmemh(file, cell_gains);
    if (Analog && $value$plusargs("cim_adc_gain=%s", file) != 0) $readmemh(file, adc_gains);
    if (Analog && $value$plusargs("cim_adc_offset=%s", file) != 0) $readmemh(file, adc_offsets);
    if (Analog && $value$plusargs("cim_adc_inl=%s", file) != 0) $readmemh(file, adc_inls);
  end
  // Indices are as wide as the harness would get them.
  // verilator lint_off UNUSEDSIGNAL
  function automatic longint cim_analog(input int what);
    return (what == 0) ? longint'({1'b0, Seed}) : (what == 1) ? longint'({1'b0, Noise})
         : (what == 2) ? longint'({1'b0, NoiseInV}) : (what == 3) ? longint'({1'b0, IrDrop}) : 0;
  endfunction
  function automatic longint unsigned cim_step(input longint unsigned count);
    return FirstStep + count;
  endfunction
  function automatic int cim_cell_gain(input int bank, input int row, input int column);
    return cell_gains[Analog ? (bank*Rows + row)*Columns + column : 0];
  endfunction
  function automatic int cim_adc_gain(input int adc);
    return adc_gains[adc];
  endfunction
  function automatic int cim_adc_offset(input int adc);
    return adc_offsets[adc];
  endfunction
  function automatic int cim_adc_inl(input int adc, input int entry);
    return adc_inls[Analog ? (adc << CodeBits) + entry : 0];
  endfunction
  // verilator lint_on UNUSEDSIGNAL
`endif

  // drive · cell of one row
  function automatic longint product_of(input int unsigned bank, input int unsigned column,
                                        input int unsigned row,
                                        input logic [DriveBits*Rows-1:0] drive);
    longint x, w;
    x = 0;
    w = 0;
    if (SignLevel) begin
      if (!(drive[row] && cells[cell_index(bank, column, 0)][row])) return 0;
      x = drive[((DriveBits > 1) ? 1 : 0)*Rows + row] ? longint'({1'b0, Ratio}) : 64'sd1;
      w = cells[cell_index(bank, column, (CellBits > 1) ? 1 : 0)][row] ? longint'({1'b0, Ratio})
                                                                       : 64'sd1;
      return (drive[((DriveBits > 2) ? 2 : 0)*Rows + row]
              ^ cells[cell_index(bank, column, (CellBits > 2) ? 2 : 0)][row]) ? -(x * w) : x * w;
    end
    for (int unsigned d = 0; d < DriveBits; d++) begin
      x = x + (longint'({1'b0, drive[d*Rows + row]}) << d);
    end
    for (int unsigned b = 0; b < CellBits; b++) begin
      if (b == CellBits - 1 && SignedPlanes[column % Planes]) begin
        w = w - (longint'({1'b0, cells[cell_index(bank, column, b)][row]}) << b);
      end else begin
        w = w + (longint'({1'b0, cells[cell_index(bank, column, b)][row]}) << b);
      end
    end
    return x * w;
  endfunction

  // The column's sum in 2^-16 of v: cells of their own gains, a wire that loses, ADC's gain error.
  function automatic longint real_sum(input int unsigned bank, input int unsigned column,
                                      input logic [DriveBits*Rows-1:0] drive);
    longint e, current, squares, p;
    e       = 0;
    current = 0;
    squares = 0;
    for (int unsigned i = 0; i < Rows; i++) begin  // from the far end; row 0 is nearest to the ADC
      p       = product_of(bank, column, Rows - 1 - i, drive);
      current = current + p;
      squares = squares + current * current;
      if (p != 0) e = e + p * longint'(cim_cell_gain(bank, Rows - 1 - i, column));
    end
    if (cim_analog(3) != 0 && current > 0) begin
      e = (e * cim_analog_pkg::kept(cim_analog(3), current, squares)) >>> 16;
    end
    return e + ((e * longint'(cim_adc_gain(column / Share))) >>> 16);
  endfunction

  // e in 2^-16 of v, x in 2^-16 of an ADC step
  function automatic longint real_transfer(input int unsigned bank, input int unsigned column,
                                           input longint e, input longint x);
    longint p;
    p = longint'({1'b0, StepNum});
    if (ScaledColumns) begin
      return cim_analog_pkg::round_even(
                 longint'({1'b0, 16'(column_of(bank, column))}) * e + (x << AlphaFrac),
                 AlphaFrac + 16)
           - longint'($signed(8'(column_of(bank, column) >> 16)));
    end
    return cim_analog_pkg::floor_div(longint'({1'b0, StepDen}) * e + p * x + (p << 15), p << 16);
  endfunction

  function automatic longint analog_code(input longint unsigned n, input int unsigned bank,
                                         input int unsigned column,
                                         input logic [DriveBits*Rows-1:0] drive);
    longint e, x, noise;
    int     entry;
    e     = real_sum(bank, column, drive);
    x     = longint'(cim_adc_offset(column / Share));
    noise = 0;
    if (cim_analog(1) != 0) begin
      noise = cim_analog_pkg::gauss(
          cim_analog(1), cim_analog_pkg::draw(32'(cim_analog(0)), 32'(cim_analog(4)),
                                              (cim_step(n) << 14) + 64'(column)));
    end
    if (cim_analog(2) != 0) begin
      e     = e + noise;
      noise = 0;
    end
    entry = 32'(clamp(real_transfer(bank, column, e, x)) - CodeMin);
    x     = x + longint'(cim_adc_inl(column / Share, entry));
    return real_transfer(bank, column, e, x + noise);
  endfunction

  // The one function: number of the step, bank (the tile's), column, the rows' drive and the
  // column's cells to the code, not yet clamped.
  function automatic longint code_of(input longint unsigned n, input int unsigned bank,
                                     input int unsigned column,
                                     input logic [DriveBits*Rows-1:0] drive);
    if (Analog) return analog_code(n, bank, column, drive);
    if (!ScaledColumns) return transfer(value_of(bank, column, drive));
    return scaled_transfer(16'(column_of(bank, column)), 8'(column_of(bank, column) >> 16),
                           value_of(bank, column, drive));
  endfunction

  // What cim_adc_model takes, of all columns.
  function automatic logic [Columns*64-1:0] entries_of(input longint unsigned n,
                                                       input int unsigned bank,
                                                       input logic [DriveBits*Rows-1:0] drive);
    logic [Columns*64-1:0] entries;
    longint                code;
    for (int unsigned c = 0; c < Columns; c++) begin
      code = code_of(n, bank, c, drive);
      entries[c*64 +: 64] = {14'b0, code != clamp(code), 17'(clamp(code)),
                             32'(value_of(bank, c, drive))};
    end
    return entries;
  endfunction

  // ---- Values and codes of the present drive, computed amid a cycle that needs them ----
  logic [DriveBits*Rows-1:0] drive_now, last_drive;
  logic [BankBits-1:0]       last_bank;
  logic                      needed, last_known;
  logic [Columns*64-1:0]     entries_q;
  longint unsigned           last_step, step;

  always_comb begin
    for (int unsigned b = 0; b < DriveBits; b++) begin
      for (int unsigned r = 0; r < Rows; r++) begin
        drive_now[b*Rows + r] = row_en_i[r] & row_drive_i[r*DriveBits + b];
      end
    end
  end
  assign needed = HoldColumn ? sample_i : (|row_en_i && !precharge_i);

  initial last_known = 1'b0;
  always @(negedge clk_i) begin
    if (weight_valid_i && weight_bank_i == (needed ? bank_i : last_bank)) begin
      last_known <= 1'b0;
    end else if (needed && !(last_known && last_drive == drive_now && last_bank == bank_i
                             && (!Analog || last_step == step))) begin
      entries_q  <= entries_of(step, 32'(bank_i), drive_now);
      last_step  <= step;
      last_drive <= drive_now;
      last_bank  <= bank_i;
      last_known <= 1'b1;
    end
  end

  // ---- ADCs ----
  // +cim_random_latency: conversion times, readiness of ADCs and weight port at random.
  logic random_latency;
  initial random_latency = $test$plusargs("cim_random_latency") != 0;

  logic            poison;
  logic [Adcs-1:0] begin_step, fresh, free, order_ok;
  // In parts: Verilator unrolls a generate loop 3072 times at most.
  for (genvar p = 0; p < Adcs; p = p + 1024) begin : gen_part
    for (genvar a = p; a < Adcs && a < p + 1024; a++) begin : gen_adc
      cim_adc_model #(
        .Share(Share), .CodeBits(CodeBits), .Latency(Latency), .HoldColumn(HoldColumn)
      ) u_adc (
        .clk_i(clk_i), .rst_ni(rst_ni), .index_i(a), .random_i(random_latency), .poison_i(poison),
        .sample_i(sample_i), .entries_i(entries_q[a*Share*64 +: Share*64]),
        .req_valid_i(adc_req_valid_i[a]), .req_ready_o(adc_req_ready_o[a]),
        .req_column_i(adc_req_column_i[a*ColumnBits +: ColumnBits]),
        .resp_valid_o(adc_resp_valid_o[a]), .resp_code_o(adc_resp_code_o[a*CodeBits +: CodeBits]),
        .begin_step_o(begin_step[a]), .fresh_o(fresh[a]), .free_o(free[a]), .order_ok_o(order_ok[a])
      );
    end
  end

  // ---- The number of the step: those converted before it since the last reset ----
  // A step counts with its first requests, whichever ADCs they are of (some may be out). What is
  // sampled is the next one; without holds what is driven is the last one while hold_i is high.
  if (Analog) begin : gen_step
    longint unsigned count_q;
    logic            converts_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        count_q    <= 0;
        converts_q <= 1'b0;
      end else begin
        if (|begin_step) count_q <= count_q + 1;
        converts_q <= hold_i && (|begin_step || converts_q);
      end
    end
    assign step = HoldColumn ? count_q + (|begin_step ? 1 : 0)
                             : count_q - (converts_q && hold_i && !(|begin_step) ? 1 : 0);
  end else begin : gen_no_step
    assign step = 0;
  end

  // ---- Trims: those of the bank whose values are held, for the columns requested ----
  // An ADC that has ended (SomeOut) asks on beside them: a trim counts when a request is taken.
  logic [BankBits-1:0] sampled_bank_q, held_bank_q, held_bank;
  logic [Adcs-1:0]     need_trim;
  logic                trim_ok;
  always_ff @(posedge clk_i) begin
    if (sample_i) sampled_bank_q <= bank_i;
    held_bank_q <= held_bank;
  end
  assign held_bank = !HoldColumn ? bank_i : |begin_step ? sampled_bank_q : held_bank_q;
  assign need_trim = SomeOut ? adc_req_valid_i & adc_req_ready_o : adc_req_valid_i;

  function automatic logic trim_stands(input int unsigned column);
    int unsigned entry;
    entry = TrimByAdc ? column / Share : column % Trims;
    return TrimEntries == 0 || !columns_known || TrimWidth'(trim_i >> (entry * TrimWidth))
           == TrimWidth'(column_of(32'(held_bank), column) >> 24);
  endfunction

  always_comb begin
    trim_ok = 1'b1;
    for (int unsigned a = 0; a < Adcs; a++) begin
      if (need_trim[a]
          && !trim_stands(a*Share + 32'(adc_req_column_i[a*ColumnBits +: ColumnBits]))) begin
        trim_ok = 1'b0;
      end
    end
  end
  // ---- Weights ----
  logic rvalid_q, weight_stall_q, weight_taken;
  assign weight_ready_o  = !weight_stall_q;
  assign weight_taken    = weight_valid_i && weight_ready_o;
  assign weight_rvalid_o = rvalid_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rvalid_q       <= 1'b0;
      weight_stall_q <= 1'b0;
    end else begin
      rvalid_q       <= weight_taken && !weight_write_i;
      weight_stall_q <= random_latency && $urandom_range(7) == 0;
    end
  end
  // Blocking, because the loop may be too long to unroll; computed values are read at the other
  // edge.
  // verilator lint_off BLKSEQ
  always @(posedge clk_i) begin
    if (weight_taken) begin
      for (int unsigned e = 0; e < WordCells; e++) begin
        if (32'(weight_word_i)*WordCells + e < Columns) begin
          for (int unsigned b = 0; b < CellBits; b++) begin
            if (weight_write_i) begin
              cells[cell_index(32'(weight_bank_i), 32'(weight_word_i)*WordCells + e, b)]
                   [weight_row_i] = weight_data_i[e*CellBits + b];
            end else begin
              weight_rdata_o[e*CellBits + b] =
                  cells[cell_index(32'(weight_bank_i), 32'(weight_word_i)*WordCells + e, b)]
                       [weight_row_i];
            end
          end
        end
      end
    end
  end
  // verilator lint_on BLKSEQ

  // ---- Protocol ----
  cim_array_protocol #(
    .Rows(Rows), .DriveBits(DriveBits), .BankBits(BankBits), .Adcs(Adcs), .ColumnBits(ColumnBits),
    .Precharge(Precharge), .Settle(Settle), .SampleGap(SampleGap), .MaxDrive(MaxDrive),
    .WriteWhileCompute(WriteWhileCompute), .HoldColumn(HoldColumn), .Overlap(Overlap),
    .LateEnd(LateEnd), .SomeOut(SomeOut)
  ) u_protocol (
    .clk_i(clk_i), .rst_ni(rst_ni), .precharge_i(precharge_i), .sample_i(sample_i),
    .hold_i(hold_i), .bank_i(bank_i), .row_en_i(row_en_i), .row_drive_i(row_drive_i),
    .req_valid_i(adc_req_valid_i), .req_ready_i(adc_req_ready_o),
    .req_column_i(adc_req_column_i), .begin_step_i(begin_step), .fresh_i(fresh), .free_i(free),
    .order_ok_i(order_ok), .trim_ok_i(trim_ok), .weight_valid_i(weight_valid_i),
    .weight_bank_i(weight_bank_i), .poison_o(poison)
  );
endmodule

`default_nettype wire

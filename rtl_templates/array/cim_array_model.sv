// Behavioural model of the analog macro: banks of cells, row drive, column holds, ADCs.
//
// Not synthesizable; what a designer's own macro replaces. For each step the ideal column value is
// the exact integer v = sum over the enabled rows of drive · cell; one function, code_of, turns the
// drive and the column's cells into the code, and it is the only place where noise, mismatch or IR
// drop may ever enter. SignLevel: drive and cell are {sign, level, magnitude}, each level
// multiplies by Ratio; else both are unsigned digits (SignedPlanes: the top bit of these planes'
// digits counts negatively). code = clamp(floor((StepDen·v + floor(StepNum/2)) / StepNum)).
// ScaledColumns: code = clamp(RNE(alpha·v / 2^AlphaFrac) - c0), ties to even, with a factor alpha
// for each bank and column and a centre c0. They belong to the analog part and come from outside:
// with CIMRTL_DPI from the harness, else from the file +cim_columns=FILE ($readmemh; word
// bank·Columns + column: {trim (8), c0 (8, signed), alpha (16)}), else alpha is 1 (at most 65535)
// and c0 is Center.
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
  parameter bit          HoldColumn = 1'b1,
  parameter bit          Overlap    = HoldColumn && Precharge > 0 && Settle == 0,
  parameter int unsigned WordCells  = 1,
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
    longint scaled, below, rest, half;
    scaled = longint'({1'b0, alpha}) * v;
    below  = scaled >>> AlphaFrac;
    rest   = scaled - (below << AlphaFrac);
    half   = (AlphaFrac > 0) ? longint'(1) << (AlphaFrac - 1) : 1;
    if (rest > half || (rest == half && below[0])) below = below + 1;
    return below - longint'($signed(center));
  endfunction

  function automatic longint transfer(input longint v);
    longint n, p;
    p = longint'(StepNum);
    n = longint'(StepDen) * v + p / 2;
    return (n >= 0) ? n / p : -((p - 1 - n) / p);
  endfunction

  // The one function: bank (the tile's), column, the rows' drive and the column's cells to the
  // code.
  function automatic longint code_of(input int unsigned bank, input int unsigned column,
                                     input logic [DriveBits*Rows-1:0] drive);
    if (!ScaledColumns) return transfer(value_of(bank, column, drive));
    return scaled_transfer(16'(column_of(bank, column)), 8'(column_of(bank, column) >> 16),
                           value_of(bank, column, drive));
  endfunction

  function automatic longint clamp(input longint code);
    return (code > CodeMax) ? CodeMax : (code < CodeMin) ? CodeMin : code;
  endfunction

  // What cim_adc_model takes, of all columns.
  function automatic logic [Columns*64-1:0] entries_of(input int unsigned bank,
                                                       input logic [DriveBits*Rows-1:0] drive);
    logic [Columns*64-1:0] entries;
    longint                code;
    for (int unsigned c = 0; c < Columns; c++) begin
      code = code_of(bank, c, drive);
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
    if (weight_valid_i) begin
      last_known <= 1'b0;
    end else if (needed && !(last_known && last_drive == drive_now && last_bank == bank_i)) begin
      entries_q  <= entries_of(32'(bank_i), drive_now);
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
  for (genvar a = 0; a < Adcs; a++) begin : gen_adc
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

  // ---- Trims: those of the bank whose values are held, for the columns requested ----
  logic [BankBits-1:0] held_bank_q, held_bank;
  logic                trim_ok;
  always_ff @(posedge clk_i) if (sample_i && &free) held_bank_q <= bank_i;
  assign held_bank = HoldColumn ? held_bank_q : bank_i;

  function automatic logic trim_stands(input int unsigned column);
    int unsigned entry;
    entry = TrimByAdc ? column / Share : column % Trims;
    return TrimEntries == 0 || !columns_known || TrimWidth'(trim_i >> (entry * TrimWidth))
           == TrimWidth'(column_of(32'(held_bank), column) >> 24);
  endfunction

  always_comb begin
    trim_ok = 1'b1;
    for (int unsigned a = 0; a < Adcs; a++) begin
      if (adc_req_valid_i[a]
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
    .Precharge(Precharge), .Settle(Settle), .HoldColumn(HoldColumn), .Overlap(Overlap)
  ) u_protocol (
    .clk_i(clk_i), .rst_ni(rst_ni), .precharge_i(precharge_i), .sample_i(sample_i),
    .hold_i(hold_i), .bank_i(bank_i), .row_en_i(row_en_i), .row_drive_i(row_drive_i),
    .req_valid_i(adc_req_valid_i), .req_ready_i(adc_req_ready_o),
    .req_column_i(adc_req_column_i), .begin_step_i(begin_step), .fresh_i(fresh), .free_i(free),
    .order_ok_i(order_ok), .trim_ok_i(trim_ok), .weight_valid_i(weight_valid_i), .poison_o(poison)
  );
endmodule

`default_nettype wire

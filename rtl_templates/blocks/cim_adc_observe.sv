// SPDX-License-Identifier: Apache-2.0
// Watches the ADCs between the back end and the array port, and goes on without one that is out.
//
// An ADC is out while its mask is 1 or its flag timed_out stands. No request of it reaches the port
// then; the back end gets each answered in the cycle in which it stands, with the code 0 (0 after
// any correction, too). It is in again with the first step that begins once mask and flag are 0. A
// mask or a time-out may come in the middle of a conversion, which ends for the back end in the
// next cycle.
//
// A late answer is never taken for that of a later conversion: at the port the step goes on without
// the back end. The request stands until the ADC takes it, the columns that are left follow in
// order, and every answer is dropped; so the port sees whole steps only, and a hold that waits for
// its last column does not miss a later sample. Until then the ADC stays out, whatever mask and
// flag are; a conversion that is due of it meanwhile sets the flag again, at once. One that never
// answers is out until reset.
//
// Time-out: T cycles (register adc_timeout; 0: never). An ADC that owes the back end an answer, or
// is not quiet_i, for T + 1 to 2T cycles (a counter for all ADCs ticks every T cycles; the second
// tick in one wait ends it) gets timed_out. T has to be at least the longest conversion.
//
// Too early: an ADC must not be ready while it converts. One that is in the last cycle of a
// conversion (adc_resp_valid_i), and so takes the next request, is told from the others by the flag
// early, and its request reaches the back end one cycle later, as if taken then: its codes count
// for their own columns. Ready before the last cycle sets the flag, too, and is ignored.
//
// Registers (write_i, rdata_o: one a file; index_i is the ADC):
//   0 code     the last code that came, uncorrected, extended by sign if CodeSigned; undefined
//              before the first
//   1 count    answers that counted since reset, modulo 2^CountBits
//   2 flags    {early, clipped, timed_out}, sticky; writing 1 clears a bit, setting it wins.
//              clipped: a code at the end of the range (the greatest; if signed the least, too)
//   3 mask     1: the ADC is out; 0 after reset
//   4 timeout  one register, T; 0 after reset
// code_o: used_code_i, or 0; raw_o: adc_resp_code_i, or 0; both with resp_valid_o. Latency: none
// but the cycle above. Golden twin: none (with everything at reset, codes and handshakes pass).
`default_nettype none

module cim_adc_observe #(
  parameter int unsigned Adcs       = 4,
  parameter int unsigned Share      = 4,
  parameter int unsigned CodeBits   = 7,
  parameter bit          CodeSigned = 1'b0,
  parameter int unsigned UsedBits   = 7,
  parameter int unsigned CountBits  = 16,
  parameter int unsigned TimeBits   = 16,
  parameter int unsigned DataBits   = 32,
  parameter int unsigned IndexBits  = 2,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  input  wire logic                       clk_i,
  input  wire logic                       rst_ni,
  // Back end
  input  wire logic [Adcs-1:0]            req_valid_i,
  output logic [Adcs-1:0]                 req_ready_o,
  input  wire logic [Adcs*ColumnBits-1:0] req_column_i,
  output logic [Adcs-1:0]                 resp_valid_o,
  output logic [Adcs*CodeBits-1:0]        raw_o,
  output logic [Adcs*UsedBits-1:0]        code_o,
  // ADCs; quiet_i, quiet_o: the next step may be taken (adc.kind async; else 1)
  output logic [Adcs-1:0]                 adc_req_valid_o,
  input  wire logic [Adcs-1:0]            adc_req_ready_i,
  output logic [Adcs*ColumnBits-1:0]      adc_req_column_o,
  input  wire logic [Adcs-1:0]            adc_resp_valid_i,
  input  wire logic [Adcs*CodeBits-1:0]   adc_resp_code_i,
  input  wire logic [Adcs*UsedBits-1:0]   used_code_i,
  input  wire logic [Adcs-1:0]            quiet_i,
  output logic                            quiet_o,
  // Registers; any_o: the flags, of any ADC
  input  wire logic [4:0]                 write_i,
  input  wire logic [IndexBits-1:0]       index_i,
  input  wire logic [DataBits-1:0]        wdata_i,
  output logic [5*DataBits-1:0]           rdata_o,
  output logic [2:0]                      any_o
);
  if (Adcs < 1 || CodeBits > DataBits || CountBits > DataBits || TimeBits > DataBits
      || IndexBits < $clog2(Adcs)) begin : gen_check
    $error("cim_adc_observe: registers fit DataBits, an ADC's number fits IndexBits");
  end

  localparam logic [CodeBits-1:0] Least    = CodeBits'(1) << (CodeBits - 1);
  localparam logic [CodeBits-1:0] Greatest = CodeSigned ? ~Least : {CodeBits{1'b1}};

  // ---- Time-outs: a tick every T cycles ----
  logic [TimeBits-1:0] timeout, time_q;
  logic                tick;
  assign tick = timeout != '0 && time_q + TimeBits'(1) >= timeout;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) time_q <= '0;
    else if (timeout != '0 || time_q != '0) time_q <= tick ? '0 : time_q + TimeBits'(1);
  end

  logic [Adcs-1:0]           mask, out, seen;
  logic [Adcs*CodeBits-1:0]  last_q;
  logic [Adcs*CountBits-1:0] count_q;
  logic [Adcs*3-1:0]         flags_q;
  logic [DataBits-1:0]       code_read, count_read, flags_read;

  // In parts: Verilator unrolls a generate loop 3072 times at most.
  for (genvar p = 0; p < Adcs; p = p + 1024) begin : gen_part
    for (genvar a = p; a < Adcs && a < p + 1024; a++) begin : gen_adc
      logic                  want_out, out_q, pass;
      logic                  stale_q, stale;   // the port goes on with an ended step
      logic                  owed_q, owed;     // the back end's request is taken, not answered
      logic                  stand_q, stand;   // a request stands at the port, not taken
      logic                  running_q, running;  // the ADC converts
      logic                  early_q, early;   // it has the request that stands, the back end's not
      logic                  between;          // the back end's next request is a step's first
      logic                  taken, waiting, aged_q, clipped;
      logic [ColumnBits-1:0] column, column_q, column_d;  // the back end's; the port's next
      logic [CodeBits-1:0]   code;
      logic [2:0]            set, clear;

      assign want_out = mask[a] || flags_q[a*3];
      assign out[a]   = want_out || out_q;
      assign pass     = !out[a];
      assign code     = adc_resp_code_i[a*CodeBits +: CodeBits];

      // To the back end
      assign req_ready_o[a]  = pass ? early_q || (adc_req_ready_i[a] && !running_q) : !owed_q;
      assign resp_valid_o[a] = pass ? adc_resp_valid_i[a] : owed_q || req_valid_i[a];
      assign owed = (owed_q || (req_valid_i[a] && req_ready_o[a])) && !resp_valid_o[a];
      assign raw_o[a*CodeBits +: CodeBits]  = code & {CodeBits{pass}};
      assign code_o[a*UsedBits +: UsedBits] =
          used_code_i[a*UsedBits +: UsedBits] & {UsedBits{pass}};

      // To the ADC
      assign adc_req_valid_o[a] = pass ? req_valid_i[a] && !early_q : stand_q || column_q != '0;
      assign adc_req_column_o[a*ColumnBits +: ColumnBits] = column_q;
      assign taken   = adc_req_valid_o[a] && adc_req_ready_i[a];
      assign column  = req_column_i[a*ColumnBits +: ColumnBits];
      always_comb begin
        column_d = column_q;
        if (taken) column_d = (column_q == ColumnBits'(Share - 1)) ? '0 : column_q + ColumnBits'(1);
      end
      assign early   = taken && running_q && adc_resp_valid_i[a];
      assign stand   = adc_req_valid_o[a] && !adc_req_ready_i[a];
      assign between = req_valid_i[a] ? column == ColumnBits'(Share - 1) && req_ready_o[a] && !owed
                                      : column == '0 && !owed;
      assign stale   = out[a] && (stand || running || column_d != '0);
      assign running = early || ((running_q || taken) && !adc_resp_valid_i[a]);
      assign seen[a] = pass && adc_resp_valid_i[a] && (running_q || taken);

      // Waiting since the last answer
      assign waiting = !out[a] && !resp_valid_o[a] && (req_valid_i[a] || owed_q || !quiet_i[a]);
      assign clipped = code == Greatest || (CodeSigned && code == Least);
      assign set = {pass && running_q && adc_req_ready_i[a], seen[a] && clipped,
                    (tick && aged_q && waiting) || (stale_q && !want_out && req_valid_i[a])};
      assign clear = {3{write_i[2] && index_i == IndexBits'(a)}} & wdata_i[2:0];

      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) begin
          column_q  <= '0;
          out_q     <= 1'b0;
          stale_q   <= 1'b0;
          owed_q    <= 1'b0;
          stand_q   <= 1'b0;
          running_q <= 1'b0;
          early_q   <= 1'b0;
          aged_q    <= 1'b0;
          flags_q[a*3 +: 3] <= '0;
          count_q[a*CountBits +: CountBits] <= '0;
        end else begin
          column_q  <= column_d;
          out_q     <= want_out || stale || (out_q && !between);
          stale_q   <= stale;
          owed_q    <= owed;
          stand_q   <= stand;
          running_q <= running;
          early_q   <= early && pass;
          aged_q    <= waiting && (aged_q || tick);
          flags_q[a*3 +: 3] <= set | (flags_q[a*3 +: 3] & ~clear);
          if (seen[a]) begin
            count_q[a*CountBits +: CountBits] <= count_q[a*CountBits +: CountBits] + CountBits'(1);
          end
        end
      end
      always_ff @(posedge clk_i) begin
        if (seen[a]) last_q[a*CodeBits +: CodeBits] <= code;
      end

`ifndef SYNTHESIS
      always_ff @(posedge clk_i) begin
        if (rst_ni) assert (!(pass && adc_req_valid_o[a]) || column == column_q);
      end
`endif
    end
  end
  assign quiet_o = &(quiet_i | out);

  // ---- Registers ----
  always_comb begin
    code_read  = '0;
    count_read = '0;
    flags_read = '0;
    any_o      = '0;
    for (int unsigned a = 0; a < Adcs; a++) begin
      any_o = any_o | flags_q[a*3 +: 3];
      if (index_i == IndexBits'(a)) begin
        code_read[CodeBits-1:0]   = code_read[CodeBits-1:0] | last_q[a*CodeBits +: CodeBits];
        count_read[CountBits-1:0] = count_read[CountBits-1:0] | count_q[a*CountBits +: CountBits];
        flags_read[2:0]           = flags_read[2:0] | flags_q[a*3 +: 3];
      end
    end
    for (int unsigned b = CodeBits; b < DataBits; b++) begin
      code_read[b] = CodeSigned && code_read[CodeBits-1];
    end
  end
  assign rdata_o[0 +: 3*DataBits] = {flags_read, count_read, code_read};

  cim_register_file #(
    .Entries(Adcs), .Bits(1), .Signed(1'b0), .HasReset(1'b1),
    .DataBits(DataBits), .IndexBits(IndexBits)
  ) u_mask (
    .clk_i(clk_i), .rst_ni(rst_ni), .test_en_i(1'b0), .write_i(write_i[3]), .index_i(index_i),
    .data_i(wdata_i), .data_o(rdata_o[3*DataBits +: DataBits]), .values_o(mask)
  );
  cim_register_file #(
    .Entries(1), .Bits(TimeBits), .Signed(1'b0), .HasReset(1'b1),
    .DataBits(DataBits), .IndexBits(IndexBits)
  ) u_timeout (
    .clk_i(clk_i), .rst_ni(rst_ni), .test_en_i(1'b0), .write_i(write_i[4]), .index_i(index_i),
    .data_i(wdata_i), .data_o(rdata_o[4*DataBits +: DataBits]), .values_o(timeout)
  );

  logic unused_write;
  assign unused_write = ^write_i[1:0];
endmodule

`default_nettype wire

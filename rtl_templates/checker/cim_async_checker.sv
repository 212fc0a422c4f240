// SPDX-License-Identifier: Apache-2.0
// Watches the array port where the ADCs have a clock of their own (adc.kind: async). For
// simulation, beside any array. It checks the four-phase handshakes, and shows the port to
// cim_array_checker, which checks the rest, as one of ADCs of one cycle: a conversion is asked for,
// taken and answered in the last cycle of its request. Which cycle that is only the next one tells,
// so all is shown a cycle later.
//
// Rules of the periphery beside those of cim_array_checker:
//   request_retracted  a request that fell before its acknowledge was seen, or whose column changed
//   request_early      a request that rose while the acknowledge of the one before stood
// Rules of the array; those of cim_array_checker for ADCs are told here:
//   adc_unasked        an acknowledge that rose without a request
//   adc_retracted      an acknowledge that fell while its request stood
//   adc_early          an acknowledge before cycle MinCycles of its request
//   adc_late           no acknowledge within MaxCycles cycles of the request, or one that stands as
//                      long after it
//   adc_code_changed   a code that changed while request and acknowledge stood
//   adc_unknown        an acknowledge, or a code that it stands with, is X (four-state simulators)
// Requests and acknowledges are looked at with each rising edge of clk_i, codes with the falling
// one, too. What is said, and +cim_check_continue, +cim_min_cycles, +cim_max_cycles: as
// cim_array_checker's.
`default_nettype none

module cim_async_checker #(
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
  parameter bit          SomeOut     = 1'b0,
  parameter int unsigned MinCycles   = 1,     // from a request to its acknowledge
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
  input  wire logic [Adcs-1:0]            request_i,
  input  wire logic [Adcs*ColumnBits-1:0] column_i,
  input  wire logic [Adcs-1:0]            acknowledge_i,
  input  wire logic [Adcs*CodeBits-1:0]   code_i,
  input  wire logic                       weight_valid_i,
  input  wire logic                       weight_ready_i,
  input  wire logic [AccessBits-1:0]      weight_access_i,  // write bit uppermost
  input  wire logic                       weight_rvalid_i,
  input  wire logic [WeightWidth-1:0]     weight_rdata_i
);
  typedef enum int unsigned {
    RequestEarly, Unasked, Retracted, Early, Late, CodeChanged, Unknown, Rules
  } rule_e;

  int unsigned min_cycles, max_cycles;
  int unsigned cycle_q = 0;
  logic        go_on;
  initial begin
    if ($value$plusargs("cim_min_cycles=%d", min_cycles) == 0) min_cycles = MinCycles;
    if ($value$plusargs("cim_max_cycles=%d", max_cycles) == 0) max_cycles = MaxCycles;
    go_on = $test$plusargs("cim_check_continue") != 0;
  end
  always_ff @(posedge clk_i) cycle_q <= cycle_q + 1;

  // ---- The handshakes ----
  logic [Adcs-1:0]       request_q, acknowledge_q, taken;
  logic [Adcs*Rules-1:0] broken;

  // In parts: Verilator unrolls a generate loop 3072 times at most.
  for (genvar p = 0; p < Adcs; p = p + 1024) begin : gen_part
    for (genvar a = p; a < Adcs && a < p + 1024; a++) begin : gen_adc
      int unsigned         stood_q;       // cycles that the request has stood without an answer
      int unsigned         lingers_q;     // cycles that the acknowledge has stood without a request
      logic                request, acknowledge, shown_n, shown_q;
      logic [CodeBits-1:0] code, code_n, code_q;

      assign request     = request_i[a];
      assign acknowledge = acknowledge_i[a];
      assign code        = code_i[a*CodeBits +: CodeBits];
      assign taken[a]    = request_q[a] && !request && acknowledge_q[a];

      always_comb begin
        broken[a*Rules +: Rules] = '0;
        broken[a*Rules + RequestEarly] = request && !request_q[a] && acknowledge_q[a];
        broken[a*Rules + Unasked]      = acknowledge && !acknowledge_q[a] && !request
                                      && !request_q[a];
        broken[a*Rules + Retracted]    = !acknowledge && acknowledge_q[a] && request
                                      && request_q[a];
        broken[a*Rules + Early]        = acknowledge && !acknowledge_q[a] && request
                                      && stood_q + 1 < min_cycles;
        broken[a*Rules + Late]         = (request && !acknowledge && stood_q + 1 >= max_cycles)
                                      || (!request && acknowledge && lingers_q + 1 >= max_cycles);
        broken[a*Rules + CodeChanged]  = request && acknowledge
                                      && ((shown_n && code != code_n)
                                          || (shown_q && code != code_q));
        broken[a*Rules + Unknown]      = $isunknown(acknowledge)
                                      || (request && acknowledge && $isunknown(code));
      end

      always_ff @(negedge clk_i) begin
        shown_n <= request && acknowledge;
        code_n  <= code;
      end
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) begin
          request_q[a]     <= 1'b0;
          acknowledge_q[a] <= acknowledge;
          shown_q          <= 1'b0;
          stood_q          <= 0;
          lingers_q        <= 0;
        end else begin
          request_q[a]     <= request;
          acknowledge_q[a] <= acknowledge;
          shown_q          <= request && acknowledge;
          stood_q          <= (request && !acknowledge) ? stood_q + 1 : 0;
          lingers_q        <= (!request && acknowledge) ? lingers_q + 1 : 0;
        end
      end
      always_ff @(posedge clk_i) code_q <= code;
    end
  end

  // ---- What is said ----
  function automatic string name_of(input int unsigned rule);
    case (rule)
      RequestEarly: return "request_early";
      Unasked:      return "adc_unasked";
      Retracted:    return "adc_retracted";
      Early:        return "adc_early";
      Late:         return "adc_late";
      CodeChanged:  return "adc_code_changed";
      default:      return "adc_unknown";
    endcase
  endfunction

  logic [Rules-1:0] told_q;
  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      told_q <= '0;
    end else begin
      for (int unsigned r = 0; r < Rules; r++) begin
        for (int unsigned a = 0; a < Adcs; a++) begin
          if (broken[a*Rules + r]) told_q[r] <= 1'b1;
          if (broken[a*Rules + r] && !told_q[r]) begin
            if (go_on) $display("cim_array_checker: cycle %0d: rule broken: %s, ADC %0d", cycle_q,
                                name_of(r), a);
            else $error("cim_array_checker: cycle %0d: rule broken: %s, ADC %0d", cycle_q,
                        name_of(r), a);
          end
        end
      end
    end
  end

  // ---- The port a cycle later ----
  logic                       precharge_q, sample_q, hold_q;
  logic [BankBits-1:0]        bank_q;
  logic [Rows-1:0]            row_en_q;
  logic [Rows*DriveBits-1:0]  row_drive_q;
  logic [TrimWidth-1:0]       trim_q;
  logic [Adcs*ColumnBits-1:0] column_q;
  logic                       weight_valid_q, weight_ready_q, weight_rvalid_q;
  logic [AccessBits-1:0]      weight_access_q;
  logic [WeightWidth-1:0]     weight_rdata_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      precharge_q     <= 1'b0;
      sample_q        <= 1'b0;
      hold_q          <= 1'b0;
      row_en_q        <= '0;
      weight_valid_q  <= 1'b0;
      weight_ready_q  <= 1'b0;
      weight_rvalid_q <= 1'b0;
    end else begin
      precharge_q     <= precharge_i;
      sample_q        <= sample_i;
      hold_q          <= hold_i;
      row_en_q        <= row_en_i;
      weight_valid_q  <= weight_valid_i;
      weight_ready_q  <= weight_ready_i;
      weight_rvalid_q <= weight_rvalid_i;
    end
  end
  always_ff @(posedge clk_i) begin
    bank_q          <= bank_i;
    row_drive_q     <= row_drive_i;
    trim_q          <= trim_i;
    column_q        <= column_i;
    weight_access_q <= weight_access_i;
    weight_rdata_q  <= weight_rdata_i;
  end

  cim_array_checker #(
    .Rows(Rows),
    .DriveBits(DriveBits),
    .BankBits(BankBits),
    .Adcs(Adcs),
    .Share(Share),
    .CodeBits(CodeBits),
    .TrimWidth(TrimWidth),
    .AccessBits(AccessBits),
    .WeightWidth(WeightWidth),
    .Precharge(Precharge),
    .Settle(Settle),
    .SampleGap(SampleGap),
    .MaxDrive(MaxDrive),
    .WriteWhileCompute(WriteWhileCompute),
    .HoldColumn(HoldColumn),
    .Overlap(Overlap),
    .SomeOut(SomeOut),
    .OneCycle(1'b1),
    .MaxCycles(MaxCycles)
  ) u_checker (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .precharge_i(precharge_q),
    .sample_i(sample_q),
    .hold_i(hold_q),
    .bank_i(bank_q),
    .row_en_i(row_en_q),
    .row_drive_i(row_drive_q),
    .trim_i(trim_q),
    .req_valid_i(request_q),
    .req_ready_i(taken),
    .req_column_i(column_q),
    .resp_valid_i(taken),
    .resp_code_i('0),
    .weight_valid_i(weight_valid_q),
    .weight_ready_i(weight_ready_q),
    .weight_access_i(weight_access_q),
    .weight_rvalid_i(weight_rvalid_q),
    .weight_rdata_i(weight_rdata_q)
  );
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Behavioural model of one ADC and of the holds of its Share columns; part of cim_array_model.
//
// entries_i: what the array shows now, 64 bits a column: {14 unused, clipped, code (17, signed),
// value (32, signed)}. HoldColumn: the holds follow it while sample_i is high and nothing is left
// to convert. A conversion takes Latency cycles, or 1..Latency drawn at random, the cycle in which
// the request is taken being the first and the one with resp_valid_o the last. The code is there in
// that cycle only: before and after it stands inverted, so that an early look is seen.
`default_nettype none

module cim_adc_model #(
  parameter int unsigned Share      = 4,
  parameter int unsigned CodeBits   = 3,
  parameter int unsigned Latency    = 1,
  parameter bit          HoldColumn = 1'b1,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  input  wire logic                  clk_i,
  input  wire logic                  rst_ni,
  input  wire logic [31:0]           index_i,     // of this ADC; an input, so that all share code
  input  wire logic                  random_i,    // times and readiness at random
  input  wire logic                  poison_i,    // a rule was broken: codes are inverted
  input  wire logic                  sample_i,
  input  wire logic [Share*64-1:0]   entries_i,
  input  wire logic                  req_valid_i,
  output logic                       req_ready_o,
  input  wire logic [ColumnBits-1:0] req_column_i,
  output logic                       resp_valid_o,
  output logic [CodeBits-1:0]        resp_code_o,
  // For the protocol's watch
  output logic                       begin_step_o,  // first request of a step stands
  output logic                       fresh_o,       // values held, none requested yet
  output logic                       free_o,        // nothing left to convert after this cycle
  output logic                       order_ok_o
);
`ifdef CIMRTL_DPI
  import "DPI-C" function void cim_conversion(input int column, input int value,
                                              input int code, input int clipped);
`endif

  logic [Share*64-1:0]   held_q, entries;
  int unsigned           left_q, left;      // conversions left of the values held
  int unsigned           busy_q;            // cycles left of the conversion, 0 when idle
  int unsigned           duration_q;        // of the next conversion
  logic [ColumnBits-1:0] running_q, expected_q, column;
  logic                  fresh_q, stall_q, taken;
  logic [63:0]           entry;

  assign begin_step_o = left_q == 0 && req_valid_i;
  assign left         = begin_step_o ? Share : left_q;
  assign req_ready_o  = busy_q == 0 && !stall_q;
  assign taken        = req_valid_i && req_ready_o;
  assign resp_valid_o = (taken && duration_q == 1) || busy_q == 1;
  assign column       = (busy_q == 0) ? req_column_i : running_q;
  assign entries      = HoldColumn ? held_q : entries_i;
  assign entry        = entries[32'(column)*64 +: 64];
  assign resp_code_o  = entry[32 +: CodeBits] ^ {CodeBits{poison_i || !resp_valid_o}};
  assign free_o       = left == 0 || (left == 1 && resp_valid_o);
  assign fresh_o      = fresh_q;
  assign order_ok_o   = req_column_i == expected_q;

  function automatic int unsigned draw();
    return (random_i && Latency > 1) ? 1 + $urandom_range(Latency - 1) : Latency;
  endfunction

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      left_q     <= 0;
      fresh_q    <= 1'b0;
      busy_q     <= 0;
      duration_q <= Latency;
      expected_q <= '0;
      stall_q    <= 1'b0;
    end else begin
      stall_q <= random_i && $urandom_range(7) == 0;
      left_q  <= left - 32'(resp_valid_o);
      if (busy_q != 0) begin
        busy_q <= busy_q - 1;
      end else if (taken) begin
        busy_q     <= duration_q - 1;
        duration_q <= draw();
        expected_q <= (32'(expected_q) == Share - 1) ? '0 : expected_q + ColumnBits'(1);
      end
      // A step is taken with the end of its last cycle of sampling or not at all.
      fresh_q <= HoldColumn && sample_i && free_o;
`ifdef CIMRTL_DPI
      if (resp_valid_o) begin
        cim_conversion(index_i * Share + 32'(column), $signed(entry[31:0]),
                       32'($signed(entry[48:32])), 32'(entry[49]));
      end
`endif
    end
  end

  always_ff @(posedge clk_i) begin
    if (taken) running_q <= req_column_i;
    if (HoldColumn && sample_i && free_o) held_q <= entries_i;
  end

  logic unused;
  assign unused = ^{entry, index_i};
endmodule

`default_nettype wire

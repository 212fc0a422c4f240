// SPDX-License-Identifier: Apache-2.0
// An array whose ADCs do what `mode` of the bench says, one number an ADC:
//   0 as they should, Latency cycles   1 never takes a request   2 takes one, never answers
//   3 answers after `late` cycles      4 ready in its last cycle  5 (ASYNC) acknowledges for ever
// Column c of ADC a has the code popcount(drive) + 3*a + c (modulo 16), that of the step sampled for
// it; at all other times the code is inverted. Cells are not looked at.
`default_nettype none

module macro_array (
  input  wire logic clk_i, rst_ni, precharge_i, sample_i, hold_i,
  input  wire logic [macro_pkg::BankBits-1:0] bank_i,
  input  wire logic [macro_pkg::Rows-1:0] row_en_i,
  input  wire logic [macro_pkg::DriveWidth-1:0] row_drive_i,
  input  wire logic [macro_pkg::Adcs-1:0] adc_req_valid_i,
`ifndef ASYNC
  output logic [macro_pkg::Adcs-1:0] adc_req_ready_o,
`endif
  input  wire logic [macro_pkg::RequestWidth-1:0] adc_req_column_i,
  output logic [macro_pkg::Adcs-1:0] adc_resp_valid_o,
  output logic [macro_pkg::CodeWidth-1:0] adc_resp_code_o,
  input  wire logic weight_valid_i,
  output logic weight_ready_o,
  input  wire logic weight_write_i,
  input  wire logic [macro_pkg::BankBits-1:0] weight_bank_i,
  input  wire logic [macro_pkg::RowBits-1:0] weight_row_i,
  input  wire logic [macro_pkg::WordAddrBits-1:0] weight_word_i,
  input  wire logic [macro_pkg::WeightWidth-1:0] weight_data_i,
  output logic weight_rvalid_o,
  output logic [macro_pkg::WeightWidth-1:0] weight_rdata_o
);
  assign weight_ready_o  = 1'b1;
  assign weight_rvalid_o = 1'b0;
  assign weight_rdata_o  = '0;

  for (genvar a = 0; a < macro_pkg::Adcs; a++) begin : gen_adc
    int unsigned left, busy, mode;   // columns left of the step held; cycles left
    logic [3:0]  held, pop, code, code_q;
    logic        column, running_column, ready, last, taken, sounds;
    assign mode   = bench.mode[a];
    assign last   = busy == 1;
`ifdef ASYNC
    // The converter has the request until its acknowledge has fallen.
    logic ack, has;
    assign ready  = mode != 1 && busy == 0 && !ack && !has;
    assign sounds = ack;
    assign adc_resp_valid_o[a] = ack;
    always_ff @(negedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        ack <= 1'b0;
        has <= 1'b0;
      end else begin
        if (last && mode != 2) ack <= 1'b1;
        else if (ack && !adc_req_valid_i[a] && mode != 5) ack <= 1'b0;
        has <= (has || busy != 0) && (adc_req_valid_i[a] || busy != 0);
      end
    end
`else
    assign ready  = mode != 1 && (busy == 0 || (mode == 4 && last));
    assign sounds = last && mode != 2;
    assign adc_req_ready_o[a]  = ready;
    assign adc_resp_valid_o[a] = sounds;
`endif
    assign column = adc_req_column_i[a];
    assign taken  = adc_req_valid_i[a] && ready;
    assign pop    = 4'($countones(row_en_i & row_drive_i));
    assign code   = (macro_pkg::HoldColumn ? held : pop) + 4'(3*a) + 4'(running_column);
`ifdef ASYNC
    always_ff @(posedge clk_i) if (last) code_q <= code;  // it stands with the acknowledge
    assign adc_resp_code_o[a*4 +: 4] = !sounds ? ~code_q : last ? code : code_q;
`else
    assign code_q = '0;
    assign adc_resp_code_o[a*4 +: 4] = sounds ? code : ~code;
`endif
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        left <= 0;
        busy <= 0;
      end else begin
        if (taken) busy <= (mode == 3) ? bench.late : macro_pkg::Latency - 1;
        else if (busy != 0 && !(last && mode == 2)) busy <= busy - 1;
        if (taken && left == 0) left <= macro_pkg::Share;
        else if (last && mode != 2) left <= left - 1;
        if (sample_i && (left == 0 || (left == 1 && last))) held <= pop;
      end
      if (taken) running_column <= column;
    end
  end

  logic unused;
  assign unused = ^{gen_adc[0].code_q, precharge_i, hold_i, bank_i, weight_valid_i, weight_write_i, weight_bank_i,
                    weight_row_i, weight_word_i, weight_data_i};
endmodule

`default_nettype wire

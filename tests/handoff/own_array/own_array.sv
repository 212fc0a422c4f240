// SPDX-License-Identifier: Apache-2.0
// An array of somebody's own: no cells, ADCs that answer a count after Latency cycles (with ASYNC:
// that acknowledge it, on the falling edges of the clock), a weight
// port that takes an access in its second cycle and answers a read in the second cycle after that.
// +break=RULE: breaks that rule of the array, in its second step.
`default_nettype none

module own_array (
  input  wire logic clk_i,
  input  wire logic rst_ni,
  input  wire logic precharge_i,
  input  wire logic sample_i,
  input  wire logic hold_i,
  input  wire logic [own_pkg::BankBits-1:0] bank_i,
  input  wire logic [own_pkg::Rows-1:0] row_en_i,
  input  wire logic [own_pkg::DriveWidth-1:0] row_drive_i,
  input  wire logic [own_pkg::TrimWidth-1:0] trim_i,
  input  wire logic [own_pkg::Adcs-1:0] adc_req_valid_i,
`ifndef ASYNC
  output logic [own_pkg::Adcs-1:0] adc_req_ready_o,
`endif
  input  wire logic [own_pkg::RequestWidth-1:0] adc_req_column_i,
  output logic [own_pkg::Adcs-1:0] adc_resp_valid_o,
  output logic [own_pkg::CodeWidth-1:0] adc_resp_code_o,
  input  wire logic weight_valid_i,
  output logic weight_ready_o,
  input  wire logic weight_write_i,
  input  wire logic [own_pkg::BankBits-1:0] weight_bank_i,
  input  wire logic [own_pkg::RowBits-1:0] weight_row_i,
  input  wire logic [own_pkg::WordAddrBits-1:0] weight_word_i,
  input  wire logic [own_pkg::WeightWidth-1:0] weight_data_i,
  output logic weight_rvalid_o,
  output logic [own_pkg::WeightWidth-1:0] weight_rdata_o
);
  string       rule;
  int unsigned steps_q;  // samples seen
  logic        sampled_q, glitch;
  initial begin
    rule   = "none";
    glitch = 1'b0;
    if ($value$plusargs("break=%s", rule) == 0) rule = "none";
  end
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      steps_q   <= 0;
      sampled_q <= 1'b0;
    end else begin
      sampled_q <= sample_i;
      if (sample_i && !sampled_q) steps_q <= steps_q + 1;
    end
  end
  always @(negedge clk_i) #1 glitch <= ~glitch;  // after the falling edge: a code that still moves

  // 2: the second step, and later.
  logic now;
  assign now = steps_q >= 2;

`ifdef ASYNC
  for (genvar a = 0; a < own_pkg::Adcs; a++) begin : gen_async
    int unsigned                  stood_q, lingers_q;  // with a request; with an acknowledge
    logic [own_pkg::CodeBits-1:0] count_q;
    logic                         bad;
    assign bad = now && a == 1;
    assign adc_resp_code_o[a*own_pkg::CodeBits +: own_pkg::CodeBits] =
        count_q ^ own_pkg::CodeBits'(glitch && bad && rule == "adc_code_changed");
    always_ff @(negedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        adc_resp_valid_o[a] <= 1'b0;
        stood_q             <= 0;
        lingers_q           <= 0;
        count_q             <= '0;
      end else if (!adc_resp_valid_o[a]) begin
        stood_q   <= adc_req_valid_i[a] ? stood_q + 1 : 0;
        lingers_q <= 0;
        if ((adc_req_valid_i[a] && !(bad && rule == "adc_late")
             && stood_q + 1 == ((bad && rule == "adc_early") ? 1 : own_pkg::Latency))
            || (bad && rule == "adc_unasked" && !adc_req_valid_i[a])) begin
          adc_resp_valid_o[a] <= 1'b1;
          count_q             <= count_q + own_pkg::CodeBits'(1);
        end
      end else begin
        stood_q   <= 0;
        lingers_q <= lingers_q + 1;
        if ((!adc_req_valid_i[a] && (rule != "request_early" || lingers_q > 8))
            || (bad && rule == "adc_retracted")) begin
          adc_resp_valid_o[a] <= 1'b0;
        end
      end
    end
  end
`else
  for (genvar a = 0; a < own_pkg::Adcs; a++) begin : gen_adc
    int unsigned                  left_q;  // cycles of the conversion that are left
    logic [own_pkg::CodeBits-1:0] count_q;
    logic                         last, stuck, bad;
    assign bad   = now && a == 1;
    assign stuck = bad && rule == "adc_late";
    assign last  = left_q == 1;
    assign adc_req_ready_o[a] = (left_q == 0 && !(bad && rule == "adc_not_ready"))
                             || (last && bad && rule == "adc_ready_busy");
    assign adc_resp_valid_o[a] = (last && !stuck)
                              || (left_q == 0 && !adc_req_valid_i[a] && bad
                                  && rule == "adc_unasked");
    assign adc_resp_code_o[a*own_pkg::CodeBits +: own_pkg::CodeBits] =
        count_q ^ own_pkg::CodeBits'(glitch && bad && rule == "adc_code_changed");
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        left_q  <= 0;
        count_q <= '0;
      end else begin
        if (adc_req_valid_i[a] && adc_req_ready_o[a]) begin
          left_q <= (bad && rule == "adc_early") ? 1 : own_pkg::Latency - 1;
        end else if (left_q != 0 && !(last && stuck)) begin
          left_q <= left_q - 1;
        end
        if (adc_resp_valid_o[a]) count_q <= count_q + own_pkg::CodeBits'(1);
      end
    end
  end

`endif

  logic waited_q, read_q, answer_q;
  assign weight_ready_o  = waited_q && weight_valid_i && !(now && rule == "weight_late");
  assign weight_rvalid_o = answer_q || (steps_q == 2 && rule == "weight_unasked" && !hold_i);
  assign weight_rdata_o  = '1;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      waited_q <= 1'b0;
      read_q   <= 1'b0;
      answer_q <= 1'b0;
    end else begin
      waited_q <= weight_valid_i && !weight_ready_o;
      read_q   <= weight_valid_i && weight_ready_o && !weight_write_i;
      answer_q <= read_q;
    end
  end

  logic unused;
  assign unused = ^{precharge_i, bank_i, row_en_i, row_drive_i, trim_i, adc_req_column_i,
                    weight_bank_i, weight_row_i, weight_word_i, weight_data_i};
endmodule

`default_nettype wire

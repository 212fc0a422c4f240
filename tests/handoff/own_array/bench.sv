// SPDX-License-Identifier: Apache-2.0
// Drives the array port as the periphery does, step by step: a write, three steps, a read.
// +break=RULE: breaks that rule of the periphery, in the second step or with the read.
// With ASYNC the requests pass four-phase handshakes, and hold stays as long as they take.
`default_nettype none

module bench;
  logic clk_i, rst_ni, precharge, sample, hold;
  logic [own_pkg::BankBits-1:0]     bank;
  logic [own_pkg::Rows-1:0]         row_en;
  logic [own_pkg::DriveWidth-1:0]   row_drive;
  logic [own_pkg::TrimWidth-1:0]    trim;
  logic [own_pkg::Adcs-1:0]         req_valid, req_ready, resp_valid;
  logic [own_pkg::RequestWidth-1:0] req_column;
  logic [own_pkg::CodeWidth-1:0]    resp_code;
  logic                             weight_valid, weight_ready, weight_write, weight_rvalid;
  logic [own_pkg::RowBits-1:0]      weight_row;
  logic [own_pkg::WeightWidth-1:0]  weight_rdata;
  string                            rule;

  initial begin
    clk_i = 1'b0;
    forever #5 clk_i = ~clk_i;
  end

`ifdef ASYNC
  localparam int unsigned HoldEnd = 44, Retract = 13;
  logic [own_pkg::Adcs-1:0] request, unused_quiet;
  cim_adc_handshake #(
    .Adcs(own_pkg::Adcs)
  ) u_handshake (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .request_i(req_valid),
    .answered_o(req_ready),
    .quiet_o(unused_quiet),
    .adc_request_o(request),
    .adc_acknowledge_i(resp_valid)
  );
`else
  localparam int unsigned HoldEnd = 20, Retract = 6;
  logic [own_pkg::Adcs-1:0] request;
  assign request = req_valid;
`endif
  // Up again while its acknowledge stands.
  logic [own_pkg::Adcs-1:0] shown, fell_q;
  always_ff @(posedge clk_i) fell_q <= ~request & req_valid;
  assign shown = request | ((broken == "request_early") ? fell_q & req_valid : '0);

  own_array u_array (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .precharge_i(precharge),
    .sample_i(sample),
    .hold_i(hold),
    .bank_i(bank),
    .row_en_i(row_en),
    .row_drive_i(row_drive),
    .trim_i(trim),
    .adc_req_valid_i(shown),
`ifndef ASYNC
    .adc_req_ready_o(req_ready),
`endif
    .adc_req_column_i(req_column),
    .adc_resp_valid_o(resp_valid),
    .adc_resp_code_o(resp_code),
    .weight_valid_i(weight_valid),
    .weight_ready_o(weight_ready),
    .weight_write_i(weight_write),
    .weight_bank_i('0),
    .weight_row_i(weight_row),
    .weight_word_i('0),
    .weight_data_i('0),
    .weight_rvalid_o(weight_rvalid),
    .weight_rdata_o(weight_rdata)
  );

  initial begin
    rst_ni = 1'b0;
    if ($value$plusargs("break=%s", rule) == 0) rule = "none";
    #22 rst_ni = 1'b1;
  end

  // ---- The schedule: a write, three steps, a read ----
  localparam int unsigned FirstStep = 8, StepCycles = 48, Steps = 3;
  localparam int unsigned Read = FirstStep + Steps * StepCycles;
  int unsigned time_q, elapsed, offset;
  string       broken;  // of this step
  assign elapsed = (time_q >= FirstStep && time_q < Read) ? (time_q - FirstStep) % StepCycles
                                                          : StepCycles;
  // A drive that stands too long waits with its sample.
  always_comb begin
    offset = elapsed;
    if (broken == "drive_long" && elapsed >= 3) begin
      offset = (elapsed < 3 + own_pkg::MaxDrive) ? StepCycles : elapsed - own_pkg::MaxDrive;
    end
  end
  always_comb begin
    broken = "none";
    if (time_q >= FirstStep + StepCycles && time_q < FirstStep + 2 * StepCycles) broken = rule;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      time_q    <= 0;
      precharge <= 1'b0;
      sample    <= 1'b0;
      hold      <= 1'b0;
      bank      <= '0;
      row_en    <= '0;
      row_drive <= '0;
      trim      <= '0;
    end else begin
      time_q <= time_q + 1;
      case (offset)
        0: begin
          precharge <= broken != "precharge_short";
          bank      <= ~bank;
        end
        1: begin
          precharge <= broken == "precharge_driven";
          row_en    <= '1;
          row_drive <= row_drive + own_pkg::DriveWidth'(3);
          sample    <= broken == "early_sample";
        end
        2: begin
          precharge <= 1'b0;
          sample    <= broken != "request_no_value";
          if (broken == "drive_changed") row_drive <= ~row_drive;
        end
        3: begin
          sample <= 1'b0;
          hold   <= broken != "hold_low";
          trim   <= trim + own_pkg::TrimWidth'(1);
          if (broken == "sample_gap") row_en <= '0;
        end
        4: row_en <= '0;
        6: if (broken == "trim_changed") trim <= ~trim;
        HoldEnd: hold <= 1'b0;
        default: ;
      endcase
      if (time_q == Read + 20) begin
        $display("bench: done");
        $finish;
      end
    end
  end

  // ---- Requests: columns 0 and 1 of each step; a request stands until it is taken ----
  for (genvar a = 0; a < own_pkg::Adcs; a++) begin : gen_adc
    int unsigned left_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        req_valid[a]  <= 1'b0;
        req_column[a] <= 1'b0;
        left_q        <= 0;
      end else if (offset == 3) begin
        req_valid[a]  <= 1'b1;
        req_column[a] <= broken == "request_order";
        left_q        <= own_pkg::Share;
      end else if (req_valid[a] && req_ready[a]) begin
        req_valid[a]  <= left_q > 1;
        req_column[a] <= ~req_column[a];
        left_q        <= left_q - 1;
      end else if (broken == "request_retracted" && left_q == 1) begin
        req_valid[a] <= offset != Retract;
      end
    end
  end

  // ---- Weights: an access stands until it is taken ----
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      weight_valid <= 1'b0;
      weight_write <= 1'b0;
      weight_row   <= '0;
    end else begin
      if (time_q == 1 || time_q == Read || (offset == 1 && broken == "weight_in_compute")) begin
        weight_valid <= 1'b1;
        weight_write <= time_q != Read;
      end else if (weight_valid && weight_ready) begin
        weight_valid <= time_q > Read && rule == "weight_overtakes";
      end else if (weight_valid && time_q > Read && rule == "weight_retracted") begin
        weight_row <= weight_row + 1'b1;
      end
    end
  end

  logic unused;
  assign unused = ^{weight_rvalid, weight_rdata, resp_code, resp_valid};
endmodule

`default_nettype wire

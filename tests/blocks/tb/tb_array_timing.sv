// SPDX-License-Identifier: Apache-2.0
// Variants of cim_array_timing: precharge, settle, hold and gap; the list is repeated in
// array_timing_test.cpp.
module array_timing_case #(
  parameter int unsigned Precharge = 0, Settle = 0, parameter bit HoldColumn = 1, Overlap = 0,
  HasEmpty = 0, parameter int unsigned SampleGap = 0, GateBits = 0, LateColumn = 0, MaxDrive = 0,
  parameter int unsigned Rows = 3, DriveBits = 2, BankBits = 2, PayloadBits = 5
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic step_valid, step_ready, step_first, array_free, result_ok, adcs_done, start, idle;
  logic step_convert, start_convert;
  logic precharge, sample, hold;
  logic [BankBits-1:0]       step_bank, bank;
  logic [Rows-1:0]           step_en, en;
  logic [Rows*DriveBits-1:0] step_drive, drive;
  logic [PayloadBits-1:0]    step_payload, payload;
  logic       request;
  logic [1:0] column;
  assign {column, request, step_convert, step_payload, step_drive, step_en, step_bank, step_first, array_free,
    result_ok,
          adcs_done, step_valid} = in_i[24:0];
  assign out_o = {start_convert, payload, drive, en, bank, hold, sample, precharge, idle, start,
    step_ready};
  cim_array_timing #(
    .Rows(Rows), .DriveBits(DriveBits), .BankBits(BankBits), .PayloadBits(PayloadBits),
    .Precharge(Precharge), .Settle(Settle), .SampleGap(SampleGap), .HoldColumn(HoldColumn),
    .Overlap(Overlap), .HasEmpty(HasEmpty), .GateBits(GateBits), .LateColumn(LateColumn),
    .MaxDrive(MaxDrive), .ColumnBits(2)
  ) u_dut (
    .clk_i(clk_i), .test_en_i(1'b0), .rst_ni(rst_ni), .step_valid_i(step_valid), .step_ready_o(step_ready),
    .step_convert_i(step_convert), .start_convert_o(start_convert), .step_bank_i(step_bank),
    .step_row_en_i(step_en), .step_row_drive_i(step_drive),
    .step_first_of_vector_i(step_first), .step_payload_i(step_payload), .array_free_i(array_free),
    .result_ok_i(result_ok), .adcs_done_i(adcs_done),
    .adc_request_i(request), .adc_column_i(column), .start_o(start), .start_payload_o(payload),
    .idle_o(idle), .array_precharge_o(precharge), .array_sample_o(sample), .array_hold_o(hold),
    .array_bank_o(bank), .array_row_en_o(en), .array_row_drive_o(drive)
  );
endmodule

module tb_array_timing (
  input  logic clk_i, rst_ni,
  input  logic [44*1024-1:0] in_i,
  output logic [44*1024-1:0] out_o
);
  for (genvar h = 0; h < 2; h++) begin : gen_hold
    for (genvar p = 0; p < 3; p++) begin : gen_precharge
      for (genvar s = 0; s < 3; s++) begin : gen_settle
        localparam int unsigned Index = h*9 + p*3 + s;
        array_timing_case #((p == 2) ? 4 : p, (s == 2) ? 3 : s, h == 0,
                          h == 0 && p > 0 && s == 0) u_case (
          .in_i(in_i[Index*1024 +: 1024]), .out_o(out_o[Index*1024 +: 1024]), .*
        );
      end
    end
  end
  // Settle = 0 without the overlap.
  array_timing_case #(1, 0, 1, 0)
      u_18 (.in_i(in_i[18*1024 +: 1024]), .out_o(out_o[18*1024 +: 1024]), .*);
  array_timing_case #(4, 0, 1, 0)
      u_19 (.in_i(in_i[19*1024 +: 1024]), .out_o(out_o[19*1024 +: 1024]), .*);
  // Steps without conversions.
  array_timing_case #(0, 0, 1, 0, 1)
      u_20 (.in_i(in_i[20*1024 +: 1024]), .out_o(out_o[20*1024 +: 1024]), .*);
  array_timing_case #(4, 3, 1, 0, 1)
      u_21 (.in_i(in_i[21*1024 +: 1024]), .out_o(out_o[21*1024 +: 1024]), .*);
  array_timing_case #(4, 0, 1, 1, 1)
      u_22 (.in_i(in_i[22*1024 +: 1024]), .out_o(out_o[22*1024 +: 1024]), .*);
  array_timing_case #(0, 0, 0, 0, 1)
      u_23 (.in_i(in_i[23*1024 +: 1024]), .out_o(out_o[23*1024 +: 1024]), .*);
  array_timing_case #(0, 3, 0, 0, 1)
      u_24 (.in_i(in_i[24*1024 +: 1024]), .out_o(out_o[24*1024 +: 1024]), .*);
  array_timing_case #(4, 1, 0, 0, 1)
      u_25 (.in_i(in_i[25*1024 +: 1024]), .out_o(out_o[25*1024 +: 1024]), .*);
  // Gaps.
  array_timing_case #(0, 0, 1, 0, 0, 1)
      u_26 (.in_i(in_i[26*1024 +: 1024]), .out_o(out_o[26*1024 +: 1024]), .*);
  array_timing_case #(4, 3, 1, 0, 0, 3)
      u_27 (.in_i(in_i[27*1024 +: 1024]), .out_o(out_o[27*1024 +: 1024]), .*);
  array_timing_case #(4, 0, 1, 1, 0, 2)
      u_28 (.in_i(in_i[28*1024 +: 1024]), .out_o(out_o[28*1024 +: 1024]), .*);
  array_timing_case #(0, 0, 0, 0, 0, 1)
      u_29 (.in_i(in_i[29*1024 +: 1024]), .out_o(out_o[29*1024 +: 1024]), .*);
  array_timing_case #(0, 3, 0, 0, 0, 8)
      u_30 (.in_i(in_i[30*1024 +: 1024]), .out_o(out_o[30*1024 +: 1024]), .*);
  array_timing_case #(4, 1, 0, 0, 1, 2)
      u_31 (.in_i(in_i[31*1024 +: 1024]), .out_o(out_o[31*1024 +: 1024]), .*);
  array_timing_case #(0, 0, 1, 0, 1, 1)
      u_32 (.in_i(in_i[32*1024 +: 1024]), .out_o(out_o[32*1024 +: 1024]), .*);
  // Behind clock gates.
  array_timing_case #(0, 0, 1, 0, 0, 0, 2)
      u_33 (.in_i(in_i[33*1024 +: 1024]), .out_o(out_o[33*1024 +: 1024]), .*);
  array_timing_case #(4, 3, 0, 0, 1, 0, 2)
      u_34 (.in_i(in_i[34*1024 +: 1024]), .out_o(out_o[34*1024 +: 1024]), .*);
  array_timing_case #(4, 0, 1, 1, 0, 2, 2)
      u_35 (.in_i(in_i[35*1024 +: 1024]), .out_o(out_o[35*1024 +: 1024]), .*);
  // Begun late.
  array_timing_case #(0, 0, 1, 0, 0, 0, 0, 3)
      u_36 (.in_i(in_i[36*1024 +: 1024]), .out_o(out_o[36*1024 +: 1024]), .*);
  array_timing_case #(4, 3, 1, 0, 0, 2, 0, 2)
      u_37 (.in_i(in_i[37*1024 +: 1024]), .out_o(out_o[37*1024 +: 1024]), .*);
  array_timing_case #(4, 3, 1, 0, 1, 0, 0, 4)
      u_38 (.in_i(in_i[38*1024 +: 1024]), .out_o(out_o[38*1024 +: 1024]), .*);
  array_timing_case #(4, 1, 1, 0, 0, 0, 0, 1)
      u_39 (.in_i(in_i[39*1024 +: 1024]), .out_o(out_o[39*1024 +: 1024]), .*);
  // Driven for so many cycles at most.
  array_timing_case #(0, 0, 1, 0, 0, 0, 0, 0, 3)
      u_40 (.in_i(in_i[40*1024 +: 1024]), .out_o(out_o[40*1024 +: 1024]), .*);
  array_timing_case #(4, 3, 1, 0, 1, 2, 2, 0, 6)
      u_41 (.in_i(in_i[41*1024 +: 1024]), .out_o(out_o[41*1024 +: 1024]), .*);
  array_timing_case #(4, 0, 1, 1, 0, 0, 0, 0, 1)
      u_42 (.in_i(in_i[42*1024 +: 1024]), .out_o(out_o[42*1024 +: 1024]), .*);
  array_timing_case #(1, 1, 1, 0, 1, 0, 0, 3, 4)
      u_43 (.in_i(in_i[43*1024 +: 1024]), .out_o(out_o[43*1024 +: 1024]), .*);
endmodule

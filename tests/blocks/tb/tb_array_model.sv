// SPDX-License-Identifier: Apache-2.0
// Variants of cim_array_model (with cim_adc_model and cim_array_protocol inside); the list is
// repeated in array_timeline.hpp.
module array_model_case #(
  parameter int unsigned Rows = 1, Columns = 1, Planes = 1, Banks = 1, DriveBits = 1, CellBits = 1,
  parameter bit SignLevel = 0, parameter int unsigned Ratio = 1,
  parameter logic [Planes-1:0] SignedPlanes = '0, parameter int unsigned StepNum = 1, StepDen = 1,
  CodeBits = 1, parameter bit CodeSigned = 0,
  parameter int unsigned Share = 1, Latency = 1, Precharge = 0, Settle = 0,
  parameter bit HoldColumn = 1, parameter int unsigned WordCells = 1,
  parameter bit Overlap = HoldColumn && Precharge > 0 && Settle == 0,
  parameter bit ScaledColumns = 0, parameter int unsigned AlphaFrac = 0, TrimBits = 0,
  TrimEntries = 0, parameter bit TrimByAdc = 0, parameter int unsigned SampleGap = 0, MaxDrive = 0
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  localparam int unsigned Adcs       = Columns / Share;
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1;
  localparam int unsigned BankBits   = (Banks > 1) ? $clog2(Banks) : 1;
  localparam int unsigned RowBits    = (Rows > 1) ? $clog2(Rows) : 1;
  localparam int unsigned Words      = (Columns + WordCells - 1) / WordCells;
  localparam int unsigned AddrBits   = (Words > 1) ? $clog2(Words) : 1;
  localparam int unsigned TrimPins = (TrimEntries > 0) ? TrimEntries * TrimBits : 1;
  logic [TrimPins-1:0] trim;
  logic precharge, sample, hold, weight_valid, weight_ready, weight_write, weight_rvalid;
  logic [BankBits-1:0]           bank, weight_bank;
  logic [Rows-1:0]               row_en;
  logic [Rows*DriveBits-1:0]     drive;
  logic [Adcs-1:0]               req_valid, req_ready, resp_valid;
  logic [Adcs*ColumnBits-1:0]    req_column;
  logic [Adcs*CodeBits-1:0]      code;
  logic [RowBits-1:0]            weight_row;
  logic [AddrBits-1:0]           weight_word;
  logic [WordCells*CellBits-1:0] weight_data, weight_rdata;
  assign {trim, weight_data, weight_word, weight_row, weight_bank, weight_write, weight_valid,
    req_column,
          req_valid, drive, row_en, bank, hold, sample, precharge} = in_i;
  assign out_o = {weight_rdata, weight_rvalid, weight_ready, code, resp_valid, req_ready};
  cim_array_model #(
    .Rows(Rows), .Columns(Columns), .Planes(Planes), .Banks(Banks), .DriveBits(DriveBits),
    .CellBits(CellBits), .SignLevel(SignLevel), .Ratio(Ratio), .SignedPlanes(SignedPlanes),
    .StepNum(StepNum), .StepDen(StepDen), .ScaledColumns(ScaledColumns), .AlphaFrac(AlphaFrac),
    .TrimBits(TrimBits), .TrimEntries(TrimEntries), .TrimByAdc(TrimByAdc), .CodeBits(CodeBits),
    .CodeSigned(CodeSigned),
    .Share(Share), .Latency(Latency), .Precharge(Precharge), .Settle(Settle),
    .SampleGap(SampleGap), .MaxDrive(MaxDrive), .HoldColumn(HoldColumn), .Overlap(Overlap), .WordCells(WordCells)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .precharge_i(precharge), .sample_i(sample), .hold_i(hold),
    .bank_i(bank), .row_en_i(row_en), .row_drive_i(drive), .trim_i(trim),
    .adc_req_valid_i(req_valid),
    .adc_req_ready_o(req_ready), .adc_req_column_i(req_column), .adc_resp_valid_o(resp_valid),
    .adc_resp_code_o(code), .weight_valid_i(weight_valid), .weight_ready_o(weight_ready),
    .weight_write_i(weight_write), .weight_bank_i(weight_bank), .weight_row_i(weight_row),
    .weight_word_i(weight_word), .weight_data_i(weight_data), .weight_rvalid_o(weight_rvalid),
    .weight_rdata_o(weight_rdata)
  );
endmodule

module tb_array_model (
  input  logic clk_i, rst_ni,
  input  logic [13*1024-1:0] in_i,
  output logic [13*1024-1:0] out_o
);
  array_model_case #(20, 6, 3, 2, 1, 1, 0, 1, 3'b000, 5, 2, 2, 0, 3, 3, 2, 2, 1, 4)
      u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  array_model_case #(4, 8, 4, 3, 3, 3, 1, 4, 4'b0000, 3, 1, 4, 1, 4, 3, 2, 0, 1, 1)
      u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  array_model_case #(6, 4, 2, 1, 2, 2, 0, 1, 2'b10, 2, 1, 4, 1, 2, 3, 1, 2, 0, 3)
      u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
  array_model_case #(1, 2, 1, 1, 1, 1, 0, 1, 1'b0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 2)
      u_3 (.in_i(in_i[3*1024 +: 1024]), .out_o(out_o[3*1024 +: 1024]), .*);
  array_model_case #(12, 3, 1, 2, 1, 1, 0, 1, 1'b0, 1, 1, 4, 0, 3, 1, 0, 0, 1, 1)
      u_4 (.in_i(in_i[4*1024 +: 1024]), .out_o(out_o[4*1024 +: 1024]), .*);
  array_model_case #(7, 4, 2, 2, 1, 1, 0, 1, 2'b00, 1, 1, 3, 0, 2, 1, 2, 0, 1, 2, 0)
      u_5 (.in_i(in_i[5*1024 +: 1024]), .out_o(out_o[5*1024 +: 1024]), .*);
  array_model_case #(9, 6, 3, 2, 2, 2, 0, 1, 3'b100, 1, 1, 4, 1, 3, 2, 1, 1, 1, 2, 0, 1, 4, 3, 2, 1)
      u_6 (.in_i(in_i[6*1024 +: 1024]), .out_o(out_o[6*1024 +: 1024]), .*);
  array_model_case #(5, 4, 2, 3, 1, 1, 0, 1, 2'b00, 1, 1, 1, 1, 1, 3, 0, 1, 0, 1, 0, 1, 0, 8, 2, 0)
      u_7 (.in_i(in_i[7*1024 +: 1024]), .out_o(out_o[7*1024 +: 1024]), .*);
  array_model_case #(16, 4, 4, 2, 4, 4, 0, 1, 4'b0000, 1, 1, 8, 1, 4, 1, 0, 0, 1, 4, 0, 1, 12)
      u_8 (.in_i(in_i[8*1024 +: 1024]), .out_o(out_o[8*1024 +: 1024]), .*);
  // Gaps after a step.
  array_model_case #(20, 6, 3, 2, 1, 1, 0, 1, 3'b000, 5, 2, 2, 0, 3, 3, 2, 2, 1, 4,
                     0, 0, 0, 0, 0, 0, 2)
      u_9 (.in_i(in_i[9*1024 +: 1024]), .out_o(out_o[9*1024 +: 1024]), .*);
  array_model_case #(6, 4, 2, 1, 2, 2, 0, 1, 2'b10, 2, 1, 4, 1, 2, 3, 1, 2, 0, 3,
                     0, 0, 0, 0, 0, 0, 3)
      u_10 (.in_i(in_i[10*1024 +: 1024]), .out_o(out_o[10*1024 +: 1024]), .*);
  array_model_case #(12, 3, 1, 2, 1, 1, 0, 1, 1'b0, 1, 1, 4, 0, 3, 1, 0, 0, 1, 1,
                     0, 0, 0, 0, 0, 0, 1)
      u_11 (.in_i(in_i[11*1024 +: 1024]), .out_o(out_o[11*1024 +: 1024]), .*);
  // ... and a bound to what a drive stands.
  array_model_case #(20, 6, 3, 2, 1, 1, 0, 1, 3'b000, 5, 2, 2, 0, 3, 3, 2, 2, 1, 4,
                     0, 0, 0, 0, 0, 0, 2, 5)
      u_12 (.in_i(in_i[12*1024 +: 1024]), .out_o(out_o[12*1024 +: 1024]), .*);
endmodule

// SPDX-License-Identifier: Apache-2.0
// Variants of cim_step_mode; the list is repeated in step_mode_test.cpp.
module step_mode_case #(
  parameter int unsigned Rows = 1, parameter int unsigned DriveBits = 1, parameter int unsigned Banks = 1,
  parameter int unsigned Adcs = 1, parameter int unsigned Share = 1, parameter int unsigned CodeBits = 1,
  parameter bit CodeSigned = 0, parameter int unsigned GateBits = 0,
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic idle, front_valid, front_convert, front_first, step_ready, start, back_done;
  logic active, refused, front_ready, step_valid, step_convert, step_first, start_o, done;
  logic [3:0] write;
  logic [4:0] index;
  logic [31:0] wdata;
  logic [127:0] rdata;
  logic [BankBits-1:0] front_bank, step_bank;
  logic [Rows-1:0] front_en, step_en;
  logic [Rows*DriveBits-1:0] front_drive, step_drive;
  logic [Adcs-1:0] back_valid, back_ready, back_resp, valid, ready, resp;
  logic [Adcs*ColumnBits-1:0] back_column, column;
  logic [Adcs*CodeBits-1:0] raw;
  assign {raw, resp, ready, back_column, back_valid, front_drive, front_en, front_bank, front_first,
          front_convert, front_valid, back_done, start, step_ready, idle, wdata, index, write} = in_i;
  assign out_o = {column, valid, back_resp, back_ready, step_drive, step_en, step_bank, step_first,
                  step_convert, step_valid, done, start_o, front_ready, refused, active, rdata};
  cim_step_mode #(
    .Rows(Rows), .DriveBits(DriveBits), .Banks(Banks), .Adcs(Adcs), .Share(Share),
    .CodeBits(CodeBits), .CodeSigned(CodeSigned), .GateBits(GateBits), .DataBits(32), .IndexBits(5)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .test_en_i(1'b0), .idle_i(idle), .active_o(active),
    .refused_o(refused), .write_i(write), .index_i(index), .wdata_i(wdata), .rdata_o(rdata),
    .front_valid_i(front_valid), .front_ready_o(front_ready), .front_convert_i(front_convert),
    .front_first_i(front_first), .front_bank_i(front_bank), .front_row_en_i(front_en),
    .front_row_drive_i(front_drive), .step_valid_o(step_valid), .step_ready_i(step_ready),
    .step_convert_o(step_convert), .step_first_o(step_first), .step_bank_o(step_bank),
    .step_row_en_o(step_en), .step_row_drive_o(step_drive), .start_i(start), .start_o(start_o),
    .back_done_i(back_done), .done_o(done), .back_req_valid_i(back_valid),
    .back_req_ready_o(back_ready), .back_req_column_i(back_column), .back_resp_valid_o(back_resp),
    .req_valid_o(valid), .req_ready_i(ready), .req_column_o(column), .resp_valid_i(resp),
    .raw_i(raw)
  );
endmodule

module tb_step_mode (
  input  logic clk_i, rst_ni,
  input  logic [2*1024-1:0] in_i,
  output logic [2*1024-1:0] out_o
);
  step_mode_case #(5, 1, 2, 1, 1, 4, 0, 0) u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  step_mode_case #(35, 3, 3, 3, 5, 6, 1, 8) u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
endmodule

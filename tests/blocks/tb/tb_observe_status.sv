// SPDX-License-Identifier: Apache-2.0
// Variants of cim_observe_status; the list is repeated in observe_status_test.cpp.
module observe_status_case #(
  parameter int unsigned Rows = 1, parameter int unsigned Banks = 1, parameter int unsigned MaxTiles = 1,
  localparam int unsigned RowsBits = $clog2(Rows + 1), localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1
) (
  input  logic clk_i, rst_ni,
  input  logic [1023:0] in_i,
  output logic [1023:0] out_o
);
  logic taken, vector, first, weight, out, busy, stepping, refused, write;
  logic [1:0] beat, saturated;
  logic [2:0] flags;
  logic [BankBits-1:0] bank, weight_bank;
  logic [RowsBits-1:0] rows;
  logic [31:0] wdata, rdata;
  assign {wdata, write, refused, flags, stepping, busy, saturated, out, weight_bank, weight, rows, bank,
          first, vector, beat, taken} = in_i;
  assign out_o = rdata;
  cim_observe_status #(
    .Rows(Rows), .Banks(Banks), .MaxTiles(MaxTiles), .OutBeat(2), .BeatBits(2), .DataBits(32)
  ) u_dut (
    .clk_i(clk_i), .rst_ni(rst_ni), .beat_taken_i(taken), .beat_i(beat), .vector_begin_i(vector),
    .in_first_i(first), .in_bank_i(bank), .in_rows_i(rows), .weight_taken_i(weight),
    .weight_bank_i(weight_bank), .out_taken_i(out), .out_saturated_i(saturated), .busy_i(busy),
    .stepping_i(stepping), .any_flag_i(flags), .refused_i(refused), .write_i(write),
    .wdata_i(wdata), .rdata_o(rdata)
  );
endmodule

module tb_observe_status (
  input  logic clk_i, rst_ni,
  input  logic [3*1024-1:0] in_i,
  output logic [3*1024-1:0] out_o
);
  observe_status_case #(1, 1, 1) u_0 (.in_i(in_i[0*1024 +: 1024]), .out_o(out_o[0*1024 +: 1024]), .*);
  observe_status_case #(5, 3, 3) u_1 (.in_i(in_i[1*1024 +: 1024]), .out_o(out_o[1*1024 +: 1024]), .*);
  observe_status_case #(7, 4, 16) u_2 (.in_i(in_i[2*1024 +: 1024]), .out_o(out_o[2*1024 +: 1024]), .*);
endmodule

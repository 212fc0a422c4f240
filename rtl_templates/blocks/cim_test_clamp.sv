// SPDX-License-Identifier: Apache-2.0
// Holds what starts something in the array low while test_mode_i is high, so that a scan chain that
// shifts through the periphery charges, samples and drives nothing: precharge, sample, row enables;
// beside them the ADCs' requests and the weight accesses. Bank, row drive, hold and trim still
// move. Combinational, behind the periphery's logic: test_mode_i stands still otherwise, so that a
// clamp adds no change of its own. Golden twin: none.
`default_nettype none

module cim_test_clamp #(
  parameter int unsigned Rows = 8,
  parameter int unsigned Adcs = 4
) (
  input  wire logic            test_mode_i,
  input  wire logic            precharge_i,
  input  wire logic            sample_i,
  input  wire logic [Rows-1:0] row_en_i,
  input  wire logic [Adcs-1:0] request_i,
  input  wire logic            weight_valid_i,
  output logic                 precharge_o,
  output logic                 sample_o,
  output logic [Rows-1:0]      row_en_o,
  output logic [Adcs-1:0]      request_o,
  output logic                 weight_valid_o
);
  if (Rows < 1 || Adcs < 1) begin : gen_check
    $error("cim_test_clamp: Rows, Adcs >= 1");
  end

  assign precharge_o    = precharge_i && !test_mode_i;
  assign sample_o       = sample_i && !test_mode_i;
  assign row_en_o       = row_en_i & {Rows{!test_mode_i}};
  assign request_o      = request_i & {Adcs{!test_mode_i}};
  assign weight_valid_o = weight_valid_i && !test_mode_i;
endmodule

`default_nettype wire

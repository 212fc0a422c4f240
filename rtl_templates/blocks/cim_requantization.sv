// SPDX-License-Identifier: Apache-2.0
// The output stage with its registers, behind the back end: results to the next layer's inputs,
// beat by beat (cim_output_stage). Five files behind the configuration port, in this order:
// multiplier M and shift S of each output, zero point Z, lower and upper end of the clamp L, H.
// Writes wait for vectors; idle_o says that no result is inside. After reset the zero point is 0
// and the clamp the range of the output's type (Signed); multipliers and shifts are undefined until
// they are written. Latency and flow control are those of cim_output_stage. Golden twin:
// golden::requantize (docs/spec/output.md).
`default_nettype none

module cim_requantization #(
  parameter int unsigned Outputs        = 16,
  parameter int unsigned BeatElements   = 1,
  parameter int unsigned AccBits        = 24,
  parameter int unsigned MultiplierBits = 16,
  parameter int unsigned OutBits        = 8,
  parameter bit          Signed         = 1'b0,
  parameter int unsigned DataBits       = 32,
  parameter int unsigned IndexBits      = 4,
  parameter int unsigned GateBits       = 0,
  localparam int unsigned Files         = 5
) (
  input  wire logic                            clk_i,
  input  wire logic                            rst_ni,
  input  wire logic                            test_en_i,
  // Registers
  input  wire logic [Files-1:0]                write_i,
  input  wire logic [IndexBits-1:0]            index_i,
  input  wire logic [DataBits-1:0]             wdata_i,
  output logic [Files*DataBits-1:0]            rdata_o,
  // Results
  input  wire logic                            valid_i,
  output logic                                 ready_o,
  input  wire logic [BeatElements*AccBits-1:0] data_i,
  input  wire logic                            last_i,
  input  wire logic [BeatElements-1:0]         saturated_i,
  // The next layer's inputs
  output logic                                 valid_o,
  input  wire logic                            ready_i,
  output logic [BeatElements*OutBits-1:0]      data_o,
  output logic                                 last_o,
  output logic [BeatElements-1:0]              saturated_o,
  output logic                                 idle_o
);
  localparam int unsigned ShiftBits  = 6;
  localparam int unsigned NumberBits = OutBits + 1;  // of Z, L and H
  localparam logic [NumberBits-1:0] One  = NumberBits'(1);
  localparam logic [NumberBits-1:0] Half = One << (OutBits - 1);
  localparam logic [NumberBits-1:0] Low  = Signed ? ~Half + One : NumberBits'(0);
  localparam logic [NumberBits-1:0] High = Signed ? Half - One : (One << OutBits) - One;

  logic [Outputs*MultiplierBits-1:0] multipliers;
  logic [Outputs*ShiftBits-1:0]      shifts;
  logic [NumberBits-1:0]             zero, low, high;
  logic                              stage_idle;

  cim_register_file #(
    .Entries(Outputs),
    .Bits(MultiplierBits),
    .Signed(1'b0),
    .DataBits(DataBits),
    .IndexBits(IndexBits),
    .GateBits(GateBits)
  ) u_multipliers (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(test_en_i),
    .write_i(write_i[0]),
    .index_i(index_i),
    .data_i(wdata_i),
    .data_o(rdata_o[0*DataBits +: DataBits]),
    .values_o(multipliers)
  );

  cim_register_file #(
    .Entries(Outputs),
    .Bits(ShiftBits),
    .Signed(1'b0),
    .DataBits(DataBits),
    .IndexBits(IndexBits),
    .GateBits(GateBits)
  ) u_shifts (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(test_en_i),
    .write_i(write_i[1]),
    .index_i(index_i),
    .data_i(wdata_i),
    .data_o(rdata_o[1*DataBits +: DataBits]),
    .values_o(shifts)
  );

  cim_register_file #(
    .Entries(1),
    .Bits(NumberBits),
    .Signed(1'b1),
    .HasReset(1'b1),
    .Reset(NumberBits'(0)),
    .DataBits(DataBits),
    .IndexBits(IndexBits),
    .GateBits(GateBits)
  ) u_zero (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(test_en_i),
    .write_i(write_i[2]),
    .index_i(index_i),
    .data_i(wdata_i),
    .data_o(rdata_o[2*DataBits +: DataBits]),
    .values_o(zero)
  );

  cim_register_file #(
    .Entries(1),
    .Bits(NumberBits),
    .Signed(1'b1),
    .HasReset(1'b1),
    .Reset(Low),
    .DataBits(DataBits),
    .IndexBits(IndexBits),
    .GateBits(GateBits)
  ) u_low (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(test_en_i),
    .write_i(write_i[3]),
    .index_i(index_i),
    .data_i(wdata_i),
    .data_o(rdata_o[3*DataBits +: DataBits]),
    .values_o(low)
  );

  cim_register_file #(
    .Entries(1),
    .Bits(NumberBits),
    .Signed(1'b1),
    .HasReset(1'b1),
    .Reset(High),
    .DataBits(DataBits),
    .IndexBits(IndexBits),
    .GateBits(GateBits)
  ) u_high (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(test_en_i),
    .write_i(write_i[4]),
    .index_i(index_i),
    .data_i(wdata_i),
    .data_o(rdata_o[4*DataBits +: DataBits]),
    .values_o(high)
  );

  cim_output_stage #(
    .Outputs(Outputs),
    .BeatElements(BeatElements),
    .AccBits(AccBits),
    .MultiplierBits(MultiplierBits),
    .OutBits(OutBits),
    .GateBits(GateBits)
  ) u_output_stage (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .test_en_i(test_en_i),
    .m_i(multipliers),
    .s_i(shifts),
    .zero_i(zero),
    .low_i(low),
    .high_i(high),
    .valid_i(valid_i),
    .ready_o(ready_o),
    .data_i(data_i),
    .last_i(last_i),
    .saturated_i(saturated_i),
    .valid_o(valid_o),
    .ready_i(ready_i),
    .data_o(data_o),
    .last_o(last_o),
    .saturated_o(saturated_o),
    .idle_o(stage_idle)
  );
  assign idle_o = stage_idle && !valid_i;
endmodule

`default_nettype wire

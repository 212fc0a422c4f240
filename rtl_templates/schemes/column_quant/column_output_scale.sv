// SPDX-License-Identifier: Apache-2.0
// Multiplies results by the one scale of the whole macro as they leave, where nothing can saturate
// (granularity layer): data_o = data_i · scale_i for each element of a beat. data_i: signed,
// InBits; scale_i: unsigned; data_o: signed, OutBits, which hold every product. One multiplier for
// each element of a beat, however many outputs and ADCs there are.
//
// A stage of a valid/ready stream: the products are stored, so that what is sent comes straight
// from flip-flops, one cycle later; a beat a cycle, none lost (ready_o = !valid_o || ready_i).
// last_i goes with its beat. scale_i is used in the cycle in which a beat is taken: it has to stand
// still while beats wait (valid_i). Reset: valid_o only.
// Golden twin: code · scale in golden's column_quant.
`default_nettype none

module column_output_scale #(
  parameter int unsigned Elements  = 1,
  parameter int unsigned InBits    = 20,
  parameter int unsigned ScaleBits = 8,
  parameter int unsigned OutBits   = 28
) (
  input  wire logic                        clk_i,
  input  wire logic                        rst_ni,
  input  wire logic [ScaleBits-1:0]        scale_i,
  // Results
  input  wire logic                        valid_i,
  output logic                             ready_o,
  input  wire logic [Elements*InBits-1:0]  data_i,
  input  wire logic                        last_i,
  // Products
  output logic                             valid_o,
  input  wire logic                        ready_i,
  output logic [Elements*OutBits-1:0]      data_o,
  output logic                             last_o
);
  if (Elements < 1 || ScaleBits < 1 || OutBits < InBits) begin : gen_check
    $error("column_output_scale: OutBits >= InBits");
  end

  localparam int unsigned ProductBits = InBits + ScaleBits;
  localparam int unsigned WideBits    = (OutBits > ProductBits) ? OutBits : ProductBits;

  logic take;
  assign ready_o = !valid_o || ready_i;
  assign take    = valid_i && ready_o;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_o <= 1'b0;
    else if (ready_o) valid_o <= valid_i;
  end
  always_ff @(posedge clk_i) begin
    if (take) last_o <= last_i;
  end

  for (genvar e = 0; e < Elements; e++) begin : gen_element
    logic signed [ProductBits-1:0] product;
    logic [WideBits-1:0]           wide;
    assign product = $signed(data_i[e*InBits +: InBits]) * $signed({1'b0, scale_i});
    assign wide    = WideBits'(product);
    always_ff @(posedge clk_i) begin
      if (take) data_o[e*OutBits +: OutBits] <= wide[OutBits-1:0];
    end
    if (WideBits > OutBits) begin : gen_unused
      logic unused_wide;
      assign unused_wide = ^wide[WideBits-1:OutBits];
    end
  end
endmodule

`default_nettype wire

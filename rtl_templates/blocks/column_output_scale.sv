// Multiplies results by the one scale of the whole macro as they leave, where nothing can saturate
// (granularity layer): data_o = data_i · scale_i for each element of a beat. data_i: signed, InBits;
// scale_i: unsigned; data_o: signed, OutBits, which hold every product. Combinational: one multiplier
// for each element of a beat, however many outputs and ADCs there are.
// Golden twin: code · scale in golden's column_quant.
`default_nettype none

module column_output_scale #(
  parameter int unsigned Elements  = 1,
  parameter int unsigned InBits    = 20,
  parameter int unsigned ScaleBits = 8,
  parameter int unsigned OutBits   = 28
) (
  input  wire logic [Elements*InBits-1:0]  data_i,
  input  wire logic [ScaleBits-1:0]        scale_i,
  output logic [Elements*OutBits-1:0]      data_o
);
  localparam int unsigned ProductBits = InBits + ScaleBits;
  localparam int unsigned WideBits    = (OutBits > ProductBits) ? OutBits : ProductBits;

  for (genvar e = 0; e < Elements; e++) begin : gen_element
    logic signed [ProductBits-1:0] product;
    logic [WideBits-1:0]           wide;
    assign product = $signed(data_i[e*InBits +: InBits]) * $signed({1'b0, scale_i});
    assign wide    = WideBits'(product);
    assign data_o[e*OutBits +: OutBits] = wide[OutBits-1:0];
    if (WideBits > OutBits) begin : gen_unused
      logic unused_wide;
      assign unused_wide = ^wide[WideBits-1:OutBits];
    end
  end
endmodule

`default_nettype wire

// Entries signed registers of Bits behind the configuration port, all readable at once by the
// datapath. A write takes the low Bits of the data; a read is sign-extended; an index past the
// entries reads 0 and writes nothing. The registers have no reset: what is not written is undefined.
`default_nettype none

module cim_register_file #(
  parameter int unsigned Entries   = 16,
  parameter int unsigned Bits      = 24,
  parameter int unsigned DataBits  = 32,
  parameter int unsigned IndexBits = 4
) (
  input  wire logic                    clk_i,
  input  wire logic                    write_i,
  input  wire logic [IndexBits-1:0]    index_i,
  input  wire logic [DataBits-1:0]     data_i,
  output logic [DataBits-1:0]          data_o,
  output logic [Entries*Bits-1:0]      values_o
);
  if (Bits > DataBits) begin : gen_check
    $error("cim_register_file: Bits <= DataBits");
  end

  logic [Entries*Bits-1:0] values_q;
  logic [Bits-1:0]         read;

  for (genvar e = 0; e < Entries; e++) begin : gen_entry
    always_ff @(posedge clk_i) begin
      if (write_i && index_i == IndexBits'(e)) values_q[e*Bits +: Bits] <= data_i[Bits-1:0];
    end
  end
  always_comb begin
    read = '0;
    for (int unsigned e = 0; e < Entries; e++) begin
      if (index_i == IndexBits'(e)) read = read | values_q[e*Bits +: Bits];
    end
  end
  assign data_o   = {{(DataBits - Bits + 1){read[Bits-1]}}, read[Bits-2:0]};
  assign values_o = values_q;

  if (DataBits > Bits) begin : gen_unused
    logic unused_data;
    assign unused_data = ^data_i[DataBits-1:Bits];
  end
endmodule

`default_nettype wire

// The scale factors of one ADC's columns: Banks · Share registers of Bits, one of them read at a time
// (bank_sel_i, slot_sel_i: one-hot, decoded once for all ADCs; none: 0) and written (write_i).
// Combinational read; no reset. Golden twin: scale of golden's column_quant.
`default_nettype none

module column_scale_file #(
  parameter int unsigned Banks = 16,
  parameter int unsigned Share = 8,
  parameter int unsigned Bits  = 8
) (
  input  wire logic             clk_i,
  input  wire logic [Banks-1:0] bank_sel_i,
  input  wire logic [Share-1:0] slot_sel_i,
  input  wire logic             write_i,
  input  wire logic [Bits-1:0]  data_i,
  output logic [Bits-1:0]       scale_o
);
  logic [Banks*Share*Bits-1:0] values_q;
  logic [Banks*Share-1:0]      select;

  for (genvar b = 0; b < Banks; b++) begin : gen_bank
    for (genvar s = 0; s < Share; s++) begin : gen_slot
      assign select[b*Share + s] = bank_sel_i[b] && slot_sel_i[s];
      always_ff @(posedge clk_i) begin
        if (write_i && select[b*Share + s]) values_q[(b*Share + s)*Bits +: Bits] <= data_i;
      end
    end
  end

  always_comb begin
    scale_o = '0;
    for (int unsigned i = 0; i < Banks*Share; i++) begin
      scale_o = scale_o | (values_q[i*Bits +: Bits] & {Bits{select[i]}});
    end
  end
endmodule

`default_nettype wire

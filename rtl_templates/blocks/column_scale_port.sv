// The configuration port's way to the scale factors, which lie beside the ADCs (column_scale_file),
// and the selects of all these files, decoded once: bank and slot (column inside an ADC) of the
// visit, or, while access_i is high, of the port's index {bank, physical column}.
// Physical column = ADC · Share + slot. adc_write_o: the ADC that a write goes to. data_o: the scale
// at the index, extended by zeros, from what the files show (scales_i); 0 where none is.
// Combinational. Golden twin: scale of golden's column_quant.
`default_nettype none

module column_scale_port #(
  parameter int unsigned Adcs      = 16,
  parameter int unsigned Share     = 8,
  parameter int unsigned Banks     = 16,
  parameter int unsigned Bits      = 8,
  parameter int unsigned DataBits  = 32,
  parameter int unsigned IndexBits = 11,
  localparam int unsigned Columns    = Adcs * Share,
  localparam int unsigned BankBits   = (Banks > 1) ? $clog2(Banks) : 1,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  // Configuration port
  input  wire logic                  access_i,
  input  wire logic                  write_i,
  input  wire logic [IndexBits-1:0]  index_i,
  output logic [DataBits-1:0]        data_o,
  // The visit
  input  wire logic [BankBits-1:0]   bank_i,
  input  wire logic [ColumnBits-1:0] column_i,
  // Files
  output logic [Banks-1:0]           bank_sel_o,
  output logic [Share-1:0]           slot_sel_o,
  output logic [Adcs-1:0]            adc_write_o,
  input  wire logic [Adcs*Bits-1:0]  scales_i
);
  localparam int unsigned WordBits = (Columns > 1) ? $clog2(Columns) : 0;

  logic [IndexBits-1:0] index_bank, index_column;
  logic [Adcs-1:0]      adc_sel;
  logic [Share-1:0]     slot_sel;
  logic [Bits-1:0]      read;

  assign index_bank   = index_i >> WordBits;
  assign index_column = index_i & ~({IndexBits{1'b1}} << WordBits);

  always_comb begin
    adc_sel  = '0;
    slot_sel = '0;
    for (int unsigned a = 0; a < Adcs; a++) begin
      for (int unsigned s = 0; s < Share; s++) begin
        if (index_column == IndexBits'(a*Share + s)) begin
          adc_sel[a]  = 1'b1;
          slot_sel[s] = 1'b1;
        end
      end
    end
    for (int unsigned b = 0; b < Banks; b++) begin
      bank_sel_o[b] = access_i ? index_bank == IndexBits'(b) : bank_i == BankBits'(b);
    end
    for (int unsigned s = 0; s < Share; s++) begin
      slot_sel_o[s] = access_i ? slot_sel[s] : column_i == ColumnBits'(s);
    end
    read = '0;
    for (int unsigned a = 0; a < Adcs; a++) read = read | (scales_i[a*Bits +: Bits] & {Bits{adc_sel[a]}});
  end
  assign adc_write_o = adc_sel & {Adcs{write_i}};
  assign data_o      = DataBits'(read);
endmodule

`default_nettype wire

// Registers of Banks banks, Words words of Bits each, of which one bank is read at a time: row_o, the
// words of bank_i. Behind the configuration port, index {bank, word}, with one read path for both:
// while access_i is high the port's bank is read instead, and data_o is its word, extended by sign
// (Signed) or by zeros. Banks and words that are not there read 0; writes to them are ignored.
// Combinational read; no reset. Golden twin: center and scale of golden's column_quant.
`default_nettype none

module column_row_file #(
  parameter int unsigned Banks     = 16,
  parameter int unsigned Words     = 8,
  parameter int unsigned Bits      = 8,
  parameter bit          Signed    = 1'b0,
  parameter int unsigned DataBits  = 32,
  parameter int unsigned IndexBits = 7,
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1
) (
  input  wire logic                  clk_i,
  // Configuration port
  input  wire logic                  access_i,
  input  wire logic                  write_i,
  input  wire logic [IndexBits-1:0]  index_i,
  input  wire logic [DataBits-1:0]   data_i,
  output logic [DataBits-1:0]        data_o,
  // Datapath
  input  wire logic [BankBits-1:0]   bank_i,
  output logic [Words*Bits-1:0]      row_o
);
  localparam int unsigned WordBits = (Words > 1) ? $clog2(Words) : 0;

  if (Bits > DataBits || IndexBits < WordBits + $clog2(Banks)) begin : gen_check
    $error("column_row_file: Bits <= DataBits, the index holds bank and word");
  end

  logic [Banks-1:0]            bank_sel;
  logic [Words-1:0]            word_sel;
  logic [Banks*Words*Bits-1:0] values_q;
  logic [Bits-1:0]             read;
  logic [IndexBits-1:0]        index_bank, index_word;

  assign index_bank = index_i >> WordBits;
  assign index_word = index_i & ~({IndexBits{1'b1}} << WordBits);

  always_comb begin
    for (int unsigned b = 0; b < Banks; b++) begin
      bank_sel[b] = access_i ? index_bank == IndexBits'(b) : bank_i == BankBits'(b);
    end
    for (int unsigned w = 0; w < Words; w++) word_sel[w] = index_word == IndexBits'(w);
  end

  for (genvar b = 0; b < Banks; b++) begin : gen_bank
    for (genvar w = 0; w < Words; w++) begin : gen_word
      always_ff @(posedge clk_i) begin
        if (write_i && bank_sel[b] && word_sel[w]) begin
          values_q[(b*Words + w)*Bits +: Bits] <= data_i[Bits-1:0];
        end
      end
    end
  end

  always_comb begin
    row_o = '0;
    for (int unsigned b = 0; b < Banks; b++) begin
      row_o = row_o | (values_q[b*Words*Bits +: Words*Bits] & {(Words*Bits){bank_sel[b]}});
    end
    read = '0;
    for (int unsigned w = 0; w < Words; w++) read = read | (row_o[w*Bits +: Bits] & {Bits{word_sel[w]}});
  end

  if (DataBits > Bits) begin : gen_extend
    assign data_o = {{(DataBits - Bits){Signed && read[Bits-1]}}, read};
    logic unused_data;
    assign unused_data = ^data_i[DataBits-1:Bits];
  end else begin : gen_whole
    assign data_o = read;
  end
endmodule

`default_nettype wire

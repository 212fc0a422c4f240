// Picks words by index: word_o[k] = words_i[index_i[k]], Bits each. An index past Words gives 0.
// Combinational. Golden twin: indexing.
`default_nettype none

module column_pick #(
  parameter int unsigned Words = 8,
  parameter int unsigned Bits  = 8,
  parameter int unsigned Picks = 1,
  localparam int unsigned IndexBits = (Words > 1) ? $clog2(Words) : 1
) (
  input  wire logic [Words*Bits-1:0]      words_i,
  input  wire logic [Picks*IndexBits-1:0] index_i,
  output logic [Picks*Bits-1:0]           word_o
);
  always_comb begin
    word_o = '0;
    for (int unsigned k = 0; k < Picks; k++) begin
      for (int unsigned w = 0; w < Words; w++) begin
        if (index_i[k*IndexBits +: IndexBits] == IndexBits'(w)) begin
          word_o[k*Bits +: Bits] = words_i[w*Bits +: Bits];
        end
      end
    end
  end
endmodule

`default_nettype wire

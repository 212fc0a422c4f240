// Bits that trim the ADCs' steps, at the array port: Entries of Bits for each bank (a column's, or a
// plane's), stored here and driven for the bank whose conversions run. trim_o: flip-flops that change
// at the end of the cycle in which a step is taken (start_i), not when its rows are driven: with held
// values the ADCs still convert the former bank then. No reset: undefined until first used.
// Registers and port: column_row_file. Golden twin: none (the bits do not change the arithmetic);
// the array model is told what they have to be.
`default_nettype none

module column_trim #(
  parameter int unsigned Banks     = 16,
  parameter int unsigned Entries   = 128,
  parameter int unsigned Bits      = 4,
  parameter int unsigned DataBits  = 32,
  parameter int unsigned IndexBits = 11,
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1
) (
  input  wire logic                 clk_i,
  input  wire logic                 access_i,
  input  wire logic                 write_i,
  input  wire logic [IndexBits-1:0] index_i,
  input  wire logic [DataBits-1:0]  data_i,
  output logic [DataBits-1:0]       data_o,
  input  wire logic                 start_i,
  input  wire logic [BankBits-1:0]  bank_i,
  output logic [Entries*Bits-1:0]   trim_o
);
  logic [Entries*Bits-1:0] row;

  column_row_file #(
    .Banks(Banks), .Words(Entries), .Bits(Bits), .Signed(1'b0), .DataBits(DataBits),
    .IndexBits(IndexBits)
  ) u_file (
    .clk_i(clk_i), .access_i(access_i), .write_i(write_i), .index_i(index_i), .data_i(data_i),
    .data_o(data_o), .bank_i(bank_i), .row_o(row)
  );

  always_ff @(posedge clk_i) begin
    if (start_i) trim_o <= row;
  end
endmodule

`default_nettype wire

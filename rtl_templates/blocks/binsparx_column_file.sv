// One lane's corrections: for each bank, group and output of the lane one word of Bits. One read path
// for both who read: the code in hand, and the configuration port while no code is under way.
//
// line_i = {bank, group} (each ceil(log2) bits, none for a single one). The output is the one whose
// code the lane has in hand (the column before next_column_i), or with access_i the one selected by
// output_i (one-hot, or none: data_o is then 0). A write (write_i, only with access_i) takes data_i
// into the selected register. Read combinationally. Registers have no reset: what is not written is
// undefined. Logic grows with the registers of one ADC. Golden twin: f_w and C of the binsparx scheme.
`default_nettype none

module binsparx_column_file #(
  parameter int unsigned Banks   = 16,
  parameter int unsigned Groups  = 1,
  parameter int unsigned Outputs = 8,
  parameter int unsigned Bits    = 7,
  localparam int unsigned LineBits =
      (Banks * Groups > 1) ? $clog2(Banks) + $clog2(Groups) : 1,
  localparam int unsigned ColumnBits = (Outputs > 1) ? $clog2(Outputs) : 1
) (
  input  wire logic                  clk_i,
  input  wire logic [LineBits-1:0]   line_i,
  input  wire logic [ColumnBits-1:0] next_column_i,
  input  wire logic                  access_i,
  input  wire logic                  write_i,
  input  wire logic [Outputs-1:0]    output_i,
  input  wire logic [Bits-1:0]       data_i,
  output logic [Bits-1:0]            data_o
);
  localparam int unsigned Lines     = Banks * Groups;
  localparam int unsigned LineWidth = Outputs * Bits;

  logic [Lines-1:0]           line;
  logic [Outputs-1:0]         column, selected;
  logic [Lines*LineWidth-1:0] values_q;
  logic [LineWidth-1:0]       row;

  for (genvar b = 0; b < Banks; b++) begin : gen_bank
    for (genvar g = 0; g < Groups; g++) begin : gen_group
      assign line[b*Groups + g] = line_i == LineBits'((b << $clog2(Groups)) + g);
    end
  end
  for (genvar o = 0; o < Outputs; o++) begin : gen_column
    assign column[o] = next_column_i == ColumnBits'((o + 1) % Outputs);
  end
  assign selected = access_i ? output_i : column;

  for (genvar l = 0; l < Lines; l++) begin : gen_line
    for (genvar o = 0; o < Outputs; o++) begin : gen_register
      always_ff @(posedge clk_i) begin
        if (write_i && line[l] && output_i[o]) values_q[(l*Outputs + o)*Bits +: Bits] <= data_i;
      end
    end
  end

  // The line stands through a step; only the second selection changes with each code.
  always_comb begin
    row = '0;
    for (int unsigned l = 0; l < Lines; l++) begin
      row = row | (values_q[l*LineWidth +: LineWidth] & {LineWidth{line[l]}});
    end
    data_o = '0;
    for (int unsigned o = 0; o < Outputs; o++) begin
      data_o = data_o | (row[o*Bits +: Bits] & {Bits{selected[o]}});
    end
  end
endmodule

`default_nettype wire

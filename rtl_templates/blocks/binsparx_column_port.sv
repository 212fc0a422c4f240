// Where the lanes' correction files (binsparx_column_file) meet the configuration port: which line and
// which outputs an access means, and one word from all lanes.
//
// The registers of a bank and a group are a line. index_i = {line, output}: an output takes
// ceil(log2 Outputs) bits, a line {bank, group} the others. access_i: the port reads or writes in
// this cycle, and no code is under way; line_o is then the access's, else the one of the codes
// (code_line_i). output_o selects the output that is accessed, and none otherwise. A lane gives 0
// unless one of its outputs is selected, so that the words are only or-ed: index past the lines or
// outputs reads 0. Extended to DataBits by sign (Signed) or zeros. Combinational.
// Golden twin: none (addresses); the order of entries is register_values of the binsparx scheme.
`default_nettype none

module binsparx_column_port #(
  parameter int unsigned Outputs   = 16,
  parameter int unsigned Lanes     = 16,
  parameter int unsigned Bits      = 7,
  parameter bit          Signed    = 1'b0,
  parameter int unsigned DataBits  = 32,
  parameter int unsigned IndexBits = 8,
  localparam int unsigned LineBits = (IndexBits > $clog2(Outputs)) ? IndexBits - $clog2(Outputs) : 1
) (
  // Of the configuration port
  input  wire logic                  access_i,
  input  wire logic [IndexBits-1:0]  index_i,
  output logic [DataBits-1:0]        data_o,
  // Of the codes in hand
  input  wire logic [LineBits-1:0]   code_line_i,
  // To and from the lanes
  output logic [LineBits-1:0]        line_o,
  output logic [Outputs-1:0]         output_o,
  input  wire logic [Lanes*Bits-1:0] lane_data_i
);
  localparam int unsigned OutputBits = $clog2(Outputs);
  logic [Bits-1:0] word;

  if (OutputBits > 0) begin : gen_outputs
    for (genvar o = 0; o < Outputs; o++) begin : gen_output
      assign output_o[o] = access_i && index_i[OutputBits-1:0] == OutputBits'(o);
    end
  end else begin : gen_one_output
    assign output_o = access_i;
  end
  if (IndexBits > OutputBits) begin : gen_lines
    assign line_o = access_i ? index_i[IndexBits-1:OutputBits] : code_line_i;
  end else begin : gen_one_line
    assign line_o = '0;
    logic unused_line;
    assign unused_line = ^code_line_i;
  end

  always_comb begin
    word = '0;
    for (int unsigned l = 0; l < Lanes; l++) word = word | lane_data_i[l*Bits +: Bits];
  end
  if (DataBits > Bits) begin : gen_extend
    assign data_o = {{(DataBits - Bits){Signed && word[Bits-1]}}, word};
  end else begin : gen_whole
    assign data_o = word;
  end
endmodule

`default_nettype wire

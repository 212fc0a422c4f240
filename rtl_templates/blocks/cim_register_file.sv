// SPDX-License-Identifier: Apache-2.0
// Entries registers of Bits behind the configuration port, all readable at once by the datapath.
// A write takes the low Bits of the data; a read is extended by sign (Signed) or by zeros; an index
// past the entries reads 0 and writes nothing. HasReset: every entry is Reset after reset (a
// setting that has a default); else the registers have no reset: what is not written is undefined.
// GateBits > 0: entries of at least so many bits, if they have no reset, each rest behind a
// cim_clock_gate.
`default_nettype none

module cim_register_file #(
  parameter int unsigned Entries   = 16,
  parameter int unsigned Bits      = 24,
  parameter bit          Signed    = 1'b1,
  parameter bit          HasReset  = 1'b0,
  parameter logic [Bits-1:0] Reset = '0,
  parameter int unsigned DataBits  = 32,
  parameter int unsigned IndexBits = 4,
  parameter int unsigned GateBits  = 0
) (
  input  wire logic                    clk_i,
  input  wire logic                    rst_ni,
  input  wire logic                    test_en_i,
  input  wire logic                    write_i,
  input  wire logic [IndexBits-1:0]    index_i,
  input  wire logic [DataBits-1:0]     data_i,
  output logic [DataBits-1:0]          data_o,
  output logic [Entries*Bits-1:0]      values_o
);
  if (
    Bits < 1 || Bits > DataBits || Entries < 1 || IndexBits < 1 || IndexBits < $clog2(Entries)
  ) begin : gen_check
    $error("cim_register_file: 1 <= Bits <= DataBits, IndexBits (>= 1) hold an entry's number");
  end

  localparam bit Gate = GateBits > 0 && Bits >= GateBits && !HasReset;

  logic [Entries*Bits-1:0] values_q;
  logic [Bits-1:0]         read;

  // In parts: Verilator unrolls a generate loop 3072 times at most.
  for (genvar p = 0; p < Entries; p = p + 1024) begin : gen_part
    for (genvar e = p; e < Entries && e < p + 1024; e++) begin : gen_entry
      if (HasReset) begin : gen_reset
        always_ff @(posedge clk_i or negedge rst_ni) begin
          if (!rst_ni) values_q[e*Bits +: Bits] <= Reset;
          else if (write_i && index_i == IndexBits'(e)) begin
            values_q[e*Bits +: Bits] <= data_i[Bits-1:0];
          end
        end
      end else if (Gate) begin : gen_gated
        logic            write, clk_entry;
        logic [Bits-1:0] value_q;
        assign write = write_i && index_i == IndexBits'(e);
        cim_clock_gate u_gate (
          .clk_i(clk_i), .en_i(write), .test_en_i(test_en_i), .clk_o(clk_entry)
        );
        always_ff @(posedge clk_entry) value_q <= data_i[Bits-1:0];
        assign values_q[e*Bits +: Bits] = value_q;
      end else begin : gen_plain
        always_ff @(posedge clk_i) begin
          if (write_i && index_i == IndexBits'(e)) values_q[e*Bits +: Bits] <= data_i[Bits-1:0];
        end
      end
    end
  end
  always_comb begin
    read = '0;
    for (int unsigned e = 0; e < Entries; e++) begin
      if (index_i == IndexBits'(e)) read = read | values_q[e*Bits +: Bits];
    end
  end
  assign values_o = values_q;

  if (DataBits > Bits) begin : gen_extend
    assign data_o = {{(DataBits - Bits){Signed && read[Bits-1]}}, read};
    logic unused_data;
    assign unused_data = ^data_i[DataBits-1:Bits];
  end else begin : gen_whole
    assign data_o = read;
  end

  if (!HasReset) begin : gen_unused
    logic unused_reset;
    assign unused_reset = rst_ni;
  end
  logic unused_test;
  assign unused_test = test_en_i;
endmodule

`default_nettype wire

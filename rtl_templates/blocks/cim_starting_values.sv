// SPDX-License-Identifier: Apache-2.0
// What a vector's sums start from: the bias (HasBias: one register an output, behind the
// configuration port), values from a former macro (HasChain: cim_chain_input, which adds the bias),
// or neither, then zeros that nothing reads.
//
// ok_o: the next vector's starting values are there. ahead_o: a vector has begun on the chain
// stream only; it must be let through on the input stream. Golden twin: the starting value of
// golden::run_reference.
`default_nettype none

module cim_starting_values #(
  parameter int unsigned Outputs      = 16,
  parameter int unsigned Bits         = 24,
  parameter int unsigned BeatElements = 1,
  parameter bit          HasBias      = 1'b0,
  parameter bit          HasChain     = 1'b0,
  parameter int unsigned MostWaiting  = 4,
  parameter int unsigned DataBits     = 32,
  parameter int unsigned IndexBits    = 4,
  parameter int unsigned GateBits     = 0
) (
  input  wire logic                         clk_i,
  input  wire logic                         rst_ni,
  input  wire logic                         test_en_i,
  // The bias's registers
  input  wire logic                         write_i,
  input  wire logic [IndexBits-1:0]         index_i,
  input  wire logic [DataBits-1:0]          wdata_i,
  output logic [DataBits-1:0]               rdata_o,
  // Chain stream
  input  wire logic                         chain_valid_i,
  output logic                              chain_ready_o,
  input  wire logic [BeatElements*Bits-1:0] chain_data_i,
  input  wire logic [BeatElements-1:0]      chain_saturated_i,
  // Vectors
  input  wire logic                         block_i,
  input  wire logic                         vector_begin_i,
  input  wire logic                         claim_i,
  input  wire logic                         pop_i,
  output logic                              ahead_o,
  output logic                              ok_o,
  output logic [Outputs*Bits-1:0]           values_o,
  output logic [Outputs-1:0]                saturated_o
);
  localparam int unsigned BiasBits = HasBias ? Outputs * Bits : 1;
  logic [BiasBits-1:0] bias;

  if (HasBias) begin : gen_bias
    cim_register_file #(
      .Entries(Outputs),
      .Bits(Bits),
      .Signed(1'b1),
      .DataBits(DataBits),
      .IndexBits(IndexBits),
      .GateBits(GateBits)
    ) u_bias (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .write_i(write_i),
      .index_i(index_i),
      .data_i(wdata_i),
      .data_o(rdata_o),
      .values_o(bias)
    );
  end else begin : gen_no_bias
    assign bias    = 1'b0;
    assign rdata_o = '0;
  end

  if (HasChain) begin : gen_chain
    cim_chain_input #(
      .Outputs(Outputs),
      .ResultBits(Bits),
      .BeatElements(BeatElements),
      .HasBias(HasBias),
      .MostWaiting(MostWaiting),
      .GateBits(GateBits)
    ) u_chain_input (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .block_i(block_i),
      .vector_begin_i(vector_begin_i),
      .valid_i(chain_valid_i),
      .ready_o(chain_ready_o),
      .data_i(chain_data_i),
      .saturated_i(chain_saturated_i),
      .bias_i(bias),
      .ahead_o(ahead_o),
      .valid_o(ok_o),
      .claim_i(claim_i),
      .pop_i(pop_i),
      .start_o(values_o),
      .start_saturated_o(saturated_o)
    );
  end else begin : gen_no_chain
    assign chain_ready_o = 1'b0;
    assign ahead_o       = 1'b0;
    assign ok_o          = 1'b1;
    assign saturated_o   = '0;
    if (HasBias) begin : gen_values
      assign values_o = bias;
    end else begin : gen_zeros
      assign values_o = {Outputs{{Bits{1'b0}}}};  // '0: Verilator warns above 8192 bits
    end
  end

  logic unused;
  assign unused = ^{clk_i, rst_ni, test_en_i, write_i, index_i, wdata_i, chain_valid_i,
                    chain_data_i, chain_saturated_i, block_i, vector_begin_i, claim_i, pop_i, bias,
                    32'(MostWaiting)};
endmodule

`default_nettype wire

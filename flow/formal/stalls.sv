// SPDX-License-Identifier: Apache-2.0
// The environment of a periphery, for the proof that it never stalls (flow/formal.sh): every input
// is free in every cycle, within what the ports promise (assumptions), and the assertions say that
// something moves.
//
// Assumed. Streams, configuration port, weight port: valid stands until it is taken, and an access
// with it; first_i and rows_i as the input stream's header demands. ADCs: no more than Latency - 1
// cycles not ready for a request that stands, not ready while it converts, an answer to each
// conversion in its cycle Latency at the latest, none to nothing. The array's weight port: no more
// than Latency - 1 cycles not ready, read data Latency cycles later at the latest. Vectors, tiles,
// banks, data, codes, starting values, accesses and their addresses are free.
//
// Asserted. moves: the environment answers for Still cycles in a row, and in none of them a beat of
// a stream or an access that waits its turn is taken, never. The environment answers in a cycle in
// which the output is ready, starting values are offered (HasChain), and a beat is offered; instead
// of the last, a whole vector may be inside (it must come out though nothing follows), or without a
// chain an access may wait between two vectors. An access that holds nothing back (a read that need
// not wait) does not count as something that moves. kept: no more results come out than went in.
//
// CHAIN, TRIM, ASYNC: the ports that a config may have. NARROW, for deep searches: no weight access, no
// reads, an output that is always ready, vectors of one tile; a stall found so is one all the same.
`default_nettype none

module stalls #(
  parameter int unsigned Still     = 24,
  parameter int unsigned Latency   = 2,
  localparam int unsigned ReadyWait = Latency - 1
) (
  input wire logic                                   clk_i,
  input wire logic                                   in_valid_i,
  input wire logic [dut_pkg::InWidth-1:0]            in_data_i,
  input wire logic [dut_pkg::BankBits-1:0]           in_bank_i,
  input wire logic                                   in_first_i,
  input wire logic                                   in_last_i,
  input wire logic [dut_pkg::RowsBits-1:0]           in_rows_i,
  input wire logic                                   chain_valid_i,
  input wire logic [dut_pkg::ChainWidth-1:0]         chain_data_i,
  input wire logic [dut_pkg::OutBeat-1:0]            chain_saturated_i,
  input wire logic                                   out_ready_i,
  input wire logic                                   cfg_valid_i,
  input wire logic                                   cfg_write_i,
  input wire logic [dut_pkg::AddrBits-1:0]           cfg_addr_i,
  input wire logic [dut_pkg::DataBits-1:0]           cfg_data_i,
  input wire logic                                   weight_valid_i,
  input wire logic                                   weight_write_i,
  input wire logic [dut_pkg::BankBits-1:0]           weight_bank_i,
  input wire logic [dut_pkg::RowBits-1:0]            weight_row_i,
  input wire logic [dut_pkg::WordAddrBits-1:0]       weight_word_i,
  input wire logic [dut_pkg::WeightWidth-1:0]        weight_data_i,
  input wire logic [dut_pkg::Adcs-1:0]               adc_req_ready_i,
  input wire logic [dut_pkg::Adcs-1:0]               adc_resp_valid_i,
  input wire logic [dut_pkg::CodeWidth-1:0]          adc_resp_code_i,
  input wire logic                                   array_weight_ready_i,
  input wire logic                                   array_weight_rvalid_i,
  input wire logic [dut_pkg::WeightWidth-1:0]        array_weight_rdata_i
);
  localparam int unsigned StillBits  = $clog2(Still + 1);
  localparam int unsigned AgeBits    = $clog2(Latency + ReadyWait + 2);
  localparam int unsigned InsideBits = $clog2(dut_pkg::MostVectors + 4);

  logic rst_ni;
  initial rst_ni = 1'b0;
  always_ff @(posedge clk_i) rst_ni <= 1'b1;

  logic in_ready, chain_ready, out_valid, out_last, cfg_ready, weight_ready;
  logic array_weight_valid, array_weight_write;
  logic [dut_pkg::Adcs-1:0] adc_req_valid;

  dut_periphery u_dut (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .in_valid_i(in_valid_i),
    .in_ready_o(in_ready),
    .in_data_i(in_data_i),
    .in_bank_i(in_bank_i),
    .in_first_i(in_first_i),
    .in_last_i(in_last_i),
    .in_rows_i(in_rows_i),
`ifdef CHAIN
    .chain_valid_i(chain_valid_i),
    .chain_ready_o(chain_ready),
    .chain_data_i(chain_data_i),
    .chain_saturated_i(chain_saturated_i),
`endif
    .out_valid_o(out_valid),
    .out_ready_i(out_ready_i),
    .out_data_o(),
    .out_saturated_o(),
    .out_last_o(out_last),
    .cfg_valid_i(cfg_valid_i),
    .cfg_ready_o(cfg_ready),
    .cfg_write_i(cfg_write_i),
    .cfg_addr_i(cfg_addr_i),
    .cfg_data_i(cfg_data_i),
    .cfg_rvalid_o(),
    .cfg_rdata_o(),
    .weight_valid_i(weight_valid_i),
    .weight_ready_o(weight_ready),
    .weight_write_i(weight_write_i),
    .weight_bank_i(weight_bank_i),
    .weight_row_i(weight_row_i),
    .weight_word_i(weight_word_i),
    .weight_data_i(weight_data_i),
    .weight_rvalid_o(),
    .weight_rdata_o(),
    .array_precharge_o(),
    .array_sample_o(),
    .array_hold_o(),
    .array_bank_o(),
    .array_row_en_o(),
    .array_row_drive_o(),
`ifdef TRIM
    .array_trim_o(),
`endif
    .adc_req_valid_o(adc_req_valid),
`ifndef ASYNC
    .adc_req_ready_i(adc_req_ready_i),
`endif
    .adc_req_column_o(),
    .adc_resp_valid_i(adc_resp_valid_i),
    .adc_resp_code_i(adc_resp_code_i),
    .array_weight_valid_o(array_weight_valid),
    .array_weight_ready_i(array_weight_ready_i),
    .array_weight_write_o(array_weight_write),
    .array_weight_bank_o(),
    .array_weight_row_o(),
    .array_weight_word_o(),
    .array_weight_data_o(),
    .array_weight_rvalid_i(array_weight_rvalid_i),
    .array_weight_rdata_i(array_weight_rdata_i)
  );
`ifndef CHAIN
  assign chain_ready = 1'b0;
`endif

  // ---- Handshakes ----
  logic in_taken, chain_taken, out_taken, cfg_taken, weight_taken;
  assign in_taken     = in_valid_i && in_ready;
  assign chain_taken  = chain_valid_i && chain_ready;
  assign out_taken    = out_valid && out_ready_i;
  assign cfg_taken    = cfg_valid_i && cfg_ready;
  assign weight_taken = weight_valid_i && weight_ready;

  // What waited in the former cycle still stands, unchanged.
  logic in_waits_q, chain_waits_q, cfg_waits_q, weight_waits_q;
  logic cfg_write_q, weight_write_q;
  logic [dut_pkg::AddrBits-1:0] cfg_addr_q;
  logic [dut_pkg::BankBits-1:0] weight_bank_q;
  always_ff @(posedge clk_i) begin
    in_waits_q     <= rst_ni && in_valid_i && !in_ready;
    chain_waits_q  <= rst_ni && chain_valid_i && !chain_ready;
    cfg_waits_q    <= rst_ni && cfg_valid_i && !cfg_ready;
    weight_waits_q <= rst_ni && weight_valid_i && !weight_ready;
    cfg_write_q    <= cfg_write_i;
    cfg_addr_q     <= cfg_addr_i;
    weight_write_q <= weight_write_i;
    weight_bank_q  <= weight_bank_i;
  end
  always_comb begin
    if (rst_ni) begin
      if (in_waits_q) assume (in_valid_i);
      if (chain_waits_q) assume (chain_valid_i);
      if (cfg_waits_q) begin
        assume (cfg_valid_i && cfg_write_i == cfg_write_q && cfg_addr_i == cfg_addr_q);
      end
      if (weight_waits_q) begin
        assume (weight_valid_i && weight_write_i == weight_write_q
                && weight_bank_i == weight_bank_q);
      end
    end
  end

`ifdef NARROW
  always_comb begin
    assume (!weight_valid_i);
    assume (cfg_write_i || !cfg_valid_i);
    assume (out_ready_i);
    assume (in_last_i);
  end
`endif

  // ---- Input stream: tiles of one or more beats, vectors of one or more tiles ----
  logic partial_q, open_q, tile_last_q;
  logic [dut_pkg::RowsBits-1:0] left_q, left;
  logic last_beat, vector_taken;
  assign left      = partial_q ? left_q : in_rows_i;
  assign last_beat = 32'(left) <= dut_pkg::InBeat;
  assign vector_taken = in_taken && last_beat && (partial_q ? tile_last_q : in_last_i);
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      partial_q <= 1'b0;
      open_q    <= 1'b0;
    end else if (in_taken) begin
      partial_q <= !last_beat;
      left_q    <= left - dut_pkg::RowsBits'(dut_pkg::InBeat);
      if (!partial_q) begin
        open_q      <= !in_last_i;
        tile_last_q <= in_last_i;
      end
    end
  end
  always_comb begin
    assume (32'(in_rows_i) >= 1 && 32'(in_rows_i) <= dut_pkg::Rows);
    if (rst_ni && !partial_q) assume (in_first_i == !open_q);
  end

  // ---- ADCs ----
  for (genvar a = 0; a < dut_pkg::Adcs; a++) begin : gen_adc
    logic [AgeBits-1:0] age_q;  // cycles that a request or a conversion has taken
`ifdef ASYNC
    // Four phases: the acknowledge follows the request up and down.
    logic acknowledged_q, follows;
    assign follows = adc_resp_valid_i[a] != acknowledged_q;
    always_ff @(posedge clk_i) begin
      acknowledged_q <= rst_ni && adc_resp_valid_i[a];
      age_q <= (!rst_ni || follows || adc_req_valid[a] == acknowledged_q) ? '0
                                                                           : age_q + AgeBits'(1);
    end
    always_comb begin
      if (!rst_ni) begin
        assume (!adc_resp_valid_i[a]);
      end else begin
        if (adc_req_valid[a] == acknowledged_q) assume (!follows);
        if (age_q == AgeBits'(Latency - 1) && adc_req_valid[a] != acknowledged_q) assume (follows);
      end
    end
`else
    logic running_q, taken, converts;
    assign taken    = adc_req_valid[a] && adc_req_ready_i[a];
    assign converts = taken || running_q;
    always_ff @(posedge clk_i) begin
      running_q <= rst_ni && converts && !adc_resp_valid_i[a];
      if (!rst_ni || adc_resp_valid_i[a]) age_q <= '0;
      else if (taken) age_q <= AgeBits'(1);
      else if (adc_req_valid[a] || running_q) age_q <= age_q + AgeBits'(1);
    end
    always_comb begin
      if (running_q) assume (!adc_req_ready_i[a]);
      if (!converts) assume (!adc_resp_valid_i[a]);
      if (converts && (taken ? Latency == 1 : age_q == AgeBits'(Latency - 1))) begin
        assume (adc_resp_valid_i[a]);
      end
      if (adc_req_valid[a] && !running_q && age_q == AgeBits'(ReadyWait)) begin
        assume (adc_req_ready_i[a]);
      end
    end
`endif
  end

  // ---- The array's weight port ----
  logic reads_q, access_taken, reads;
  logic [AgeBits-1:0] access_age_q;
  assign access_taken = array_weight_valid && array_weight_ready_i;
  assign reads        = reads_q || (access_taken && !array_weight_write);
  always_ff @(posedge clk_i) begin
    reads_q <= rst_ni && reads && !array_weight_rvalid_i;
    if (!rst_ni || access_taken || array_weight_rvalid_i) access_age_q <= '0;
    else if (array_weight_valid || reads_q) access_age_q <= access_age_q + AgeBits'(1);
  end
  always_comb begin
    if (!reads) assume (!array_weight_rvalid_i);
    if (reads_q && access_age_q == AgeBits'(Latency - 1)) assume (array_weight_rvalid_i);
    if (array_weight_valid && access_age_q == AgeBits'(ReadyWait)) assume (array_weight_ready_i);
  end

  // ---- What must hold ----
  logic answers, moves, waits;
  assign waits = (cfg_valid_i && !cfg_ready) || (weight_valid_i && !weight_ready);
  logic [StillBits-1:0]  still_q;
  logic [InsideBits-1:0] inside_q;  // whole vectors taken, their last result beat not yet
  assign moves = in_taken || chain_taken || out_taken || weight_taken
              || (cfg_taken && (cfg_write_i || dut_pkg::ReadWait != '0));
`ifdef CHAIN
  assign answers = out_ready_i && chain_valid_i && (in_valid_i || inside_q != '0);
`else
  assign answers = out_ready_i && (in_valid_i || inside_q != '0
                                   || (waits && !open_q && !partial_q));
`endif
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      still_q  <= '0;
      inside_q <= '0;
    end else begin
      still_q  <= (!answers || moves) ? '0 : still_q + StillBits'(1);
      inside_q <= inside_q + InsideBits'(vector_taken) - InsideBits'(out_taken && out_last);
    end
  end
  always_comb begin
    if (rst_ni) begin
      assert (32'(still_q) < Still);
      assert (inside_q != '0 || !(out_taken && out_last));
      assert (32'(inside_q) <= dut_pkg::MostVectors + 2);
    end
  end

  // Not for want of anything that moves: a second result comes out.
  logic result_q;
  always_ff @(posedge clk_i) result_q <= rst_ni && (result_q || (out_taken && out_last));
  always_comb cover (rst_ni && result_q && out_taken && out_last);
endmodule

`default_nettype wire

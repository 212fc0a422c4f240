// SPDX-License-Identifier: Apache-2.0
// Two generated macros in a row, `first` and `second`, no software between: the output stream of one
// is the input stream of the other (equal beats and widths; a vector is one tile of all its rows).
// Loads registers and cells of both through their ports, sends the vectors with gaps, takes the
// results with stalls, compares every beat. Files of the test that runs it: <name>_cfg.hex
// {address, data}, <name>_cells.hex (a row a word, bank 0), inputs.hex, joined.hex and expected.hex
// (a beat a word: into the first, between the two, out of the second). Prints PASS and the count of results, or what differs.
`default_nettype none

module bench;
  localparam int unsigned Vectors  = `VECTORS;
  localparam int unsigned InBeats  = (first_pkg::Rows + first_pkg::InBeat - 1) / first_pkg::InBeat;
  localparam int unsigned JoinBeats = (first_pkg::Outputs + first_pkg::OutBeat - 1) / first_pkg::OutBeat;
  localparam int unsigned OutBeats = (second_pkg::Outputs + second_pkg::OutBeat - 1) / second_pkg::OutBeat;
  localparam int unsigned MaxWords = 4096;

  if (first_pkg::OutWidth != second_pkg::InWidth || first_pkg::Outputs != second_pkg::Rows
      || first_pkg::OutBeat != second_pkg::InBeat) begin : gen_check
    $error("bench: the streams do not fit each other");
  end

  logic clk = 1'b0, rst_n = 1'b0;
  always #5 clk = ~clk;

  // Files
  logic [63:0] first_cfg [MaxWords], second_cfg [MaxWords];
  logic [first_pkg::WeightWidth-1:0] first_cells [first_pkg::Rows];
  logic [second_pkg::WeightWidth-1:0] second_cells [second_pkg::Rows];
  logic [first_pkg::InWidth-1:0] inputs [Vectors*InBeats];
  logic [first_pkg::OutWidth-1:0] joined [Vectors*JoinBeats];
  logic [second_pkg::OutWidth-1:0] expected [Vectors*OutBeats];

  // Ports
  logic first_cfg_valid = 0, first_cfg_ready, second_cfg_valid = 0, second_cfg_ready;
  logic [first_pkg::AddrBits-1:0] first_cfg_addr;
  logic [first_pkg::DataBits-1:0] first_cfg_data;
  logic [second_pkg::AddrBits-1:0] second_cfg_addr;
  logic [second_pkg::DataBits-1:0] second_cfg_data;
  logic first_cell_valid = 0, first_cell_ready, second_cell_valid = 0, second_cell_ready;
  logic [first_pkg::RowBits-1:0] first_row;
  logic [second_pkg::RowBits-1:0] second_row;
  logic [first_pkg::WeightWidth-1:0] first_cell;
  logic [second_pkg::WeightWidth-1:0] second_cell;
  logic in_valid = 0, in_ready, out_valid, out_ready = 0;
  logic [first_pkg::InWidth-1:0] in_data;
  logic [second_pkg::OutWidth-1:0] out_data;

  // Between the two
  logic join_valid, join_ready;
  logic [first_pkg::OutWidth-1:0] join_data;

  first u_first (
    .clk_i(clk), .rst_ni(rst_n),
    .in_valid_i(in_valid), .in_ready_o(in_ready), .in_data_i(in_data), .in_bank_i('0),
    .in_first_i(1'b1), .in_last_i(1'b1), .in_rows_i(first_pkg::RowsBits'(first_pkg::Rows)),
    .out_valid_o(join_valid), .out_ready_i(join_ready), .out_data_o(join_data),
    .out_saturated_o(), .out_last_o(),
    .cfg_valid_i(first_cfg_valid), .cfg_ready_o(first_cfg_ready), .cfg_write_i(1'b1),
    .cfg_addr_i(first_cfg_addr), .cfg_data_i(first_cfg_data), .cfg_rvalid_o(), .cfg_rdata_o(),
    .weight_valid_i(first_cell_valid), .weight_ready_o(first_cell_ready), .weight_write_i(1'b1),
    .weight_bank_i('0), .weight_row_i(first_row), .weight_word_i('0), .weight_data_i(first_cell),
    .weight_rvalid_o(), .weight_rdata_o()
  );

  second u_second (
    .clk_i(clk), .rst_ni(rst_n),
    .in_valid_i(join_valid), .in_ready_o(join_ready), .in_data_i(join_data), .in_bank_i('0),
    .in_first_i(1'b1), .in_last_i(1'b1), .in_rows_i(second_pkg::RowsBits'(second_pkg::Rows)),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_data_o(out_data),
    .out_saturated_o(), .out_last_o(),
    .cfg_valid_i(second_cfg_valid), .cfg_ready_o(second_cfg_ready), .cfg_write_i(1'b1),
    .cfg_addr_i(second_cfg_addr), .cfg_data_i(second_cfg_data), .cfg_rvalid_o(), .cfg_rdata_o(),
    .weight_valid_i(second_cell_valid), .weight_ready_o(second_cell_ready), .weight_write_i(1'b1),
    .weight_bank_i('0), .weight_row_i(second_row), .weight_word_i('0), .weight_data_i(second_cell),
    .weight_rvalid_o(), .weight_rdata_o()
  );

  // A word at a time; valid stands until the edge at which ready is seen.
  task automatic load_first;
    for (int unsigned i = 0; i < `FIRST_WORDS; i++) begin
      first_cfg_addr = first_cfg[i][32 +: first_pkg::AddrBits];
      first_cfg_data = first_pkg::DataBits'(first_cfg[i][31:0]);
      first_cfg_valid = 1'b1;
      do @(posedge clk); while (!first_cfg_ready);
      #1 first_cfg_valid = 1'b0;
    end
    for (int unsigned r = 0; r < first_pkg::Rows; r++) begin
      first_row = first_pkg::RowBits'(r);
      first_cell = first_cells[r];
      first_cell_valid = 1'b1;
      do @(posedge clk); while (!first_cell_ready);
      #1 first_cell_valid = 1'b0;
    end
  endtask

  task automatic load_second;
    for (int unsigned i = 0; i < `SECOND_WORDS; i++) begin
      second_cfg_addr = second_cfg[i][32 +: second_pkg::AddrBits];
      second_cfg_data = second_pkg::DataBits'(second_cfg[i][31:0]);
      second_cfg_valid = 1'b1;
      do @(posedge clk); while (!second_cfg_ready);
      #1 second_cfg_valid = 1'b0;
    end
    for (int unsigned r = 0; r < second_pkg::Rows; r++) begin
      second_row = second_pkg::RowBits'(r);
      second_cell = second_cells[r];
      second_cell_valid = 1'b1;
      do @(posedge clk); while (!second_cell_ready);
      #1 second_cell_valid = 1'b0;
    end
  endtask

  logic loaded = 1'b0;
  int unsigned taken = 0, wrong = 0;

  initial begin
    $readmemh("first_cfg.hex", first_cfg);
    $readmemh("second_cfg.hex", second_cfg);
    $readmemh("first_cells.hex", first_cells);
    $readmemh("second_cells.hex", second_cells);
    $readmemh("inputs.hex", inputs);
    $readmemh("joined.hex", joined);
    $readmemh("expected.hex", expected);
    repeat (3) @(posedge clk);
    #1 rst_n = 1'b1;
    load_first();
    load_second();
    loaded = 1'b1;
    for (int unsigned i = 0; i < Vectors * InBeats; i++) begin
      in_data = inputs[i];
      in_valid = 1'b1;
      do @(posedge clk); while (!in_ready);
      #1 in_valid = 1'b0;
      if ($urandom_range(7) == 0) begin
        repeat ($urandom_range(20)) @(posedge clk);
        #1;
      end
    end
  end

  // What passes between the two
  int unsigned passed = 0;
  always @(posedge clk) begin
    if (join_valid && join_ready) begin
      if (join_data !== joined[passed]) begin
        wrong++;
        if (wrong <= 4) $display("beat %0d between: found %h, expected %h", passed, join_data, joined[passed]);
      end
      passed++;
    end
  end

  // Results, with stalls short and long
  initial begin
    wait (loaded);
    while (taken < Vectors * OutBeats) begin
      #1 out_ready = 1'b0;
      if ($urandom_range(63) == 0) repeat ($urandom_range(200)) @(posedge clk);
      #1 out_ready = ($urandom_range(3) != 0);
      @(posedge clk);
      if (out_valid && out_ready) begin
        if (out_data !== expected[taken]) begin
          wrong++;
          if (wrong <= 4) $display("beat %0d: found %h, expected %h", taken, out_data, expected[taken]);
        end
        taken++;
      end
    end
    if (wrong == 0) $display("PASS %0d beats", taken);
    else $display("FAIL %0d of %0d beats", wrong, taken);
    $finish;
  end

  initial begin
    repeat (2000000) @(posedge clk);
    $display("FAIL: no end after %0d beats", taken);
    $finish;
  end
endmodule

`default_nettype wire

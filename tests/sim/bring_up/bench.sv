// SPDX-License-Identifier: Apache-2.0
// Brings up a macro whose ADCs are dead, late or too early (array.sv), as a host would, by its ports.
// Prints each thing that is not as it should be, and PASS or FAIL.
`default_nettype none

module bench;
  localparam int unsigned Most = 4000;  // cycles that anything may take
  localparam int unsigned T = 40;       // of the time-out register

  logic clk = 1'b0, rst_n = 1'b0;
  always #5 clk = ~clk;

  int unsigned mode [macro_pkg::Adcs];
  int unsigned late = 300;

  logic in_valid = 0, in_ready, in_first = 1, in_last = 1, out_valid, out_ready = 0, test_mode = 0;
  logic [macro_pkg::InWidth-1:0] in_data = '0;
  logic [macro_pkg::RowsBits-1:0] in_rows = macro_pkg::RowsBits'(macro_pkg::Rows);
  logic [macro_pkg::OutWidth-1:0] out_data;
  logic cfg_valid = 0, cfg_ready, cfg_write = 0, cfg_rvalid;
  logic [macro_pkg::AddrBits-1:0] cfg_addr = '0;
  logic [31:0] cfg_data = '0, cfg_rdata;

  macro u_macro (
    .clk_i(clk), .rst_ni(rst_n), .test_mode_i(test_mode),
    .in_valid_i(in_valid), .in_ready_o(in_ready), .in_data_i(in_data), .in_bank_i(1'b0),
    .in_first_i(in_first), .in_last_i(in_last), .in_rows_i(in_rows),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_data_o(out_data),
    .out_saturated_o(), .out_last_o(),
    .cfg_valid_i(cfg_valid), .cfg_ready_o(cfg_ready), .cfg_write_i(cfg_write),
    .cfg_addr_i(cfg_addr), .cfg_data_i(cfg_data), .cfg_rvalid_o(cfg_rvalid),
    .cfg_rdata_o(cfg_rdata),
    .weight_valid_i(1'b0), .weight_ready_o(), .weight_write_i(1'b0), .weight_bank_i('0),
    .weight_row_i('0), .weight_word_i('0), .weight_data_i('0), .weight_rvalid_o(),
    .weight_rdata_o()
  );

  int unsigned wrong = 0;
  string       now;
  task automatic same(input string what, input int found, input int expected);
    if (found == expected) return;
    wrong++;
    $display("bench: %s: %s: found %0d, expected %0d", now, what, found, expected);
  endtask

  // ---- Ports ----
  task automatic write(input logic [macro_pkg::AddrBits-1:0] addr, input int unsigned data);
    #1 cfg_valid = 1; cfg_write = 1; cfg_addr = addr; cfg_data = data;
    do @(posedge clk); while (!cfg_ready);
    #1 cfg_valid = 0;
  endtask
  task automatic read(input logic [macro_pkg::AddrBits-1:0] addr, output int data);
    #1 cfg_valid = 1; cfg_write = 0; cfg_addr = addr;
    do @(posedge clk); while (!cfg_ready);
    #1 cfg_valid = 0;
    @(posedge clk);
    data = cfg_rdata;
    if (!cfg_rvalid) same("rvalid", 0, 1);
  endtask
  task automatic expect_read(input string what, input logic [macro_pkg::AddrBits-1:0] addr,
                             input int expected);
    int found;
    read(addr, found);
    same(what, found, expected);
  endtask
  task automatic send(input logic [7:0] data);
    #1 in_data = data; in_valid = 1;
    do @(posedge clk); while (!in_ready);
    #1 in_valid = 0;
  endtask
  // Cycles until it is there; 0: Most of them were not enough.
  task automatic receive(output int unsigned cycles);
    cycles = 0;
    #1 out_ready = 1;
    for (int unsigned i = 1; i <= Most; i++) begin
      @(posedge clk);
      if (out_valid) begin
        cycles = i;
        break;
      end
    end
    results = out_data;
    #1 out_ready = 0;
  endtask
  logic [macro_pkg::OutWidth-1:0] results;
  function automatic int result(input int unsigned o);
    logic signed [macro_pkg::OutBits-1:0] value;
    value = results[o*macro_pkg::OutBits +: macro_pkg::OutBits];
    return 32'(value);
  endfunction

  // ---- What has to come: rows of 2-bit inputs, two planes, the second one negative ----
  function automatic int code_of(input int unsigned a, input int unsigned c, input int unsigned n);
    return (n + 3*a + c) % 16;
  endfunction
  function automatic int sum_of(input int unsigned a, input logic [7:0] data);
    int unsigned n;
    sum_of = 0;
    for (int t = 0; t < 2; t++) begin
      n = $countones(data & (t == 0 ? 8'h55 : 8'haa));
      sum_of += (code_of(a, 0, n) - 2 * code_of(a, 1, n)) * (1 << t);
    end
  endfunction
  // A vector through the macro; ADCs in `out` count 0.
  task automatic vector(input string what, input logic [7:0] data, input logic [2:0] out,
                        output int unsigned cycles);
    send(data);
    receive(cycles);
    if (cycles == 0) same({what, ": an end"}, 0, 1);
    else for (int unsigned o = 0; o < 3; o++) begin
      same($sformatf("%s: output %0d", what, o), result(o), out[o] ? 0 : sum_of(o, data));
    end
  endtask
  task automatic reset(input string name);
    now = name;
    #1 rst_n = 0;
    for (int a = 0; a < 3; a++) mode[a] = 0;
    repeat (3) @(posedge clk);
    #1 rst_n = 1;
  endtask

  int unsigned cycles, healthy;
  int found;
  initial begin
    reset("healthy");
    vector("first", 8'h5b, 3'b000, cycles);
    vector("second", 8'he4, 3'b000, healthy);
    for (int unsigned a = 0; a < 3; a++) begin
      expect_read("count", macro_regs_pkg::adc_count_addr(a), 8);
      expect_read("last code", macro_regs_pkg::adc_code_addr(a), code_of(a, 1, $countones(8'he4 & 8'haa)));
      expect_read("flags", macro_regs_pkg::adc_flags_addr(a), 0);
    end
    expect_read("status", macro_regs_pkg::StatusBase[macro_pkg::AddrBits-1:0], 0);

    for (int unsigned m = 1; m <= 2; m++) begin
      reset($sformatf("dead, mode %0d", m));
      write(macro_regs_pkg::adc_timeout_addr(0), T);
      mode[1] = m;
      vector("ends", 8'h5b, 3'b010, cycles);
      if (cycles > healthy + 2*T + 4 || cycles < T) same("cycles", cycles, healthy + 2*T + 4);
      vector("waits no more", 8'h27, 3'b010, cycles);
      if (cycles > healthy) same("cycles", cycles, healthy);
      expect_read("flags", macro_regs_pkg::adc_flags_addr(1), 1);
      expect_read("flags of another", macro_regs_pkg::adc_flags_addr(0), 0);
      expect_read("status", macro_regs_pkg::status_addr(0), 4);
      write(macro_regs_pkg::adc_flags_addr(1), 1);
      vector("again", 8'hff, 3'b010, cycles);
      expect_read("flags again", macro_regs_pkg::adc_flags_addr(1), 1);

      reset($sformatf("dead without a time-out, mode %0d", m));
      mode[1] = m;
      send(8'h5b);
      receive(cycles);
      same("it hangs", cycles, 0);
      expect_read("busy", macro_regs_pkg::status_addr(0), 1);
      write(macro_regs_pkg::adc_mask_addr(1), 1);
      receive(cycles);
      same("output 0", result(0), sum_of(0, 8'h5b));
      same("output 1", result(1), 0);
      expect_read("idle", macro_regs_pkg::status_addr(0), 0);
    end

    // Answers 300 cycles after it was asked; by then it is out, in, and asked anew.
    for (int unsigned wait_cycles = 0; wait_cycles <= 330; wait_cycles += 55) begin
      reset($sformatf("late, %0d cycles", wait_cycles));
      write(macro_regs_pkg::adc_timeout_addr(0), T);
      mode[1] = 3;
      vector("ends", 8'h5b, 3'b010, cycles);
      expect_read("flags", macro_regs_pkg::adc_flags_addr(1), 1);
      mode[1] = 0;
      repeat (wait_cycles) @(posedge clk);
      write(macro_regs_pkg::adc_flags_addr(1), 1);
      for (int unsigned v = 0; v < 12; v++) begin
        // Still in debt: flagged again, 0. Else codes of its own.
        send(8'h31 + 8'(v));
        receive(cycles);
        read(macro_regs_pkg::adc_flags_addr(1), found);
        same("output 1", result(1), found[0] ? 0 : sum_of(1, 8'h31 + 8'(v)));
        same("output 2", result(2), sum_of(2, 8'h31 + 8'(v)));
        if (found[0]) begin
          repeat (60) @(posedge clk);
          write(macro_regs_pkg::adc_flags_addr(1), 1);
        end
      end
      same("well at last", found[0], 0);
    end

`ifdef ASYNC
    reset("an acknowledge that never falls");
    write(macro_regs_pkg::adc_timeout_addr(0), T);
    mode[1] = 5;
    send(8'h5b);
    receive(cycles);
    if (cycles == 0) same("an end", 0, 1);
    same("output 2", result(2), sum_of(2, 8'h5b));
    expect_read("flags", macro_regs_pkg::adc_flags_addr(1), 1);
    vector("waits no more", 8'h27, 3'b010, cycles);
`else
    reset("too early");
    mode[0] = 4;
    mode[2] = 4;
    for (int unsigned v = 0; v < 20; v++) vector("sums", 8'h1d * 8'(v), 3'b000, cycles);
    expect_read("flags", macro_regs_pkg::adc_flags_addr(0), 4);
    expect_read("flags of another", macro_regs_pkg::adc_flags_addr(1), 0);
    expect_read("status", macro_regs_pkg::status_addr(0), 16);
`endif

    reset("mask");
    write(macro_regs_pkg::adc_mask_addr(2), 1);
    for (int unsigned v = 0; v < 8; v++) vector("masked", 8'h1d * 8'(v), 3'b100, cycles);
    expect_read("count", macro_regs_pkg::adc_count_addr(2), 0);
    write(macro_regs_pkg::adc_mask_addr(2), 0);
    vector("back", 8'h5b, 3'b000, cycles);
    expect_read("count", macro_regs_pkg::adc_count_addr(2), 4);

    reset("single steps");
    write(macro_regs_pkg::step_rows_addr(0), 4'b1011);
    write(macro_regs_pkg::step_drive_addr(0), 1);
    write(macro_regs_pkg::step_start_addr(0), 1);
    expect_read("stepping", macro_regs_pkg::status_addr(0), 3);
    do read(macro_regs_pkg::status_addr(0), found); while (found[0]);
    same("status", found, 0);
    for (int unsigned c = 0; c < 6; c++) begin
      expect_read("code", macro_regs_pkg::step_code_addr(c), code_of(c / 2, c % 2, 3));
    end
    write(macro_regs_pkg::step_rows_addr(0), 0);
    write(macro_regs_pkg::step_start_addr(0), 0);
    expect_read("refused without a row", macro_regs_pkg::status_addr(0), 1024);
    write(macro_regs_pkg::status_addr(0), 1024);
    write(macro_regs_pkg::step_rows_addr(0), 4'b0001);
    send(8'h5b);
    write(macro_regs_pkg::step_start_addr(0), 0);
    receive(cycles);
    for (int unsigned o = 0; o < 3; o++) same("beside", result(o), sum_of(o, 8'h5b));
    expect_read("refused while busy", macro_regs_pkg::status_addr(0), 1024);
    expect_read("old code", macro_regs_pkg::step_code_addr(0), code_of(0, 0, 3));
    write(macro_regs_pkg::status_addr(0), 1024);
    for (int unsigned v = 0; v < 40; v++) begin  // a step, and a vector some cycles after it
      write(macro_regs_pkg::step_rows_addr(0), 1 + v % 15);
      write(macro_regs_pkg::step_start_addr(0), 0);
      repeat (v) @(posedge clk);
      vector("after a step", 8'h1d * 8'(v), 3'b000, cycles);
      expect_read("code", macro_regs_pkg::step_code_addr(5), code_of(2, 1, $countones(1 + v % 15)));
    end
    expect_read("none refused", macro_regs_pkg::status_addr(0), 0);
    mode[1] = 2;
    write(macro_regs_pkg::adc_timeout_addr(0), T);
    write(macro_regs_pkg::step_start_addr(0), 0);
    do read(macro_regs_pkg::status_addr(0), found); while (found[0]);
    expect_read("code of a dead one", macro_regs_pkg::step_code_addr(2), 0);
    expect_read("code beside it", macro_regs_pkg::step_code_addr(5), code_of(2, 1, $countones(1 + 39 % 15)));
    vector("after it", 8'h5b, 3'b010, cycles);

    reset("clipped");
    vector("codes", 8'hff, 3'b000, cycles);  // ADC 2: 4 + 6 + 1; none at 15
    expect_read("none", macro_regs_pkg::status_addr(0), 0);

    reset("headers");
    in_first = 0;
    vector("first", 8'h5b, 3'b000, cycles);
    in_first = 1;
    expect_read("status", macro_regs_pkg::status_addr(0), 64);
    write(macro_regs_pkg::status_addr(0), 64);
    in_rows = 5;
    send(8'h5b);
    receive(cycles);
    in_rows = 4;
    expect_read("rows", macro_regs_pkg::status_addr(0), 128);
    write(macro_regs_pkg::status_addr(0), 32'hffff_ffff);
    expect_read("cleared", macro_regs_pkg::status_addr(0), 0);
    in_last = 0;
    for (int unsigned k = 0; k < macro_pkg::MaxTiles; k++) begin
      send(8'h00);
      in_first = 0;
    end
    read(macro_regs_pkg::status_addr(0), found);
    same("tiles", found & ~1, 0);
    in_last = 1;
    send(8'h00);
    read(macro_regs_pkg::status_addr(0), found);
    same("too many tiles", found & ~1, 512);
    receive(cycles);
    in_first = 1;

    reset("test mode");
    #1 test_mode = 1;
    send(8'h5b);
    for (int unsigned i = 0; i < 200; i++) begin
      @(posedge clk);
      same("clamped", {28'd0, |u_macro.u_array.row_en_i, u_macro.u_array.precharge_i,
                       u_macro.u_array.sample_i, |u_macro.u_array.adc_req_valid_i}, 0);
    end
    read(macro_regs_pkg::status_addr(0), found);
    same("a vector inside meanwhile", found & 1, 1);
    #1 test_mode = 0;
    reset("after the test mode");
    vector("works", 8'h5b, 3'b000, cycles);

    if (wrong == 0) $display("PASS");
    else $display("FAIL: %0d", wrong);
    $finish;
  end

  initial begin
    repeat (400000) @(posedge clk);
    $display("FAIL: %s: no end", now);
    $finish;
  end
endmodule

`default_nettype wire

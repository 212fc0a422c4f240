// A bench of your own around the array model, without cimrtl's harness: weights go in through the
// weight port, one step a vector drives the rows, and every ADC's codes are printed, a line a step.
// The array is noisy and its cells and ADCs differ: seed and noise are in my_macro_array, which
// `gen` wrote, and the chip comes from the files that `chip --mem` wrote. docs/how-to/own-macro.md.
//
// weights.mem: a word a row, bit c is column c. inputs.mem: a word a vector, bit r drives row r.
module bench;
  localparam int unsigned Rows    = my_macro_pkg::Rows;
  localparam int unsigned Columns = my_macro_pkg::Columns;
  localparam int unsigned Share   = my_macro_pkg::Share;
  localparam int unsigned Adcs    = Columns / Share;
  localparam int unsigned Code    = my_macro_pkg::CodeBits;
  localparam int unsigned Select  = (Share > 1) ? $clog2(Share) : 1;
  localparam int unsigned Word    = my_macro_pkg::WeightBeat;
  localparam int unsigned Words   = (Columns + Word - 1) / Word;
  localparam int unsigned RowBits = (Rows > 1) ? $clog2(Rows) : 1;
  localparam int unsigned Vectors = 24;

  logic clk = 1'b0, rst_n = 1'b0;
  always #5 clk = !clk;

  logic                 sample = 1'b0, hold = 1'b0, weight_valid = 1'b0, weight_ready;
  logic [Rows-1:0]      row_en = '0, row_drive = '0;
  logic [Adcs-1:0]      req_valid = '0, req_ready, resp_valid;
  logic [Adcs*Select-1:0] req_column = '0;
  logic [Adcs*Code-1:0] resp_code;
  logic [RowBits-1:0]   weight_row = '0;
  logic [((Words > 1) ? $clog2(Words) : 1)-1:0] weight_word = '0;
  logic [Word-1:0]      weight_data = '0;

  my_macro_array u_array (
    .clk_i(clk), .rst_ni(rst_n), .precharge_i(1'b0), .sample_i(sample), .hold_i(hold),
    .bank_i('0), .row_en_i(row_en), .row_drive_i(row_drive),
    .adc_req_valid_i(req_valid), .adc_req_ready_o(req_ready), .adc_req_column_i(req_column),
    .adc_resp_valid_o(resp_valid), .adc_resp_code_o(resp_code),
    .weight_valid_i(weight_valid), .weight_ready_o(weight_ready), .weight_write_i(1'b1),
    .weight_bank_i('0), .weight_row_i(weight_row), .weight_word_i(weight_word),
    .weight_data_i(weight_data), .weight_rvalid_o(), .weight_rdata_o()
  );

  logic [Columns-1:0] weights [Rows];
  logic [Rows-1:0]    inputs [Vectors];
  int                 codes [Columns];

  // Inputs of the array change behind the clock edge, as from flip-flops.
  task automatic tick();
    @(posedge clk);
    #1;
  endtask

  task automatic write_weights();
    for (int unsigned r = 0; r < Rows; r++) begin
      for (int unsigned w = 0; w < Words; w++) begin
        weight_valid = 1'b1;
        weight_row   = RowBits'(r);
        weight_word  = $bits(weight_word)'(w);
        weight_data  = Word'(weights[r] >> (w * Word));
        #1;
        while (!weight_ready) tick();
        tick();
      end
    end
    weight_valid = 1'b0;
  endtask

  // settle 0: the drive stands for one cycle, in which the holds track; then each ADC converts its
  // columns, one after the other.
  task automatic convert(input logic [Rows-1:0] drive);
    row_en    = '1;
    row_drive = drive;
    sample    = 1'b1;
    tick();
    row_en    = '0;
    sample    = 1'b0;
    hold      = 1'b1;
    for (int unsigned c = 0; c < Share; c++) begin
      logic [Adcs-1:0] taken, answered;
      taken     = '0;
      answered  = '0;
      req_valid = '1;
      for (int unsigned a = 0; a < Adcs; a++) req_column[a*Select +: Select] = Select'(c);
      while (answered != '1) begin
        #1;
        for (int unsigned a = 0; a < Adcs; a++) begin
          if (resp_valid[a]) codes[a*Share + c] = int'(resp_code[a*Code +: Code]);
        end
        taken    = taken | (req_valid & req_ready);
        answered = answered | resp_valid;
        tick();
        req_valid = ~taken;
      end
    end
    hold = 1'b0;
  endtask

  initial begin
    $readmemh("weights.mem", weights);
    $readmemh("inputs.mem", inputs);
    repeat (3) tick();
    rst_n = 1'b1;
    tick();
    write_weights();
    for (int unsigned v = 0; v < Vectors; v++) begin
      convert(inputs[v]);
      for (int unsigned c = 0; c < Columns; c++) $write("%0d ", codes[c]);
      $write("\n");
    end
    $finish;
  end
endmodule

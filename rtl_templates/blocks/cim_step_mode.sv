// SPDX-License-Identifier: Apache-2.0
// One step of the array asked for by the configuration port, between the two ends and the array
// timing: every column is converted and every code is kept, and neither end hears of it.
//
// Writing a bank to step_start while idle_i is high (and a row is enabled, and the bank is there,
// and no such step is under way) begins it; else nothing happens but refused_o. Until its last code
// it has the array timing (active_o): the steps of the front end wait. Each ADC converts its Share
// columns in order. Drive, precharge and times are those of every step.
//
// Registers (write_i, rdata_o: one a file):
//   0 rows   words of up to 32 rows, row 0 lowest: enabled in the step
//   1 drive  of every enabled row, as at the array port (DriveBits)
//   2 start  the bank; writing begins the step, reading gives the last bank
//   3 code   the code of each physical column of the last step, extended by sign if CodeSigned;
//            0 from an ADC that is out (cim_adc_observe); undefined before the first step
// All are undefined until written but those that say otherwise; none waits.
// Latency: active_o from the cycle after the write until the cycle after the last code. Golden
// twin: none; the array's codes.
`default_nettype none

module cim_step_mode #(
  parameter int unsigned Rows       = 8,
  parameter int unsigned DriveBits  = 1,
  parameter int unsigned Banks      = 2,
  parameter int unsigned Adcs       = 4,
  parameter int unsigned Share      = 4,
  parameter int unsigned CodeBits   = 7,
  parameter bit          CodeSigned = 1'b0,
  parameter int unsigned GateBits   = 0,
  parameter int unsigned DataBits   = 32,
  parameter int unsigned IndexBits  = 4,
  localparam int unsigned BankBits   = (Banks > 1) ? $clog2(Banks) : 1,
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1
) (
  input  wire logic                       clk_i,
  input  wire logic                       rst_ni,
  input  wire logic                       test_en_i,
  input  wire logic                       idle_i,
  output logic                            active_o,
  output logic                            refused_o,
  // Registers
  input  wire logic [3:0]                 write_i,
  input  wire logic [IndexBits-1:0]       index_i,
  input  wire logic [DataBits-1:0]        wdata_i,
  output logic [4*DataBits-1:0]           rdata_o,
  // Steps of the front end, and to the array timing
  input  wire logic                       front_valid_i,
  output logic                            front_ready_o,
  input  wire logic                       front_convert_i,
  input  wire logic                       front_first_i,
  input  wire logic [BankBits-1:0]        front_bank_i,
  input  wire logic [Rows-1:0]            front_row_en_i,
  input  wire logic [Rows*DriveBits-1:0]  front_row_drive_i,
  output logic                            step_valid_o,
  input  wire logic                       step_ready_i,
  output logic                            step_convert_o,
  output logic                            step_first_o,
  output logic [BankBits-1:0]             step_bank_o,
  output logic [Rows-1:0]                 step_row_en_o,
  output logic [Rows*DriveBits-1:0]       step_row_drive_o,
  // A step is taken, of any kind; of the front end
  input  wire logic                       start_i,
  output logic                            start_o,
  // Conversions of the back end, and to the ADCs
  input  wire logic                       back_done_i,
  output logic                            done_o,
  input  wire logic [Adcs-1:0]            back_req_valid_i,
  output logic [Adcs-1:0]                 back_req_ready_o,
  input  wire logic [Adcs*ColumnBits-1:0] back_req_column_i,
  output logic [Adcs-1:0]                 back_resp_valid_o,
  output logic [Adcs-1:0]                 req_valid_o,
  input  wire logic [Adcs-1:0]            req_ready_i,
  output logic [Adcs*ColumnBits-1:0]      req_column_o,
  input  wire logic [Adcs-1:0]            resp_valid_i,
  input  wire logic [Adcs*CodeBits-1:0]   raw_i
);
  localparam int unsigned WordRows = (Rows < 32) ? Rows : 32;
  localparam int unsigned RowWords = (Rows + WordRows - 1) / WordRows;
  localparam int unsigned Columns  = Adcs * Share;

  if (CodeBits > DataBits || IndexBits < $clog2(Columns) || IndexBits < $clog2(RowWords))
  begin : gen_check
    $error("cim_step_mode: a column's number fits IndexBits, a code DataBits");
  end

  // ---- Registers ----
  logic [RowWords*WordRows-1:0] rows;
  logic [DriveBits-1:0]         drive;
  logic [BankBits-1:0]          bank;
  logic [Columns*CodeBits-1:0]  codes_q;
  logic [DataBits-1:0]          code_read;
  logic                         begin_step;

  cim_register_file #(
    .Entries(RowWords), .Bits(WordRows), .Signed(1'b0), .GateBits(GateBits),
    .DataBits(DataBits), .IndexBits(IndexBits)
  ) u_rows (
    .clk_i(clk_i), .rst_ni(rst_ni), .test_en_i(test_en_i), .write_i(write_i[0]),
    .index_i(index_i), .data_i(wdata_i), .data_o(rdata_o[0 +: DataBits]), .values_o(rows)
  );
  cim_register_file #(
    .Entries(1), .Bits(DriveBits), .Signed(1'b0), .GateBits(GateBits),
    .DataBits(DataBits), .IndexBits(IndexBits)
  ) u_drive (
    .clk_i(clk_i), .rst_ni(rst_ni), .test_en_i(test_en_i), .write_i(write_i[1]),
    .index_i(index_i), .data_i(wdata_i), .data_o(rdata_o[DataBits +: DataBits]),
    .values_o(drive)
  );
  cim_register_file #(
    .Entries(1), .Bits(BankBits), .Signed(1'b0), .GateBits(GateBits),
    .DataBits(DataBits), .IndexBits(IndexBits)
  ) u_bank (
    .clk_i(clk_i), .rst_ni(rst_ni), .test_en_i(test_en_i), .write_i(begin_step),
    .index_i(index_i), .data_i(wdata_i), .data_o(rdata_o[2*DataBits +: DataBits]),
    .values_o(bank)
  );

  // ---- The step: offered, on the array, converted ----
  logic            start_own, all_done;
  logic            offered_q, loaded_q, running_q, last_q;
  logic [Adcs-1:0] done, code_valid;

  assign begin_step = write_i[2] && index_i == '0 && idle_i && !active_o && |rows[Rows-1:0]
                   && wdata_i < DataBits'(Banks);
  assign refused_o  = write_i[2] && !begin_step;
  assign active_o   = offered_q || loaded_q || running_q || last_q;
  assign start_own  = start_i && active_o;
  assign all_done   = &done;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      offered_q <= 1'b0;
      loaded_q  <= 1'b0;
      running_q <= 1'b0;
      last_q    <= 1'b0;
    end else begin
      offered_q <= begin_step || (offered_q && !step_ready_i);
      loaded_q  <= (loaded_q || (offered_q && step_ready_i)) && !start_i;
      running_q <= start_own || (running_q && !all_done);
      last_q    <= running_q && all_done;
    end
  end

  assign step_valid_o     = active_o ? offered_q : front_valid_i;
  assign front_ready_o    = step_ready_i && !active_o;
  assign step_convert_o   = active_o || front_convert_i;
  assign step_first_o     = !active_o && front_first_i;
  assign step_bank_o      = active_o ? bank : front_bank_i;
  assign step_row_en_o    = active_o ? rows[Rows-1:0] : front_row_en_i;
  for (genvar r = 0; r < Rows; r++) begin : gen_row
    assign step_row_drive_o[r*DriveBits +: DriveBits] =
        active_o ? drive & {DriveBits{rows[r]}} : front_row_drive_i[r*DriveBits +: DriveBits];
  end
  assign start_o          = start_i && !active_o;
  assign done_o           = back_done_i && all_done;

  // ---- Its conversions ----
  logic [Adcs-1:0]            own_valid;
  logic [Adcs*ColumnBits-1:0] own_column;

  assign req_valid_o       = back_req_valid_i | own_valid;
  assign req_column_o      = active_o ? own_column : back_req_column_i;
  assign back_req_ready_o  = req_ready_i & {Adcs{!active_o}};
  assign back_resp_valid_o = resp_valid_i & {Adcs{!active_o}};

  // In parts: Verilator unrolls a generate loop 3072 times at most.
  for (genvar p = 0; p < Adcs; p = p + 1024) begin : gen_part
    for (genvar a = p; a < Adcs && a < p + 1024; a++) begin : gen_adc
      logic [CodeBits-1:0]   code;
      logic [ColumnBits-1:0] next_column;

      cim_adc_interface #(
        .Share(Share), .CodeBits(CodeBits)
      ) u_interface (
        .clk_i(clk_i), .rst_ni(rst_ni), .start_i(start_own), .done_o(done[a]),
        .req_valid_o(own_valid[a]), .req_ready_i(req_ready_i[a] && active_o),
        .req_column_o(own_column[a*ColumnBits +: ColumnBits]),
        .resp_valid_i(resp_valid_i[a] && active_o), .resp_code_i(raw_i[a*CodeBits +: CodeBits]),
        .code_valid_o(code_valid[a]), .code_o(code), .next_column_o(next_column)
      );
      for (genvar c = 0; c < Share; c++) begin : gen_column
        always_ff @(posedge clk_i) begin
          if (code_valid[a] && next_column == ColumnBits'((c + 1) % Share)) begin
            codes_q[(a*Share + c)*CodeBits +: CodeBits] <= code;
          end
        end
      end
    end
  end

  always_comb begin
    code_read = '0;
    for (int unsigned c = 0; c < Columns; c++) begin
      if (index_i == IndexBits'(c)) begin
        code_read[CodeBits-1:0] = code_read[CodeBits-1:0] | codes_q[c*CodeBits +: CodeBits];
      end
    end
    for (int unsigned b = CodeBits; b < DataBits; b++) begin
      code_read[b] = CodeSigned && code_read[CodeBits-1];
    end
  end
  assign rdata_o[3*DataBits +: DataBits] = code_read;

  logic unused;
  assign unused = ^{rows, write_i[3]};
endmodule

`default_nettype wire

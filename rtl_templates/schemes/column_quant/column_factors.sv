// SPDX-License-Identifier: Apache-2.0
// The factors of column_quant: scales, centres and trims, behind the configuration port.
//
// Files, in this order: HasScale: scale; HasCenter: center; TrimBits > 0: trim. Without HasScale
// the one scale of everything is elsewhere (the output stage's multipliers hold it). ByColumn: a
// scale for each physical column, in rings in the lanes (column_lane), whose common side is here
// (scale_bank_o, scale_turn_o, scale_write_o, column_scales_i: each ADC's in turn). ByPlane: one
// for each plane, in rings here, as are the centres of both; the visited planes' are visit_scales_o
// (the same for all Lanes) and visit_center_o, and plane_turn_i says that the next visit is of
// other planes. Neither: one for everything in a register (scale_o).
// Memory: scales and centres of banks are in memories read ahead (cim_factor_file), not in rings;
// ByColumn a word holds what a visit needs in all lanes, and visit_scales_o is that.
// Trims follow the conversions, not the drive (column_trim): of the bank
// latest_bank_i, from the start of a step's conversions on; ByColumn they change with the ADC's
// column. Files of banks take Slots + 1 cycles an access (cim_ring_port), with Memory scales and
// centres three (cim_factor_port). No reset: undefined until written. Golden twin: the factors of
// golden's column_quant.
`default_nettype none

module column_factors #(
  parameter int unsigned Adcs        = 16,
  parameter int unsigned Share       = 4,
  parameter int unsigned Planes      = 4,
  parameter int unsigned Visits      = 4,
  parameter int unsigned Terms       = 1,
  parameter int unsigned LaneOutputs = 4,
  parameter int unsigned Banks       = 16,
  parameter bit          Memory      = 1'b0,
  parameter bit          ByColumn    = 1'b1,
  parameter bit          ByPlane     = 1'b0,
  parameter bit          HasScale    = 1'b1,
  parameter int unsigned ScaleBits   = 8,
  parameter bit          HasCenter   = 1'b1,
  parameter int unsigned CenterBits  = 8,
  parameter int unsigned TrimBits    = 0,
  parameter int unsigned TrimEntries = 0,
  parameter int unsigned TrimWidth   = 1,
  parameter int unsigned Files       = 2,
  parameter int unsigned DataBits    = 32,
  parameter int unsigned IndexBits   = 10,
  parameter int unsigned GateBits    = 0,
  localparam int unsigned BankBits   = (Banks > 1) ? $clog2(Banks) : 1,
  localparam int unsigned LaneAdcs   = Visits * Terms,
  localparam int unsigned Lanes      = Adcs / LaneAdcs,
  localparam int unsigned FilePorts  = (Files > 0) ? Files : 1
) (
  input  wire logic                         clk_i,
  input  wire logic                         rst_ni,
  input  wire logic                         test_en_i,
  // Register files
  input  wire logic [FilePorts-1:0]         file_access_i,
  input  wire logic [FilePorts-1:0]         file_write_i,
  input  wire logic                         access_write_i,
  input  wire logic [IndexBits-1:0]         file_index_i,
  input  wire logic [DataBits-1:0]          file_wdata_i,
  output logic [FilePorts-1:0]              file_ready_o,
  output logic [FilePorts*DataBits-1:0]     file_rdata_o,
  // The visit
  input  wire logic [BankBits-1:0]          visit_bank_i,
  input  wire logic                         visit_valid_i,
  input  wire logic                         plane_turn_i,
  output logic [Lanes*Terms*ScaleBits-1:0]  visit_scales_o,
  output logic [Terms*CenterBits-1:0]       visit_center_o,
  output logic [ScaleBits-1:0]              scale_o,
  // Scales in the lanes
  output logic [Banks-1:0]                  scale_bank_o,
  output logic                              scale_turn_o,
  output logic [Adcs-1:0]                   scale_write_o,
  input  wire logic [Adcs*ScaleBits-1:0]    column_scales_i,
  // Conversions, and the trims at the array port
  input  wire logic                         start_i,
  input  wire logic [BankBits-1:0]          latest_bank_i,
  input  wire logic [Adcs-1:0]              adc_next_i,
  output logic [TrimWidth-1:0]              array_trim_o
);
  localparam bit          ByBank     = ByColumn || ByPlane;
  localparam int unsigned CenterFile = HasScale ? 1 : 0;
  localparam int unsigned TrimFile   = CenterFile + (HasCenter ? 1 : 0);
  // A plane's factors in the order of the visits: Slots of them for each of the terms.
  localparam int unsigned Slots      = (Share < Planes) ? Planes / Terms : Planes;
  localparam int unsigned Groups     = (Share < Planes) ? Planes / Share / Terms : 1;
  // Planes that a step visits: an ADC that serves several outputs goes through them again.
  localparam int unsigned PlaneReads = (Share > Planes) ? Share : Slots;
  // A lane's visits: through LaneTurns outputs at each of an output's ADCs (column_lane).
  localparam int unsigned OutputAdcs = (LaneAdcs > LaneOutputs) ? LaneAdcs / LaneOutputs : 1;
  localparam int unsigned LaneTurns  = LaneAdcs / OutputAdcs;

  if (Files != TrimFile + (TrimBits > 0 ? 1 : 0) || (ByColumn && ByPlane) || (ByBank && !HasScale)
      || Lanes * LaneAdcs != Adcs
      || TrimWidth != (TrimBits > 0 ? TrimBits * TrimEntries : 1)) begin : gen_check
    $error("column_factors: files: scale, center, trim; by column or by plane");
  end

  if (Files == 0) begin : gen_no_files
    assign file_ready_o = 1'b1;
    assign file_rdata_o = '0;
    logic unused_index;
    assign unused_index = ^file_index_i;
  end

  // Scale factors: of each ADC's columns, of the visited planes, or one.
  if (ByColumn && Memory) begin : gen_scale_memory
    cim_factor_file #(
      .Lanes(Lanes),
      .Turns(LaneTurns),
      .Groups(OutputAdcs / Terms),
      .Terms(Terms),
      .Stride(Share),
      .Banks(Banks),
      .Bits(ScaleBits),
      .Signed(1'b0),
      .DataBits(DataBits),
      .IndexBits(IndexBits)
    ) u_scales (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .access_i(file_access_i[0]),
      .write_i(access_write_i),
      .index_i(file_index_i),
      .data_i(file_wdata_i),
      .ready_o(file_ready_o[0]),
      .data_o(file_rdata_o[0 +: DataBits]),
      .start_i(start_i),
      .bank_i(latest_bank_i),
      .turn_i(visit_valid_i),
      .values_o(visit_scales_o)
    );
    assign scale_o       = '0;
    assign scale_bank_o  = '0;
    assign scale_turn_o  = 1'b0;
    assign scale_write_o = '0;
  end else if (ByColumn) begin : gen_scale_by_column
    cim_ring_port #(
      .Rings(Adcs),
      .Slots(Share),
      .Groups(1),
      .Banks(Banks),
      .Bits(ScaleBits),
      .Signed(1'b0),
      .DataBits(DataBits),
      .IndexBits(IndexBits)
    ) u_scale_port (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .access_i(file_access_i[0]),
      .write_i(access_write_i),
      .index_i(file_index_i),
      .ready_o(file_ready_o[0]),
      .data_o(file_rdata_o[0 +: DataBits]),
      .bank_i(visit_bank_i),
      .bank_sel_o(scale_bank_o),
      .ring_turn_o(scale_turn_o),
      .ring_write_o(scale_write_o),
      .values_i(column_scales_i)
    );
    assign scale_o       = '0;
    assign visit_scales_o = '0;
  end else if (ByPlane && Memory) begin : gen_plane_scale_memory
    logic [Terms*ScaleBits-1:0] plane_scale;
    cim_factor_file #(
      .Lanes(1),
      .Turns(1),
      .Groups(Groups),
      .Terms(Terms),
      .Stride(Slots / Groups),
      .Reads(PlaneReads),
      .Banks(Banks),
      .Bits(ScaleBits),
      .Signed(1'b0),
      .DataBits(DataBits),
      .IndexBits(IndexBits)
    ) u_scales (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .access_i(file_access_i[0]),
      .write_i(access_write_i),
      .index_i(file_index_i),
      .data_i(file_wdata_i),
      .ready_o(file_ready_o[0]),
      .data_o(file_rdata_o[0 +: DataBits]),
      .start_i(start_i),
      .bank_i(latest_bank_i),
      .turn_i(plane_turn_i),
      .values_o(plane_scale)
    );
    assign visit_scales_o = {Lanes{plane_scale}};
    assign scale_o        = '0;
    assign scale_bank_o   = '0;
    assign scale_turn_o   = 1'b0;
    assign scale_write_o  = '0;
  end else if (ByPlane) begin : gen_scale_by_plane
    logic [Terms*ScaleBits-1:0] plane_scale;
    column_plane_ring #(
      .Terms(Terms),
      .Slots(Slots),
      .Groups(Groups),
      .Banks(Banks),
      .Bits(ScaleBits),
      .Signed(1'b0),
      .DataBits(DataBits),
      .IndexBits(IndexBits),
      .GateBits(GateBits)
    ) u_scales (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .access_i(file_access_i[0]),
      .write_i(access_write_i),
      .index_i(file_index_i),
      .data_i(file_wdata_i),
      .ready_o(file_ready_o[0]),
      .data_o(file_rdata_o[0 +: DataBits]),
      .bank_i(visit_bank_i),
      .turn_i(plane_turn_i),
      .values_o(plane_scale)
    );
    assign visit_scales_o = {Lanes{plane_scale}};
    assign scale_o       = '0;
    assign scale_bank_o  = '0;
    assign scale_turn_o  = 1'b0;
    assign scale_write_o = '0;
  end else if (!HasScale) begin : gen_no_scale
    assign scale_o       = '0;
    assign visit_scales_o = '0;
    assign scale_bank_o  = '0;
    assign scale_turn_o  = 1'b0;
    assign scale_write_o = '0;
  end else begin : gen_one_scale
    cim_register_file #(
      .Entries(1),
      .Bits(ScaleBits),
      .Signed(1'b0),
      .DataBits(DataBits),
      .IndexBits(IndexBits),
      .GateBits(GateBits)
    ) u_scale (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .write_i(file_write_i[0]),
      .index_i(file_index_i),
      .data_i(file_wdata_i),
      .data_o(file_rdata_o[0 +: DataBits]),
      .values_o(scale_o)
    );
    assign file_ready_o[0] = 1'b1;
    assign visit_scales_o    = {(Lanes*Terms){scale_o}};
    assign scale_bank_o      = '0;
    assign scale_turn_o      = 1'b0;
    assign scale_write_o     = '0;
  end

  // Centres of the visited planes; without a file they cancel between the planes of w+ and w-.
  if (HasCenter && ByBank && Memory) begin : gen_center_memory
    cim_factor_file #(
      .Lanes(1),
      .Turns(1),
      .Groups(Groups),
      .Terms(Terms),
      .Stride(Slots / Groups),
      .Reads(PlaneReads),
      .Banks(Banks),
      .Bits(CenterBits),
      .Signed(1'b1),
      .DataBits(DataBits),
      .IndexBits(IndexBits)
    ) u_centers (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .access_i(file_access_i[CenterFile]),
      .write_i(access_write_i),
      .index_i(file_index_i),
      .data_i(file_wdata_i),
      .ready_o(file_ready_o[CenterFile]),
      .data_o(file_rdata_o[CenterFile*DataBits +: DataBits]),
      .start_i(start_i),
      .bank_i(latest_bank_i),
      .turn_i(plane_turn_i),
      .values_o(visit_center_o)
    );
  end else if (HasCenter && ByBank) begin : gen_center_by_plane
    column_plane_ring #(
      .Terms(Terms),
      .Slots(Slots),
      .Groups(Groups),
      .Banks(Banks),
      .Bits(CenterBits),
      .Signed(1'b1),
      .DataBits(DataBits),
      .IndexBits(IndexBits),
      .GateBits(GateBits)
    ) u_centers (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .access_i(file_access_i[CenterFile]),
      .write_i(access_write_i),
      .index_i(file_index_i),
      .data_i(file_wdata_i),
      .ready_o(file_ready_o[CenterFile]),
      .data_o(file_rdata_o[CenterFile*DataBits +: DataBits]),
      .bank_i(visit_bank_i),
      .turn_i(plane_turn_i),
      .values_o(visit_center_o)
    );
  end else if (HasCenter) begin : gen_one_center
    logic [CenterBits-1:0] center;

    cim_register_file #(
      .Entries(1),
      .Bits(CenterBits),
      .Signed(1'b1),
      .DataBits(DataBits),
      .IndexBits(IndexBits),
      .GateBits(GateBits)
    ) u_center (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .write_i(file_write_i[CenterFile]),
      .index_i(file_index_i),
      .data_i(file_wdata_i),
      .data_o(file_rdata_o[CenterFile*DataBits +: DataBits]),
      .values_o(center)
    );
    assign file_ready_o[CenterFile] = 1'b1;
    assign visit_center_o             = {Terms{center}};
  end else begin : gen_no_center
    assign visit_center_o = '0;
  end

  // Trims of the ADCs' steps, at the array port.
  if (TrimBits > 0 && ByBank) begin : gen_trim_by_bank
    localparam int unsigned TrimSlots = ByColumn ? Share : 1;
    logic [Banks-1:0]          trim_bank;
    logic                      trim_turn;
    logic [TrimEntries-1:0]          trim_write;
    logic [TrimEntries*TrimBits-1:0] trim_reads;

    cim_ring_port #(
      .Rings(TrimEntries),
      .Slots(TrimSlots),
      .Groups(1),
      .Banks(Banks),
      .Bits(TrimBits),
      .Signed(1'b0),
      .DataBits(DataBits),
      .IndexBits(IndexBits)
    ) u_trim_port (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .access_i(file_access_i[TrimFile]),
      .write_i(access_write_i),
      .index_i(file_index_i),
      .ready_o(file_ready_o[TrimFile]),
      .data_o(file_rdata_o[TrimFile*DataBits +: DataBits]),
      .bank_i(latest_bank_i),
      .bank_sel_o(trim_bank),
      .ring_turn_o(trim_turn),
      .ring_write_o(trim_write),
      .values_i(trim_reads)
    );

    // In parts: Verilator unrolls a generate loop 3072 times at most.
    for (genvar p = 0; p < TrimEntries; p = p + 1024) begin : gen_part
      for (genvar a = p; a < TrimEntries && a < p + 1024; a++) begin : gen_trim
        column_trim #(
          .Banks(Banks),
          .Slots(TrimSlots),
          .Bits(TrimBits),
          .GateBits(GateBits)
        ) u_trim (
          .clk_i(clk_i),
          .test_en_i(test_en_i),
          .bank_sel_i(trim_bank),
          .ring_turn_i(trim_turn),
          .write_i(trim_write[a]),
          .data_i(file_wdata_i[TrimBits-1:0]),
          .value_o(trim_reads[a*TrimBits +: TrimBits]),
          .start_i(start_i),
          .next_i(ByColumn && adc_next_i[ByColumn ? a : 0]),
          .trim_o(array_trim_o[a*TrimBits +: TrimBits])
        );
      end
    end
  end else if (TrimBits > 0) begin : gen_one_trim
    cim_register_file #(
      .Entries(1),
      .Bits(TrimBits),
      .Signed(1'b0),
      .DataBits(DataBits),
      .IndexBits(IndexBits),
      .GateBits(GateBits)
    ) u_trim (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .test_en_i(test_en_i),
      .write_i(file_write_i[TrimFile]),
      .index_i(file_index_i),
      .data_i(file_wdata_i),
      .data_o(file_rdata_o[TrimFile*DataBits +: DataBits]),
      .values_o(array_trim_o)
    );
    assign file_ready_o[TrimFile] = 1'b1;
  end else begin : gen_no_trim
    assign array_trim_o = '0;
  end

  logic unused;
  assign unused = ^{clk_i, rst_ni, test_en_i, file_access_i, file_write_i, access_write_i,
                    file_wdata_i, visit_bank_i, visit_valid_i, plane_turn_i, column_scales_i,
                    start_i, latest_bank_i, adc_next_i};
endmodule

`default_nettype wire

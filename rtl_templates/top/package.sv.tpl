<%banner%>
//
// <%name%>_pkg: every number of the macro, in this one place. Scheme <%scheme%>.
//
// To be changed here without generating again, if the real array follows (the port's widths do):
//   Rows       fewer, a multiple of ActiveRows and at least InBeat; sums only become smaller
//   Banks      fewer; the addresses of registers that belong to banks keep their places
//   Precharge, Settle, SampleGap, LongestDrive, Latency   as the array needs them: only the rate
//              follows
//   InBeat     1 to Rows, OutBeat 1 to Outputs, WeightBeat 1 to Columns: widths and rate follow
// Everything under "follows" is computed from the above. What else is here was derived from the
// config (widths that hold every sum, tables of the scheme, the registers' addresses): change the
// config and generate again. A block refuses a number that breaks a rule of its own ($error).
//
// Files that do not follow: constraints/<%name%>.sdc (set its cim_precharge, cim_settle,
// cim_sample_gap and cim_latency alike), handoff/ (Liberty, LEF, IP-XACT, registers), regmap.*,
// bringup.h (with test.observe), design.json and resolved.yaml. For them change the config and
// generate again.
`default_nettype none

package <%name%>_pkg;
  // Array
  localparam int unsigned Rows = <%rows%>;
  localparam int unsigned ActiveRows = <%active_rows%>;  // driven at once
  localparam int unsigned Outputs = <%outputs%>;
  localparam int unsigned Planes = <%planes%>;  // physical columns of an output
  localparam int unsigned Banks = <%banks%>;
  localparam int unsigned DriveBits = <%drive_bits%>;  // of a row
  localparam int unsigned CellBits = <%cell_bits%>;  // of a row and physical column
  localparam int unsigned Precharge = <%precharge%>;  // cycles
  localparam int unsigned Settle = <%settle%>;  // cycles
  localparam int unsigned SampleGap = <%sample_gap%>;  // cycles that a drive stands after sampling
  localparam int unsigned LongestDrive = <%max_drive%>;  // cycles that rows stand driven; 0: any
  localparam bit WriteWhileCompute = 1'b<%write_while_compute%>;  // weights of a bank not in use
  localparam bit HoldColumn = 1'b<%hold_column%>;  // columns are held while they are converted
  localparam int unsigned TrimBits = <%trim_bits%>;  // of an ADC's step
  localparam int unsigned TrimEntries = <%trim_entries%>;

  // ADCs
  localparam int unsigned Share = <%share%>;  // physical columns of an ADC
  localparam int unsigned CodeBits = <%code_bits%>;
  localparam bit CodeSigned = 1'b<%code_signed%>;
  localparam int unsigned CorrectionBits = <%correction_bits%>;  // of an ADC's offset; 0: none
  localparam int unsigned UsedBits = <%used_bits%>;  // of a code less its correction
  localparam int unsigned StepNum = <%step_num%>;  // analog units of a code
  localparam int unsigned StepDen = <%step_den%>;
  localparam int unsigned Latency = <%latency%>;  // cycles a conversion
  localparam int unsigned Handshake = <%handshake%>;  // more, at most, for ADCs with their own clock

  // Streams: elements of a beat, bits of an element
  localparam int unsigned InBeat = <%in_beat%>;
  localparam int unsigned InBits = <%in_bits%>;
  localparam int unsigned ElementBits = <%element_bits%>;  // in the load buffer
  localparam int unsigned WorkBits = <%work_bits%>;  // in the work buffer
  localparam int unsigned OutBeat = <%out_beat%>;
  localparam int unsigned OutBits = <%out_bits%>;
  localparam int unsigned WeightBeat = <%weight_beat%>;

  // Steps
  localparam int unsigned Steps = <%steps%>;  // of a group of rows
  localparam bit SkipsSteps = 1'b<%skips_steps%>;  // left out where nothing needs them
  localparam int unsigned ContextBits = <%context_bits%>;  // what a step tells the lanes

  // Accumulators
  localparam int unsigned RegisterBits = <%register_bits%>;  // guard bits included
  localparam int unsigned StoredBits = <%stored_bits%>;  // of a sum as it leaves, of bias and chain
  localparam bit Saturates = 1'b<%saturates%>;
  localparam bit HasBias = 1'b<%has_bias%>;
  localparam bit HasChain = 1'b<%has_chain%>;

  // Results as the back end hands them on, and the output stage
  localparam int unsigned ResultBits = <%result_bits%>;
  localparam bit HasRequant = 1'b<%has_requant%>;  // 0: results leave as they are
  localparam bit OutSigned = 1'b<%out_signed%>;
  localparam int unsigned MultiplierBits = <%multiplier_bits%>;  // of each output

  // Clocks
  localparam int unsigned GateBits = <%gate_bits%>;  // smallest group with a gate; 0: none

  // Configuration port: region 0 identification, then files of the front end, of the back end, and
  // the common ones: bias, corrections, the output stage's
  localparam int unsigned DataBits = <%cfg_data_bits%>;
  localparam int unsigned IndexBits = <%cfg_index_bits%>;
  localparam int unsigned FrontFiles = <%front_files%>;
  localparam int unsigned BackFiles = <%back_files%>;
  localparam int unsigned RequantFiles = 5;
  localparam int unsigned CorrectionFile = HasBias ? 1 : 0;
  localparam int unsigned RequantFile = CorrectionFile + ((CorrectionBits > 0) ? 1 : 0);
<%#no_observe%>
  localparam int unsigned CommonFiles = RequantFile + (HasRequant ? RequantFiles : 0);
<%/no_observe%>
<%#observe%>
  localparam int unsigned BringUpFiles = 10;
  localparam int unsigned BringUpFile = RequantFile + (HasRequant ? RequantFiles : 0);
  localparam int unsigned CommonFiles = BringUpFile + BringUpFiles;
<%/observe%>
  localparam int unsigned Files = FrontFiles + BackFiles + CommonFiles;
  localparam int unsigned FrontPorts = (FrontFiles > 0) ? FrontFiles : 1;
  localparam int unsigned BackPorts = (BackFiles > 0) ? BackFiles : 1;
  localparam int unsigned CommonPorts = (CommonFiles > 0) ? CommonFiles : 1;
  localparam int unsigned FilePorts = (Files > 0) ? Files : 1;
  localparam logic [FilePorts-1:0] VectorWait = <%cfg_vector_wait%>;  // a bit a file
  localparam logic [FilePorts-1:0] TileWait = <%cfg_tile_wait%>;
  localparam logic [FilePorts-1:0] ReadWait = <%cfg_read_wait%>;
  localparam logic [2*DataBits-1:0] Id = <%cfg_id%>;

<%#observe%>
  // Bring-up
  localparam int unsigned CountBits = <%count_bits%>;  // of an ADC's conversions
  localparam int unsigned TimeoutBits = <%timeout_bits%>;  // cycles
  localparam int unsigned MaxTiles = <%max_tiles%>;  // of a vector

<%/observe%>
  // Scheme <%scheme%>
<%#scheme_parameters%>
  localparam <%type%> <%parameter%> = <%value%>;
<%/scheme_parameters%>

  // Behavioural model of the array
  localparam bit SignLevel = 1'b<%sign_level%>;  // drive and cell are {sign, level, magnitude}
  localparam int unsigned Ratio = <%ratio%>;  // what level 1 multiplies by
  localparam logic [Planes-1:0] SignedPlanes = <%signed_planes%>;
  localparam bit ScaledColumns = 1'b<%scaled_columns%>;
  localparam int unsigned AlphaFrac = <%alpha_frac%>;
  localparam int Center = <%center%>;
  localparam bit TrimByAdc = 1'b<%trim_by_adc%>;

  // Follows
  localparam int unsigned Columns = Outputs * Planes;
  localparam int unsigned Adcs = Columns / Share;
  localparam int unsigned RowsBits = $clog2(Rows + 1);
  localparam int unsigned RowBits = (Rows > 1) ? $clog2(Rows) : 1;
  localparam int unsigned BankBits = (Banks > 1) ? $clog2(Banks) : 1;
  localparam int unsigned ColumnBits = (Share > 1) ? $clog2(Share) : 1;
  localparam int unsigned InBeats = (Rows + InBeat - 1) / InBeat;
  localparam int unsigned InBeatBits = (InBeats > 1) ? $clog2(InBeats) : 1;
  localparam int unsigned WeightWords = (Columns + WeightBeat - 1) / WeightBeat;
  localparam int unsigned WordAddrBits = (WeightWords > 1) ? $clog2(WeightWords) : 1;
  localparam bit HasStart = HasBias || HasChain;
  localparam bit UsedSigned = CodeSigned || CorrectionBits > 0;
  // A tile of one step needs no work buffer.
  localparam bit Direct = Steps * (Rows / ActiveRows) == 1 && !SkipsSteps;
  // The drive then coincides with the last precharge cycle (rate law).
  localparam bit Overlap = HoldColumn && Precharge > 0 && Settle == 0
                           && Share * (Latency + Handshake) <= Precharge;
  // The next step is begun when ADC 0 requests this column (Share: begins its last conversion), so
  // that its precharge and drive end with the last code; 0: as soon as the array is free.
  localparam int unsigned PrepareCycles = (Overlap ? Precharge - 1 : Precharge)
                                          + ((Settle > 0) ? Settle : 1);
  localparam int unsigned LastConversions =
      (Handshake > 0) ? 1 + (PrepareCycles + Latency + 4) / (Latency + 4)
                      : (PrepareCycles + 1 + Latency) / Latency;
  localparam int unsigned LateColumn =
      (HoldColumn && LastConversions <= Share) ? Share + 1 - LastConversions : 0;
  // Never so short that a drive would end which waits for ADCs of this latency (16: for results).
  localparam int unsigned ShortestBound = ((Settle > 0) ? Settle : 1) + Latency + Handshake
                                          + SampleGap + 16;
  localparam int unsigned MaxDrive = (!HoldColumn || LongestDrive == 0) ? 0
      : (LongestDrive > ShortestBound) ? LongestDrive : ShortestBound;
  localparam int unsigned RegionBits = (Files > 0) ? $clog2(Files + 1) : 1;
  // Vectors that have begun and whose first step is not taken: in the load buffer, the work buffer,
  // driven, and waiting beside the array; and all that are inside before their result has left the
  // lanes (cim_result_control).
  localparam int unsigned MostWaiting = (Direct ? 2 : 3) + (SkipsSteps && HoldColumn ? 1 : 0);
  localparam int unsigned MostVectors = MostWaiting + 2;

  // Follows: widths of ports
  localparam int unsigned InWidth = InBeat * InBits;
  localparam int unsigned ChainWidth = OutBeat * StoredBits;
  localparam int unsigned OutWidth = OutBeat * OutBits;
  localparam int unsigned AddrBits = RegionBits + IndexBits;
  localparam int unsigned WeightWidth = WeightBeat * CellBits;
  localparam int unsigned DriveWidth = Rows * DriveBits;
  localparam int unsigned TrimWidth = (TrimBits > 0) ? TrimEntries * TrimBits : 1;
  localparam int unsigned RequestWidth = Adcs * ColumnBits;
  localparam int unsigned CodeWidth = Adcs * CodeBits;
  localparam int unsigned CorrectionWidth = Adcs * CorrectionBits;
  localparam int unsigned UsedWidth = Adcs * UsedBits;
  localparam int unsigned ResultWidth = OutBeat * ResultBits;
  localparam int unsigned CommonWidth = CommonPorts * DataBits;
  localparam int unsigned CorrectionAt = CorrectionFile * DataBits;
  localparam int unsigned RequantAt = RequantFile * DataBits;
  localparam int unsigned RequantWidth = RequantFiles * DataBits;
<%#observe%>
  localparam int unsigned BringUpAt = BringUpFile * DataBits;
  localparam int unsigned BringUpWidth = BringUpFiles * DataBits;
<%/observe%>
endpackage

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Divides the register files behind the configuration port (cim_config_port) among those that hold
// them: first FrontFiles of the front end, then BackFiles of the back end, then CommonFiles of the
// blocks that all schemes share (bias, ...), which are ready at once. Wiring only: where a number
// is 0 a port keeps one bit that says nothing. Golden twin: none.
`default_nettype none

module cim_file_split #(
  parameter int unsigned FrontFiles  = 0,
  parameter int unsigned BackFiles   = 0,
  parameter int unsigned CommonFiles = 0,
  parameter int unsigned DataBits    = 32,
  localparam int unsigned Files      = FrontFiles + BackFiles + CommonFiles,
  localparam int unsigned FilePorts  = (Files > 0) ? Files : 1,
  localparam int unsigned FrontPorts = (FrontFiles > 0) ? FrontFiles : 1,
  localparam int unsigned BackPorts  = (BackFiles > 0) ? BackFiles : 1,
  localparam int unsigned CommonPorts = (CommonFiles > 0) ? CommonFiles : 1
) (
  // All files
  input  wire logic [FilePorts-1:0]           access_i,
  input  wire logic [FilePorts-1:0]           write_i,
  output logic [FilePorts-1:0]                ready_o,
  output logic [FilePorts*DataBits-1:0]       data_o,
  // The front end's
  output logic [FrontPorts-1:0]               front_access_o,
  output logic [FrontPorts-1:0]               front_write_o,
  input  wire logic [FrontPorts-1:0]          front_ready_i,
  input  wire logic [FrontPorts*DataBits-1:0] front_data_i,
  // The back end's
  output logic [BackPorts-1:0]                back_access_o,
  output logic [BackPorts-1:0]                back_write_o,
  input  wire logic [BackPorts-1:0]           back_ready_i,
  input  wire logic [BackPorts*DataBits-1:0]  back_data_i,
  // The common ones
  output logic [CommonPorts-1:0]              common_write_o,
  input  wire logic [CommonPorts*DataBits-1:0] common_data_i
);
  if (FrontFiles > 0) begin : gen_front
    assign front_access_o                = access_i[0 +: FrontFiles];
    assign front_write_o                 = write_i[0 +: FrontFiles];
    assign ready_o[0 +: FrontFiles]      = front_ready_i;
    assign data_o[0 +: FrontFiles*DataBits] = front_data_i;
  end else begin : gen_no_front
    assign front_access_o = 1'b0;
    assign front_write_o  = 1'b0;
  end

  if (BackFiles > 0) begin : gen_back
    assign back_access_o                    = access_i[FrontFiles +: BackFiles];
    assign back_write_o                     = write_i[FrontFiles +: BackFiles];
    assign ready_o[FrontFiles +: BackFiles] = back_ready_i;
    assign data_o[FrontFiles*DataBits +: BackFiles*DataBits] = back_data_i;
  end else begin : gen_no_back
    assign back_access_o = 1'b0;
    assign back_write_o  = 1'b0;
  end

  if (CommonFiles > 0) begin : gen_common
    localparam int unsigned First = FrontFiles + BackFiles;
    assign common_write_o                          = write_i[First +: CommonFiles];
    assign ready_o[First +: CommonFiles]           = {CommonFiles{1'b1}};
    assign data_o[First*DataBits +: CommonFiles*DataBits] = common_data_i;
  end else begin : gen_no_common
    assign common_write_o = 1'b0;
  end

  if (Files == 0) begin : gen_none
    assign ready_o = 1'b1;
    assign data_o  = '0;
  end

  logic unused;
  assign unused = ^{access_i, write_i, front_ready_i, front_data_i, back_ready_i, back_data_i,
                    common_data_i};
endmodule

`default_nettype wire

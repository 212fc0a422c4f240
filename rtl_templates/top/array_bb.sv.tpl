<%banner%>
// Do not edit: change the config and generate again.
//
// <%name%>_array: the analog macro as a black box, for synthesis.
`default_nettype none

(* blackbox *)
module <%name%>_array (
<%>array_ports%>
);
endmodule

`default_nettype wire

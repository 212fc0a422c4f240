# SPDX-License-Identifier: Apache-2.0
# OpenSTA 2.0.17 computes the activity of every pin that it reaches from a root (a port, a constant,
# a black box's pin), over what was set; it does not go on through a flip-flop. Here the netlist is
# an instance, dut, whose ports hang free; black boxes and the outputs of constant cells are taken
# away, and each net without a driver gets a flip-flop that is nothing to power or timing. The clock
# is a signal as any other, since OpenSTA takes every clock pin for free-running, behind a gate,
# too; a virtual clock gives activities their period, and a delay at every driver each net that
# clock.
foreach cell [get_cells -hierarchical *] {
  if {[$cell is_leaf] && [$cell liberty_cell] == "NULL"} { sta::delete_instance_cmd $cell }
}
proc leaf_pins {} {
  set leaves {}
  foreach pin [get_pins -hierarchical *] {
    if {[$pin is_leaf] && ([$pin is_driver] || [$pin is_load])} { lappend leaves $pin }
  }
  return $leaves
}
proc name_of {object} {
  return [string map {\\ {}} [string range [get_full_name $object] [string length dut/] end]]
}
proc top_net {pin} {
  set net [$pin net]
  if {$net == "NULL"} { return NULL }
  return [$net highest_connected_net]
}
foreach pin [leaf_pins] {
  if {![$pin is_driver] || [$pin net] == "NULL"} continue
  if {[lsearch -exact $constants [get_name [[$pin instance] liberty_cell]]] < 0} continue
  sta::disconnect_pin_cmd $pin
}
foreach pin [leaf_pins] {
  set net [top_net $pin]
  if {$net == "NULL"} continue
  if {[$pin is_driver]} { set driven($net) 1 } else { set read($net) 1 }
}
set source [get_lib_cells cimrtl_source/cimrtl_source]
foreach net [array names read] {
  if {[info exists driven($net)]} continue
  set made [sta::make_instance_cmd cimrtl_source_[incr sources] $source [sta::top_instance]]
  sta::connect_pin_cmd $made [[$made cell] find_port Q] $net
}
set leaves [leaf_pins]
create_clock -name clk -period [expr $period_ps * 1e-12 / [sta::unit_scale time]]
foreach pin $leaves { if {[$pin is_driver]} { lappend drivers $pin } }
set_input_delay 0 -clock clk $drivers

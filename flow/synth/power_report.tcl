# SPDX-License-Identifier: Apache-2.0
# A pin without waves of its own (one that is unconnected, or that the simulator left out) changes
# as its net does.
set file [open activity.txt]
while {[gets $file line] >= 0} {
  lassign $line name toggles high
  set activity($name) "$toggles $high"
}
close $file
foreach pin $leaves {
  set name [name_of $pin]
  set net [top_net $pin]
  if {[info exists activity($name)] && $net != "NULL"} { set of_net($net) $activity($name) }
}
foreach pin $leaves {
  set name [name_of $pin]
  if {[string match cimrtl_source_* [get_full_name $pin]]} continue
  set net [top_net $pin]
  if {![info exists activity($name)]} {
    if {$net == "NULL"} {
      set activity($name) {0 0}
    } elseif {[info exists of_net($net)]} {
      set activity($name) $of_net($net)
    } else {
      puts "\nmissing $name"
      exit 1
    }
  }
  lassign $activity($name) toggles high
  sta::set_power_pin_activity $pin $toggles $high
}
report_power -digits 9
set corner [sta::cmd_corner]
foreach cell [get_cells -hierarchical *] {
  set type [$cell liberty_cell]
  set name [name_of $cell]
  if {$type == "NULL" || [string match cimrtl_source_* [get_full_name $cell]]} continue
  puts "cell $name [get_name $type] [lrange [sta::instance_power $cell $corner] 0 2]"
  set pins [$cell pin_iterator]
  while {[$pins has_next]} {
    set pin [$pins next]
    if {!([$pin is_driver] || [$pin is_load])} continue
    set vertex [lindex [$pin vertices] 0]
    set load 0
    set net [$pin net]
    if {$net != "NULL"} {
      foreach edge {rise fall} {
        set load [expr {max($load, [$net capacitance $edge $corner max])}]
      }
    }
    set full [name_of $pin]
    set name [string range $full [expr {[string last / $full] + 1}] end]
    set net [top_net $pin]
    if {$net != "NULL"} { set net [name_of $net] }
    set way [expr {[$pin is_driver] ? "out" : "in"}]
    puts "pin $name $net $way [lindex [$vertex slews rise] end] [lindex [$vertex slews fall] end]\
      $load $activity($full)"
  }
  $pins finish
}

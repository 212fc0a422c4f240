<%hash_banner%>
# Do not edit: change the config and generate again, or set the variables before this is read.
#
# Timing constraints of the whole netlist, the array being the instance u_array. They name ports of
# the top and pins of u_array, so that they hold for a flat netlist and for one that has kept its
# hierarchy. Times are in the library's unit, written for nanoseconds.
#
# Budgets are shares of the period. handoff/ holds a Liberty placeholder of the array with the same
# budgets at the period below; OpenSTA starts at the array's outputs only with a Liberty view of it.
# Once the array has a view of its own, set cim_array_budgets to 0: what is below under "Array port:
# budgets" is then the view's business, the exceptions behind it stay true.
if {![info exists cim_period]} { set cim_period <%period%> }

# The array's cycles. They must follow Precharge, Settle, SampleGap and Latency of
# rtl/<%name%>_pkg.sv: who changes one there sets it here. With more cycles here than there the paths
# of the array port get more time than they have.
if {![info exists cim_precharge]}  { set cim_precharge <%precharge%> }
if {![info exists cim_settle]}     { set cim_settle <%settle%> }
if {![info exists cim_sample_gap]} { set cim_sample_gap <%sample_gap%> }
if {![info exists cim_latency]}    { set cim_latency <%latency%> }

# Ports of the top, all synchronous to clk_i: inputs have come, at the latest, this share of the
# period after the edge, at the earliest the other; outputs are needed this share before the next.
if {![info exists cim_input_share]}     { set cim_input_share <%input_share%> }
if {![info exists cim_input_min_share]} { set cim_input_min_share <%min_share%> }
if {![info exists cim_output_share]}    { set cim_output_share <%output_share%> }

# Clock skew and jitter, until the clock tree is there (then 0 and set_propagated_clock).
if {![info exists cim_uncertainty_share]} { set cim_uncertainty_share <%uncertainty_share%> }

<%#reset_sync%>
# Reset: asserted and released at any time; rst_no and everything behind it are released with the
# clock, from the second flip-flop of u_reset_sync on.
<%/reset_sync%>
<%#no_reset_sync%>
# Reset: asserted at any time. Released behind a synchronizer of clk_i (1): it reaches the macro
# between these shares after the edge, so that every flip-flop leaves reset in the same cycle. 0:
# somewhere else it is made sure that clk_i rests during the release.
if {![info exists cim_reset_synchronous]} { set cim_reset_synchronous 1 }
if {![info exists cim_reset_share]}       { set cim_reset_share <%reset_share%> }
if {![info exists cim_reset_min_share]}   { set cim_reset_min_share <%reset_min_share%> }
<%/no_reset_sync%>

# Array port. ADCs: ready, valid and code stand at the array's pins this share after the edge (with
# a latency of 1 they follow from the request, which has come the request's share after the edge).
# Weights: ready likewise (it passes to weight_ready_o within the cycle). Its inputs stand the
# array's share before the edge that counts.
if {![info exists cim_array_budgets]}  { set cim_array_budgets 1 }
if {![info exists cim_response_share]} { set cim_response_share <%response_share%> }
if {![info exists cim_request_share]}  { set cim_request_share <%request_share%> }
if {![info exists cim_ready_share]}    { set cim_ready_share <%ready_share%> }
if {![info exists cim_array_share]}    { set cim_array_share <%array_share%> }

# ---- Cycles for which signals of the array port stand ----
# From the rows' enable and drive, and from the bank, to the end of the sample; of a precharge. A
# drive coincides with the last cycle of the precharge where conversions are no longer than it.
set cim_drive_cycles     [expr {$cim_settle > 1 ? $cim_settle : 1}]
set cim_precharge_cycles [expr {$cim_precharge > 1 ? $cim_precharge : 1}]
<%#overlap_rule%>
set cim_overlap          [expr {$cim_precharge > 0 && $cim_settle == 0
                                && <%share%> * <%conversion%> <= $cim_precharge}]
set cim_bank_cycles      [expr {$cim_precharge + $cim_drive_cycles - $cim_overlap}]
<%/overlap_rule%>
<%#no_overlap_rule%>
set cim_bank_cycles      [expr {$cim_precharge + $cim_drive_cycles}]
<%/no_overlap_rule%>
set cim_request_need     [expr {$cim_latency > 1 ? $cim_array_share : 1 - $cim_request_share}]

# ---- Clock and reset ----
create_clock -name clk_i -period $cim_period [get_ports clk_i]
set_clock_uncertainty -setup [expr {$cim_uncertainty_share * $cim_period}] [get_clocks clk_i]
<%#reset_sync%>
# The clears of u_reset_sync are not timed: its first flip-flop has a cycle to settle. Recovery and
# removal of all others are, from there. The assertion is not: reset clears controls only. The delay
# says nothing but that the port was not forgotten.
set_input_delay -clock clk_i 0 [get_ports rst_ni]
set_false_path -from [get_ports rst_ni]
<%/reset_sync%>
<%#no_reset_sync%>
# Reset clears controls only, and nothing counts before it is released: the assertion is not timed.
if {$cim_reset_synchronous} {
  set_false_path -fall_from [get_ports rst_ni]
  set_input_delay -clock clk_i -max [expr {$cim_reset_share * $cim_period}] [get_ports rst_ni]
  set_input_delay -clock clk_i -min [expr {$cim_reset_min_share * $cim_period}] [get_ports rst_ni]
} else {
  set_false_path -from [get_ports rst_ni]
}
<%/no_reset_sync%>

<%#observe%>
# ---- Test mode ----
# Timed as it works: nothing of the array is clamped. The scan mode needs constraints of its own.
set_input_delay -clock clk_i 0 [get_ports test_mode_i]
set_case_analysis 0 [get_ports test_mode_i]

<%/observe%>
# ---- Ports of the top ----
set cim_inputs [get_ports {
<%#inputs%>
  <%pattern%>
<%/inputs%>
}]
set cim_outputs [get_ports {
<%#outputs%>
  <%pattern%>
<%/outputs%>
}]
set_input_delay -clock clk_i -max [expr {$cim_input_share * $cim_period}] $cim_inputs
set_input_delay -clock clk_i -min [expr {$cim_input_min_share * $cim_period}] $cim_inputs
set_output_delay -clock clk_i -max [expr {$cim_output_share * $cim_period}] $cim_outputs
set_output_delay -clock clk_i -min 0 $cim_outputs

# ---- Array port: budgets ----
# A signal that stands for several cycles before the edge that counts leaves the array all of them
# but the periphery's part of the first: (cycles - 1 + cim_array_share) periods.
if {$cim_array_budgets} {
<%#answers%>
  set cim_pins [get_pins {
    <%pins%>
  }]
  set_input_delay -clock clk_i -max [expr {$<%share%> * $cim_period}] $cim_pins
  set_input_delay -clock clk_i -min [expr {$cim_input_min_share * $cim_period}] $cim_pins
<%/answers%>
<%#needs%>
  set cim_pins [get_pins {
    <%pins%>
  }]
  set_output_delay -clock clk_i<%edge%> -max [expr {<%need%> * $cim_period}] $cim_pins
  set_output_delay -clock clk_i<%edge%> -min 0 $cim_pins
<%/needs%>
}
<%#handshakes%>

# ---- Array port: ADCs with a clock of their own ----
# Nothing of them is synchronous to clk_i, whatever cim_array_budgets is. Request, column and what
# else an ADC reads with them leave one edge of clk_i: this bound is what they may differ by where
# the array begins (an ADC that wants the column earlier delays its request).
set_max_delay [expr {(1 - $cim_array_share) * $cim_period}] -to [get_pins {
    <%requests%>
}]
# What an ADC answers has a clock that nobody knows. The acknowledge enters a synchronizer, whose
# first flip-flop may become metastable and has a cycle to settle: place the two close together.
# The code stands with the acknowledge and is taken two cycles after it at the earliest, of which
# the synchronizer may see one: it has a period from the array's pin to the flip-flop.
create_clock -name cim_adc -period $cim_period
set_input_delay -clock cim_adc 0 [get_pins {
    <%acknowledge%>
    <%codes%>
}]
set_false_path -hold -from [get_clocks cim_adc]
set_false_path -from [get_clocks cim_adc] -through [get_pins {<%acknowledge%>}]
set_max_delay $cim_period -from [get_clocks cim_adc] -through [get_pins {<%codes%>}]
<%/handshakes%>

# ---- Array port: exceptions ----
# The drive begins with the cycles above. The sample ends, at the earliest, cim_drive_cycles after
# the rows' enable and drive have changed and cim_bank_cycles after the bank has; cim_sample_gap
# cycles pass from the end of a sample to any change of them.
# What ends (rows that fall, precharge that falls) does so within a cycle: the next begins then.
<%#exceptions%>
set_multicycle_path <%cycles%> -<%check%> <%edge%> [get_pins {<%pins%>}]
<%/exceptions%>

# ---- Registers behind the configuration port that stand still ----
# A register that no vector may be in the macro for is written in one cycle; what it holds back may
# begin in the second cycle after that one at the earliest (cim_config_port). So the datapath has
# two cycles for its value: no false path, for it has not more. Read-back has one: it leaves a
# register file beside values_o. A netlist without these pins (a flat one) is timed more strictly.
<%#static_registers%>
if {[llength [get_pins -quiet <%pins%>]] > 0} {
  set_multicycle_path 2 -setup -through [get_pins <%pins%>]
  set_multicycle_path 1 -hold -through [get_pins <%pins%>]
}
<%/static_registers%>

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The checker of the array port, bound to own_array.sv, names each rule that the array or its driver breaks, first:
# tests/handoff/own_array/run.sh TOOL     $CIMRTL_RTL_OVERRIDE: a folder with another cim_array_checker.sv
set -eu
tool=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$tool" gen -q "$here/own.yaml" -o g
faulty=${CIMRTL_RTL_OVERRIDE:-/nowhere}/cim_array_checker.sv
[ ! -e "$faulty" ] || cp "$faulty" g/checker/
verilator --binary --timing --assert -Wno-STMTDLY --top-module bench -Mdir obj -o bench g/rtl/own_pkg.sv "$here/own_array.sv" "$here/bench.sv" \
  -F g/files_check.f > log 2>&1 || { cat log; echo "verilator failed"; exit 1; }

failed=0
check() { # broken rule, first rule that has to be named
  obj/bench "+break=$1" +cim_check_continue +cim_min_cycles=4 +cim_max_cycles=16 > log 2>&1 || true
  named=$(sed -n 's/^cim_array_checker: cycle [0-9]*: rule broken: \([a-z_]*\).*/\1/p' log | head -n 1)
  grep -q '^bench: done' log || { echo "$1: the bench did not end"; failed=1; }
  [ "$named" = "$2" ] || { echo "$1: found '$named' named first; expected '$2'"; failed=1; }
}
check none ''
for rule in drive_changed precharge_short precharge_driven early_sample sample_gap drive_long request_order request_no_value request_retracted hold_low \
  trim_changed weight_in_compute weight_retracted weight_overtakes adc_ready_busy adc_unasked adc_early adc_late adc_not_ready \
  adc_code_changed weight_unasked weight_late; do
  check "$rule" "$rule"
done
# Not told to go on, a simulation ends with the first.
obj/bench > log 2>&1 || { echo "a sound array: exit code not 0"; failed=1; }
if obj/bench +break=adc_ready_busy > log 2>&1 || ! grep -q 'rule broken: adc_ready_busy, ADC 1' log; then
  echo "adc_ready_busy: found exit code 0 or no such text; expected an error"
  failed=1
fi
exit "$failed"

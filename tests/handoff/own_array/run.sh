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
failed=0
build() { # folder of the simulation, settings of gen, options of Verilator
  "$tool" gen -q "$here/own.yaml" $2 -o "g_$1"
  for block in cim_array_checker cim_async_checker; do
    faulty=${CIMRTL_RTL_OVERRIDE:-/nowhere}/$block.sv
    [ ! -e "$faulty" ] || [ ! -e "g_$1/checker/$block.sv" ] || cp "$faulty" "g_$1/checker/"
  done
  # shellcheck disable=SC2086 # words
  verilator --binary --timing --assert -Wno-STMTDLY --top-module bench -Mdir "obj_$1" -o bench "g_$1/rtl/own_pkg.sv" $3 \
    "$here/own_array.sv" "$here/bench.sv" -F "g_$1/files_check.f" > log 2>&1 || { cat log; echo "verilator failed"; exit 1; }
}
check() { # folder of the simulation, broken rule, first rule that has to be named
  "obj_$1/bench" "+break=$2" +cim_check_continue +cim_min_cycles=4 +cim_max_cycles=16 > log 2>&1 || true
  named=$(sed -n 's/^cim_array_checker: cycle [0-9]*: rule broken: \([a-z_]*\).*/\1/p' log | head -n 1)
  grep -q '^bench: done' log || { echo "$1, $2: the bench did not end"; failed=1; }
  [ "$named" = "$3" ] || { echo "$1, $2: found '$named' named first; expected '$3'"; failed=1; }
}
ends_with() { # folder of the simulation, broken rule: not told to go on, it ends with the first
  "obj_$1/bench" > log 2>&1 || { echo "$1, a sound array: exit code not 0"; failed=1; }
  if "obj_$1/bench" "+break=$2" > log 2>&1 || ! grep -q "rule broken: $2, ADC 1" log; then
    echo "$1, $2: found exit code 0 or no such text; expected an error"
    failed=1
  fi
}

port="drive_changed precharge_short precharge_driven early_sample sample_gap drive_long request_order request_no_value request_retracted hold_low \
  trim_changed weight_in_compute weight_retracted weight_overtakes weight_unasked weight_late"
build response "" ""
check response none ''
for rule in $port adc_ready_busy adc_unasked adc_early adc_late adc_not_ready adc_code_changed; do check response "$rule" "$rule"; done
ends_with response adc_ready_busy

build async "-P adc.kind=async" "-DASYNC g_async/rtl/cim_adc_handshake.sv"
check async none ''
for rule in $port request_early adc_unasked adc_retracted adc_early adc_late adc_code_changed; do check async "$rule" "$rule"; done
ends_with async adc_retracted
exit "$failed"

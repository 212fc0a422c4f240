#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Hardware for bring-up against an array whose ADCs are dead, late or too early: tests/sim/bring_up/run.sh TOOL
# $CIMRTL_RTL_OVERRIDE: a folder with other versions of the macro's modules. Exit 0: as it should be.
set -eu
tool=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0
bench() { # name, verilator's option, more of the config
  name=$1 option=$2
  shift 2
  "$tool" gen -q "$here/macro.yaml" -o "$name" "$@"
  for file in "${CIMRTL_RTL_OVERRIDE:-/nowhere}"/*.sv; do
    [ ! -e "$name/rtl/$(basename "$file")" ] || cp "$file" "$name/rtl/"
  done
  # The package first, then what it says to whoever drives the port.
  verilator --binary --timing $option -Wno-STMTDLY -Wno-WIDTH -Wno-fatal --top-module bench -Mdir "obj_$name" -o bench \
    "$name/rtl/macro_pkg.sv" "$name/handoff/macro_regs_pkg.sv" "$here/array.sv" "$here/bench.sv" -y "$name/rtl" \
    "$name/rtl/macro.sv" > log 2>&1 || { cat log; echo "verilator failed"; exit 1; }
  timeout 120 "obj_$name/bench" > log 2>&1 || true
  grep -q '^PASS' log || { echo "$name:"; grep -v '^- ' log | head -20; failed=1; }
}
bench response -DRESPONSE
bench hold_none -DRESPONSE -P array.hold=none -P array.sample_gap=2
bench async -DASYNC -P adc.kind=async
exit "$failed"

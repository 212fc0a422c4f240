#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `cimrtl characterize` of an array whose ADCs are dead: they are named, all others measured, exit 0: tests/bringup/dead/run.sh TOOL
# $CIMRTL_RTL_OVERRIDE: a folder with other versions of the macro's modules.
set -eu
tool=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0
wrong() { echo "$name: $1"; failed=1; }

# Name, the ADC model's text, its replacement, then more of the config: characterizes into $name/.
characterize() {
  name=$1 text=$2 replacement=$3
  shift 3
  "$tool" gen -q "$here/macro.yaml" -o g
  rm -rf faulty && mkdir faulty
  for file in "${CIMRTL_RTL_OVERRIDE:-/nowhere}"/*.sv; do [ ! -e "$file" ] || cp "$file" faulty/; done
  [ -e faulty/cim_adc_model.sv ] || cp g/model/cim_adc_model.sv faulty/
  sed -i "s/$text/$replacement/" faulty/cim_adc_model.sv
  grep -q "$replacement" faulty/cim_adc_model.sv || { echo "$name: the ADC model has no: $text"; exit 1; }
  CIMRTL_RTL_OVERRIDE=$work/faulty "$tool" characterize "$here/macro.yaml" --samples 16 -o "$name" "$@" > log 2>&1 || {
    wrong "exit code not 0:"
    cat log
  }
}
dead() { # ADC
  grep -q "^$1,1,,,,,,,,,,$" "$name/adcs.csv" || wrong "adcs.csv: ADC $1: expected flag 1 and no figure"
  grep -q "^ *$1  dead: timed out$" log || wrong "no such line: $1 dead: timed out"
}
sound() { # ADC; the offset is 0, the noise 0.4 (of its own number n for each step)
  awk -F, -v adc="$1" '$1 == adc {found = ($2 % 2 == 0 && $3 != "" && $3 < 0.3 && $3 > -0.3 && $7 > 0.3 && $7 < 0.5)} END {exit !found}' \
    "$name/adcs.csv" || wrong "adcs.csv: ADC $1: expected an offset of 0 and a noise of 0.4"
}

characterize never_ready 'busy_q == 0 \&\& !stall_q' 'busy_q == 0 \&\& !stall_q \&\& index_i != 0'
dead 0 && sound 1 && sound 2
grep -q '; 1 ADC dead; never_ready$' log || wrong "last line: expected '1 ADC dead'"
grep -q '"dead": true' "$name/characterize.json" || wrong "characterize.json: no ADC is dead"

characterize never_answers 'busy_q <= busy_q - 1;' 'busy_q <= 2;' -P array.hold=none -P array.sample_gap=0
dead 0 && dead 1 && dead 2
grep -q '; 3 ADCs dead; never_answers$' log || wrong "last line: expected '3 ADCs dead'"
exit "$failed"

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Random configs through gen, lint, sim, and on a sample synth and its netlist. Each config follows from its seed, modulo 32768.
#   flow/fuzz.sh [COUNT] [FIRST_SEED] [SYNTH_EVERY]     (default 20 configs, seed 1, every 10th)
# FUZZ_SCHEMES: the schemes to draw from (default all). CIMRTL_TOOL: a tool that is already built.
# Prints one line per config and stops at the first failure, keeping its config.
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh
tool=${CIMRTL_TOOL:-$(build_tool)}

count=${1:-20}
first=${2:-1}
synth_every=${3:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

one_of() { local list=("$@"); echo "${list[RANDOM % ${#list[@]}]}"; }
between() { echo $(($1 + RANDOM % ($2 - $1 + 1))); }
divisor_of() {
  local n=$1 list=() d
  for ((d = 1; d <= n; d++)); do ((n % d == 0)) && list+=("$d"); done
  one_of "${list[@]}"
}

# Half of the sizes are small; rows*outputs*planes stays within 2^14.
random_config() {
  local scheme rows outputs planes active share k steps cell_bits signing
  scheme=$(one_of ${FUZZ_SCHEMES:-conventional zebra column_quant bfp binsparx})
  local a b
  a=$(between 1 8)
  b=$(between 1 8)
  planes=$b
  [ "$scheme" = zebra ] && planes=4
  [ "$scheme" = binsparx ] && planes=1
  if [ "$scheme" = column_quant ]; then
    b=$(between 2 8)
    signing=$(one_of twos_complement differential)
    while :; do
      cell_bits=$(divisor_of "$b")
      ((cell_bits <= 4)) && break
    done
    planes=$((b / cell_bits))
    [ "$signing" = differential ] && planes=$((2 * planes))
  fi
  while :; do
    rows=$(one_of 1 2 3 "$(between 1 16)" "$(between 1 80)" "$(between 1 300)")
    outputs=$(one_of 1 2 3 "$(between 1 12)" "$(between 1 40)" "$(between 1 200)")
    ((rows * outputs * planes <= 16384)) && break
  done
  active=$(one_of "$rows" "$rows" "$(divisor_of "$rows")")
  if ((RANDOM % 2)); then
    share=$(divisor_of "$planes")
  else
    while :; do
      k=$(divisor_of "$outputs")
      share=$((k * planes))
      ((share <= 256)) && break
    done
  fi
  echo "name: fuzz"
  echo "scheme: $scheme"
  echo "array: {rows: $rows, outputs: $outputs, active_rows: $active, banks: $(one_of 1 2 3 4 16)," \
    "precharge: $(one_of 0 0 0 1 2 5), settle: $(one_of 0 0 0 1 2 4), hold: $(one_of column column none), sample_gap: $(one_of 0 0 0 1 2 8), max_drive: $(one_of 0 0 1 40), write_while_compute: $(one_of false true)}"
  steps=(1 1 2 5 '"7/2"' '"3/5"')
  [ "$scheme" = binsparx ] && steps=(1 1 1 2 3 7 "$(between 1 300)")
  if [ "$scheme" = column_quant ]; then
    echo "adc: {bits: $(between 1 8), share: $share, latency: $(one_of 1 1 2 3 4 7)," \
      "correction_bits: $(one_of 0 0 0 "$(between 1 8)"), kind: $(one_of response response async)}"
  else
    echo "adc: {bits: $(one_of auto auto auto "$(between 1 8)"), step: $(one_of "${steps[@]}")," \
      "share: $share, latency: $(one_of 1 1 2 3 4 7), correction_bits: $(one_of 0 0 0 "$(between 1 8)"), kind: $(one_of response response async)}"
  fi
  echo "accumulator: {max_tiles: $(between 1 5), bits: $(one_of auto auto "$(between 2 24)")," \
    "bias: $(one_of true false false), chain: $(one_of true false false)}"
  echo "stream: {in: $(one_of auto auto 1 "$(between 1 "$rows")"), out: $(one_of auto auto 1 "$(between 1 "$outputs")")," \
    "weight: $(one_of $((outputs * planes)) $((outputs * planes)) auto "$(between 1 $((outputs * planes)))"), max_bits: $(one_of 128 128 8 "$(between 8 64)")}"
  echo "memory: {factors: $(one_of auto flops macro)}"
  if [ "$scheme" = conventional ]; then
    echo "input: {bits: $a, signed: $(one_of true false)}"
    echo "weight: {bits: $b}"
  elif [ "$scheme" = bfp ]; then
    ((a >= 2)) || a=2
    echo "input: {bits: $a}"
    echo "weight: {bits: $b}"
    echo "bfp: {mantissa_bits: $(between 1 "$a"), block: $(one_of static dynamic)}"
  elif [ "$scheme" = binsparx ]; then
    threshold=$(one_of true false)
    echo "binsparx: {weights: $(one_of true true false), activations: $(one_of true true false)," \
      "threshold: $threshold}"
  elif [ "$scheme" = column_quant ]; then
    echo "input: {bits: $a}"
    echo "weight: {bits: $b}"
    echo "column_quant: {cell_bits: $cell_bits, signing: $signing, dac_bits: $(divisor_of "$a")," \
      "alpha_frac: $(one_of 0 24 "$(between 0 24)" "$(between 8 16)"), scale_bits: $(one_of 1 16 "$(between 1 16)")," \
      "center: $(one_of 0 -128 127 "$(between -8 8)"), granularity: $(one_of column column array layer)," \
      "range_bits: $(one_of 0 0 8 "$(between 1 8)")}"
  elif [ "$scheme" = zebra ]; then
    echo "zebra: {pattern: $(one_of option1 option2 option1_paired window2 '{base: [4, 3, 1, 0], ratio: 8}' \
      '{base: [7, 5, 2, 1], ratio: 1}')}"
  else
    echo "fuzz.sh: no case for the scheme $scheme" >&2
    exit 2
  fi
  if [ "$scheme" != binsparx ] || [ "$threshold" = false ]; then
    echo "output: {mode: $(one_of raw raw requant), bits: $(between 1 16), signed: $(one_of true false)," \
      "multiplier_bits: $(between 1 24)}"
  fi
  # Half of the arrays are not ideal; a column of both signs has no wire.
  if ((RANDOM % 2)); then
    local wire=0
    [ "$scheme" = zebra ] || [ "${signing:-}" = twos_complement ] || wire=$(one_of 0 0 1e-5 0.001 0.01)
    echo "analog: {seed: $((RANDOM * 32768 + RANDOM)), noise: $(one_of 0 0.3 1.5 64), noise_unit: $(one_of lsb lsb v)," \
      "mismatch: $(one_of 0 0.02 0.5), mismatch_kind: $(one_of normal lognormal), mismatch_per: $(one_of cell unit)," \
      "ir_drop: $wire, adc_offset: $(one_of 0 0 1 64), adc_gain: $(one_of 0 0 0.05 0.5)}"
  fi
  echo "clock_gating: $(one_of none cell)"
  echo "test: {observe: $(one_of false false true)}"
  echo "reset: {synchronizer: $(one_of false false true)}"
}

fail() {
  cp "$work/fuzz.yaml" "fuzz_failure_$1.yaml"
  echo "FAILED: seed $1 in $2; the config is kept as fuzz_failure_$1.yaml" >&2
  tail -n 15 "$work/log" >&2
  exit 1
}

skipped=0
for ((i = 0; i < count; i++)); do
  seed=$((first + i))
  RANDOM=$((seed % 32768))
  random_config > "$work/fuzz.yaml"
  # Refused by a rule (an ADC above 16 bits, say): not a design to try.
  if ! "$tool" check -q "$work/fuzz.yaml" 2> "$work/log"; then
    grep -qE 'adc.bits|accumulator.bits|register-file bits' "$work/log" || fail "$seed" check
    skipped=$((skipped + 1))
    continue
  fi
  (cd "$work" && "$tool" gen -q fuzz.yaml -o out > log 2>&1) || fail "$seed" gen
  (cd "$work/out" && verilator --lint-only -Wall --top-module fuzz lint.vlt -F files_sim.f > ../log 2>&1) || fail "$seed" lint
  (cd "$work/out" && verilator --lint-only -Wall --top-module fuzz lint.vlt -F files_synth.f > ../log 2>&1) ||
    fail "$seed" "lint of the synthesis files"
  (cd "$work" && "$tool" sim fuzz.yaml --vectors 12 --seed "$seed" > log 2>&1) || fail "$seed" sim
  line=$(cat "$work/log")
  if ((synth_every > 0 && i % synth_every == 0)); then
    (cd "$work" && "$tool" synth -q fuzz.yaml -o synth > log 2>&1) || fail "$seed" synth
    (cd "$work" && "$tool" sim -q fuzz.yaml --netlist synth --vectors 4 --seed "$seed" > log 2>&1) ||
      fail "$seed" "sim of the netlist"
    line="$line; netlist ok"
  fi
  echo "seed $seed: $line"
done
echo "$((count - skipped)) passed, 0 failed, $skipped skipped"

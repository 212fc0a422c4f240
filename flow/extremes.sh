#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Extreme macros through gen, lint and one compared vector, timed: 1024 rows, 1024 outputs, 256 banks; and
# (sixteen) 256 banks of 16 groups in binsparx, whose corrections are a ring for each group of a bank.
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh
tool=$(build_tool)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

macro() { # name rows outputs banks
  cat > "$1.yaml" << EOF
name: $1
scheme: conventional
array: {rows: $2, outputs: $3, banks: $4}
accumulator: {max_tiles: $4}
input: {bits: 8}
weight: {bits: 8}
EOF
}
macro tall 1024 16 4
macro wide 16 1024 4
macro banked 16 16 256
cat > sixteen.yaml << EOF
name: sixteen
scheme: binsparx
array: {rows: 16, outputs: 1, active_rows: 1, banks: 256}
memory: {factors: flops}
accumulator: {max_tiles: 256}
EOF

# One vector over all rows (for `banked` over all banks) from the quantizer's own kind of data: zeros and ones.
tensor() { # file rows columns byte
  local dict="{'descr': '|u1', 'fortran_order': False, 'shape': ($2, $3), }"
  printf '\x93NUMPY\x01\x00\x76\x00%-117s\n' "$dict" > "$1"
  head -c $(($2 * $3)) /dev/zero | tr '\0' "$4" >> "$1"
}

now() { date +%s.%N; }
for m in "tall 1024 16" "wide 16 1024" "banked 4096 16" "sixteen 4096 1"; do
  read -r name features outputs <<< "$m"
  x='\5' w='\3'
  [ "$name" = sixteen ] && x='\1' w='\1'
  tensor "$name.x.npy" 1 "$features" "$x"
  tensor "$name.w.npy" "$features" "$outputs" "$w"
  t0=$(now)
  "$tool" gen -q "$name.yaml" -o "$name"
  t1=$(now)
  (cd "$name" && verilator --lint-only -Wall --top-module "$name" lint.vlt -F files_sim.f)
  t2=$(now)
  line=$("$tool" run "$name.yaml" --weights "$name.w.npy" --inputs "$name.x.npy")
  t3=$(now)
  awk -v n="$name" -v a="$t0" -v b="$t1" -v c="$t2" -v d="$t3" -v l="$line" \
    'BEGIN { printf "%-7s gen %.1f s, lint %.1f s, build and run %.1f s: %s\n", n, b-a, c-b, d-c, l }'
done

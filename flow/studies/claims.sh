#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The papers' claims on whole networks (flow/studies/claims/*.yaml), golden alone.
#   flow/studies/claims.sh OUT MODEL.onnx X.npy L.npy [BINARY.onnx X.npy L.npy [DIGITAL]]
# The first model for zebra, bfp and column_quant, the second for binsparx, its layers DIGITAL in float32. X.npy as the
# model takes it. Finished rows are kept below OUT and reused. CIMRTL_TOOL: a tool that is already built.
set -euo pipefail
[ $# -eq 4 ] || [ $# -ge 7 ] || { sed -n '3,6s/^# *//p' "$0" >&2; exit 2; }
files=()
for path in "$@"; do [ ! -e "$path" ] || path=$(realpath "$path"); files+=("$path"); done
cd "$(dirname "$0")/../.."
. flow/lib/setup.sh
tool=${CIMRTL_TOOL:-$(build_tool)}
out=${files[0]}
mkdir -p "$out"
claim() { # study model X L [options]
  local name=$1 model=$2 x=$3 l=$4
  shift 4
  "$tool" compare --no-rtl --no-synth -j 1 --study "flow/studies/claims/$name.yaml" --model "$model" --data "$x" --labels "$l" \
    "$@" -o "$out/$name" > "$out/$name.md"
  echo "$out/$name.md"
}
for name in zebra bfp column_quant; do claim $name "${files[@]:1:3}"; done
[ $# -lt 7 ] || claim binsparx "${files[@]:4:3}" ${8:+--digital "$8"}

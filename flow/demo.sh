#!/usr/bin/env bash
# The main job on one layer of the project's own network (tests/data): float tensors to integers,
# through golden model and RTL, and every scheme beside the others in one table; then a layer of a
# binary network with and without each half of BinSparX. A plain Debian 12
# and this command are enough; what is missing is installed. Writes below gen_out/demo only.
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh

layer=tests/data/fashion_conv/conv2
binary=tests/data/fashion_bnn/conv2
config=generator/configs/zebra_64x16.yaml
liberty=/usr/share/qflow/tech/osu018/osu018_stdcells.lib
out=gen_out/demo

say() { printf '\n%s\n' "$*"; }
# Prints a command as its user would type it, then runs it.
show() {
  printf '\n$ cimrtl %s\n' "$*"
  "$build/cimrtl" "$@"
}

install_missing "${packages[@]}"
build=${CIMRTL_BUILD:-build}
echo "building the tool in $build (the first time takes some minutes)"
cmake -S . -B "$build" -G Ninja > /dev/null
ninja -C "$build" --quiet cimrtl compare_schemes compare_columns compare_halves plot_bfp >&2
mkdir -p "$out"
start=$SECONDS

say "== One config: check it, write its SystemVerilog, run a layer through it"
show check "$config"
show gen "$config" -o "$out/zebra_64x16"
show quantize "$config" --weights "${layer}_weights.npy" --inputs "${layer}_inputs.npy" -o "$out/q"
show run "$config" --weights "$out/q/weights.npy" --inputs "$out/q/inputs.npy" \
  --output "$out/Y.npy" --stats "$out/stats.json"

say "== Every scheme on the same layer, golden and RTL, area with OSU018 (a minute or two)"
"$build/compare_schemes" --weights "${layer}_weights.npy" --inputs "${layer}_inputs.npy" \
  --rows 64 --outputs 16 --liberty "$liberty" --json "$out/compare.json" -o "$out/compare" \
  --bfp "$out/bfp.md" > "$out/compare.md"
cat "$out/compare.md"
"$build/plot_bfp" "$out/compare.json" "$out/bfp.svg"

say "== bfp on the same layer by its mantissa length m: what rounding at run time saves and costs"
cat "$out/bfp.md"

say "== A layer of a binary network, with and without each half of BinSparX (a minute)"
"$build/compare_halves" --weights "${binary}_weights.npy" --inputs "${binary}_inputs.npy" \
  --threshold "${binary}_threshold.npy" --liberty "$liberty" -o "$out/halves" > "$out/halves.md"
cat "$out/halves.md"

say "== column_quant on the same layer: what column-wise scales buy, and what they cost (areas with 4-bit ADCs)"
"$build/compare_columns" --weights "${layer}_weights.npy" --inputs "${layer}_inputs.npy" --banks 4 --hardware 4 \
  --liberty "$liberty" --json "$out/columns.json" -o "$out/columns" > "$out/columns.md"
cat "$out/columns.md"

say "Done in $((SECONDS - start)) s. Written below $out/:"
cat << END
  zebra_64x16/   SystemVerilog, file lists, register map, manifest
  q/             integers and scales.json: what one unit is worth
  Y.npy          the result of the RTL, equal to the golden model's
  compare.md     the table above; compare.json: the same as JSON
  bfp.md         the table by m, and the area of each block; bfp.svg: conversions against SQNR
  columns.md     column_quant by granularity and ADC width; columns.json: the same; columns/: configs and reports
  compare/       one config for each row, and the synthesis reports
  halves.md      the binary layer's table; halves/: its synthesis reports
Read next: README.md, docs/how-to/own-layer.md, docs/how-to/own-macro.md.
END

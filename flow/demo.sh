#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job on one layer of the project's own network (tests/data): float tensors to integers,
# through golden model and RTL, every scheme beside the others in one table and one page, and the
# whole network's accuracy on two of them, on an ideal array and a noisy one. A plain
# Debian and this command are enough; what is missing is installed. Writes below gen_out/demo only.
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh

layer=tests/data/fashion_conv/conv2
config=generator/configs/zebra_64x16.yaml
out=gen_out/demo

say() { printf '\n%s\n' "$*"; }
# Prints a command as its user would type it, then runs it.
show() {
  printf '\n$ cimrtl %s\n' "$*"
  "$build/cimrtl" "$@"
}

install_missing "${packages[@]}" dataset-fashion-mnist
build=${CIMRTL_BUILD:-build}
echo "building the tool in $build (the first time takes some minutes)"
configure
ninja -C "$build" --quiet cimrtl >&2
mkdir -p "$out"
start=$SECONDS

say "== One config: check it, write its SystemVerilog, run a layer through it"
show check "$config"
show gen "$config" -o "$out/zebra_64x16"
show quantize "$config" --weights "${layer}_weights.npy" --inputs "${layer}_inputs.npy" -o "$out/q"
show run "$config" --weights "$out/q/weights.npy" --inputs "$out/q/inputs.npy" \
  --output "$out/Y.npy" --stats "$out/stats.json"

say "== Every scheme on a slice of the same layer: golden, RTL, area in gate equivalents, netlist (about a minute)"
show compare --study flow/studies/demo.yaml -o "$out/compare"

say "== The whole network on two schemes: accuracy on an ideal array, then with 0.3 LSB of noise in every conversion"
fashion_npy images 500 "$out/X.npy"
fashion_npy labels 500 "$out/L.npy"
for scheme in conventional zebra; do
  for noise in 0 0.3; do
    show net tests/data/models/fashion_float.onnx "generator/configs/${scheme}_64x16.yaml" -P "analog.noise=$noise" \
      --data "$out/X.npy" --labels "$out/L.npy" -o "$out/net_${scheme}_$noise"
  done
done

say "Done in $((SECONDS - start)) s. Written below $out/:"
cat << END
  zebra_64x16/   SystemVerilog, file lists, register map, manifest
  q/             integers and scales.json: what one unit is worth
  Y.npy          the result of the RTL, equal to the golden model's
  compare/       report.html: the table above with plots; report.md, report.json; rows/: what a second run reuses;
                 synth/: sources, netlist and area of each row
  net_*/         report.html: accuracy, and what each layer costs; logits.npy
Read next: README.md, docs/how-to/own-layer.md, docs/how-to/network.md, docs/how-to/own-macro.md.
END

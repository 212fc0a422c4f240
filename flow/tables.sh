#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures the tables of docs/results and writes them between their markers.
#   flow/tables.sh area          area of the ready configs; each netlist is simulated first
#   flow/tables.sh data          the schemes on the demo's layer
#   flow/tables.sh bfp           bfp by m on the demo's layer, its blocks' areas, docs/results/bfp.svg
#   flow/tables.sh columns       column_quant by granularity and ADC width on the demo's layer: error beside area,
#                                netlists simulated first; docs/results/columns.svg
#   flow/tables.sh layers DIR    the schemes on the layers in DIR: <layer>/{weights,inputs}_float.npy,
#                                or <layer>/{weights,inputs}.npy of integers
#   flow/tables.sh halves        the demo's binary layer with and without each half of BinSparX
#   flow/tables.sh bnn           whole binary networks; the second if CIMRTL_CNV="MODEL.onnx X.npy L.npy"
# The studies behind data, bfp, columns, layers and halves are in flow/studies; every netlist is simulated. Rows are kept below
# gen_out/tables and reused. LIBERTY: a cell library for areas in µm² beside kGE.
# VECTORS: inputs taken of each layer (default all). NETLIST=no: netlists are not simulated, but for the area table's of 64x16.
set -euo pipefail
what=${1:-}
LIBERTY=${LIBERTY:+$(realpath "$LIBERTY")}
layers=${2:+$(cd "$2" && pwd)}
cd "$(dirname "$0")/.."
case $what in
  area | data | bfp | columns | halves | bnn) ;;
  layers) [ -n "$layers" ] || { echo "usage: flow/tables.sh layers DIR" >&2; exit 2; } ;;
  *) echo "usage: flow/tables.sh area | data | bfp | columns | layers DIR | halves | bnn" >&2; exit 2 ;;
esac
. flow/lib/setup.sh
# A cell library for µm² beside kGE, e.g. IHP SG13G2: sg13g2_stdcell_typ_1p20V_25C.lib of IHP-GmbH/IHP-Open-PDK,
# ihp-sg13g2/libs.ref/sg13g2_stdcell/lib.
liberty=${LIBERTY:-}
work=gen_out/tables
mkdir -p "$work"

install_missing "${packages[@]}"
build=${CIMRTL_BUILD:-build}
cmake -S . -B "$build" -G Ninja > /dev/null
ninja -C "$build" --quiet cimrtl >&2

# The page of a table.
page_of() {
  case $1 in
    data) echo docs/results/schemes.md ;;
    columns) echo docs/results/column-quant.md ;;
    halves | bnn) echo docs/results/binary-networks.md ;;
    *) echo "docs/results/$1.md" ;;
  esac
}

# Replaces the lines between the markers of table $1 in its page by stdin.
write_section() {
  local new page
  page=$(page_of "$1")
  new=$(mktemp)
  cat > "$new"
  for edge in begin end; do
    grep -q "<!-- $1-table:$edge -->" "$page" || { echo "$page has no $1-table:$edge" >&2; exit 1; }
  done
  awk -v begin="<!-- $1-table:begin -->" -v end="<!-- $1-table:end -->" -v new="$new" '
    index($0, end) { inside = 0 }
    !inside { print }
    index($0, begin) { inside = 1; while ((getline line < new) > 0) print line }
  ' "$page" > "$work/README.new"
  cat "$work/README.new" > "$page"
  rm -f "$new" "$work/README.new"
}

# The row of a report: total, and the three largest blocks with their share.
row_of_csv() {
  awk -F, -v config="$1" -v scheme="$2" -v adc="$3" '
    function grouped(n, text, at) {
      text = n ""
      for (at = length(text) - 3; at > 0; at -= 3) text = substr(text, 1, at) " " substr(text, at + 1)
      return text
    }
    NR == 1 || $5 == "excluded" { next }
    $1 == "total" { cells = $3; flops = $4; area = $5; um2 = $6; next }
    { n++; name[n] = $1; own[n] = $5 }  # by descending area
    END {
      for (i = 1; i <= 3; i++) largest = largest (i > 1 ? ", " : "") sprintf("`%s` %.0f %%", name[i], 100 * own[i] / area)
      printf "| %s | %s | %s | %s | %s | %.2f | %s | %s |\n", config, scheme, adc, grouped(cells), grouped(flops),
        area / 1000, um2 == "" ? "–" : grouped(sprintf("%.0f", um2)), largest
    }'
}

# One row: config $1, scheme $2, further options. Nothing if its netlist did not pass.
area_row() {
  local name=$1 scheme=$2 dir adc
  shift 2
  dir="$work/area/${name}_${scheme//[ -]/_}"
  rm -rf "$dir"
  "$build/cimrtl" synth -q "generator/configs/$name.yaml" "$@" ${liberty:+--liberty "$liberty"} -o "$dir"
  if [ "${NETLIST:-}" = no ] && [[ $name == *128x64 ]]; then
    : # minutes each
  elif ! "$build/cimrtl" sim "generator/configs/$name.yaml" "$@" --vectors 4 --netlist "$dir" > "$dir/sim.log" 2>&1; then
    echo "left out, its netlist did not pass: $name, $scheme" >&2
    tail -n 5 "$dir/sim.log" >&2
    return 0
  fi
  [ ! -e "$dir/sim.log" ] || cat "$dir/sim.log" >&2
  adc=$(sed -n 's/.*"adc.bits": \([0-9]*\).*/\1/p' "$dir/sources/design.json")
  row_of_csv "$name" "$scheme" "$adc" < "$dir/area.csv"
}

area_table() {
  echo '| config | scheme | ADC bits | cells | flip-flops | area (kGE) | area (µm²) | largest blocks |'
  echo '|---|---|---:|---:|---:|---:|---:|---|'
  local rows="$work/area_rows"
  rm -rf "$rows"
  mkdir -p "$rows"
  # Two rows at a time, the large ones first; in their order below.
  local size row parts=('conventional:conventional 8-8' 'zebra:zebra option1' 'zebra:zebra option2' 'zebra:zebra window2'
    'column_quant:column_quant' 'bfp:bfp' 'binsparx:binsparx')
  for size in 128x64 64x16; do
    for row in "${parts[@]}"; do
      [ "$(jobs -rp | wc -l)" -lt 2 ] || wait -n
      local options=()
      [[ $row != zebra:* ]] || options=(-P "zebra.pattern=${row##* }")
      area_row "${row%%:*}_$size" "${row#*:}" "${options[@]}" > "$rows/${size}_${row#*:}" &
    done
  done
  wait
  for size in 64x16 128x64; do
    for row in "${parts[@]}"; do cat "$rows/${size}_${row#*:}"; done
  done
  cat << END

The ready configs in \`generator/configs/\` (zebra with \`-P zebra.pattern=...\`), Yosys with $(basename "${liberty:-gate equivalents}"); array and ADCs are not in it.
Each row$([ "${NETLIST:-}" != no ] || echo ' of 64x16') appeared only after \`cimrtl sim CONFIG --vectors 4 --netlist DIR\` had found that very netlist equal to the golden model.
ADC bits: \`auto\`, the width that never clips, except where the ready config names a narrower one.
Made by \`${NETLIST:+NETLIST=$NETLIST }${liberty:+LIBERTY=$(basename "$liberty") }flow/tables.sh area\`.
END
}

# The study $1 (flow/studies/), its rows kept below $work/$1; further options. Without LIBERTY areas are in kGE alone.
study_table() {
  local name=$1
  shift
  "$build/cimrtl" compare --study "flow/studies/$name.yaml" -o "$work/$name" ${VECTORS:+--vectors "$VECTORS"} \
    $([ "${NETLIST:-}" != no ] || echo --no-netlist) \
    ${LIBERTY:+--liberty "$LIBERTY"} "$@"
}

data_table() {
  study_table schemes
  printf '\nThe second convolution of the network in `tests/data` (Fashion-MNIST). Made by `flow/tables.sh data`.\n'
}

bfp_table() {
  study_table bfp
  cp "$work/bfp/plot1.svg" docs/results/bfp.svg
  printf '\nThe layer and the macro of the schemes'"'"' table. Made by `flow/tables.sh bfp`.\n'
}

columns_table() {
  study_table columns
  cp "$work/columns/plot1.svg" docs/results/columns.svg
  printf '\nThe second convolution of the network in `tests/data` (Fashion-MNIST). Made by `flow/tables.sh columns`.\n'
}

# What a layer's folder is called in the README.
title_of() {
  case $1 in
    resnet20_*) echo "ResNet-20 on CIFAR-10, \`${1#resnet20_}\`" ;;
    vgg_int8_*) echo "int8 VGG-like CNN on CIFAR-10 (Analog Devices MAX78000), \`${1#vgg_int8_}\`" ;;
    *) echo "\`$1\`" ;;
  esac
}

layers_table() {
  local dir name kind
  for dir in "$layers"/{resnet20,vgg_int8}_*/; do
    [ -d "$dir" ] || continue
    name=$(basename "$dir")
    kind=
    [ ! -f "$dir/weights_float.npy" ] || kind=_float
    study_table schemes --weights "$dir/weights$kind.npy" --inputs "$dir/inputs$kind.npy" > "$work/$name.md"
    printf '\n**%s.** %s\n\n' "$(title_of "$name")" "$(sed -n 's/^- Layer: //p' "$work/$name.md")"
    grep '^|' "$work/$name.md"
    echo "$name: done" >&2
  done
  cat << 'END'

Notes as below the table of the demo's layer. ResNet-20: float weights and inputs, SQNR against the float product. int8 CNN: integer
tensors, SQNR against the integer product; conventional takes them as they are, zebra scales and codes them.
The layers are not part of this repository. Made by `flow/tables.sh layers DIR`.
END
}

halves_table() {
  study_table halves
  printf '\nThe second convolution of `tests/data/fashion_bnn`, 256 vectors. Made by `flow/tables.sh halves`.\n'
}

# Whole binary networks: the project's, and BNN-PYNQ's CNV where $CIMRTL_CNV names its ONNX file, X.npy and L.npy.
network_table() {
  "$build/cimrtl" net "$2" generator/configs/binsparx_64x16.yaml --data "$3" --labels "$4" --rtl 16 \
    -o "$work/$1" "${@:5}" > "$work/$1.txt"
  sed -e "s/^# /**/; s/ on .*$/.** Macro of \`generator\/configs\/binsparx_64x16.yaml\`, more tiles./;t" "$work/$1/report.md"
}

bnn_table() {
  install_missing dataset-fashion-mnist
  fashion_npy images 10000 "$work/X.npy"
  fashion_npy labels 10000 "$work/L.npy"
  network_table fashion tests/data/models/fashion_bnn.onnx "$work/X.npy" "$work/L.npy" -P accumulator.max_tiles=32
  if [ -n "${CIMRTL_CNV:-}" ]; then
    printf '\n'
    # shellcheck disable=SC2086 # three names
    network_table cnv $CIMRTL_CNV -P accumulator.max_tiles=64 --digital "${CIMRTL_CNV_FIRST:-Conv_0}"
  fi
  printf '\nMade by `flow/tables.sh bnn`.\n'
}

"${what}_table" > "$work/$what.md"
write_section "$what" < "$work/$what.md"
echo "$(page_of "$what"): $what table written"

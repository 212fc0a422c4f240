#!/usr/bin/env bash
# docs/results/analog.md's tables and plots: the schemes on an array that is not ideal (flow/studies/analog.yaml) on the
# project's own layer and on others, and BinSparX against the wire (flow/studies/analog_wire.yaml) on its own binary layer.
#   flow/studies/analog.sh [OUT, default gen_out/analog] [FOLDER of a layer: weights_float.npy, inputs_float.npy]...
# Finished rows are kept below OUT and reused. ANALOG_VECTORS: inputs of the other layers (default 32). CIMRTL_TOOL: a tool
# that is already built.
set -euo pipefail
cd "$(dirname "$0")/../.."
. flow/lib/setup.sh
tool=${CIMRTL_TOOL:-$(build_tool)}
out=${1:-gen_out/analog}
shift || true
mkdir -p "$out"

compare() { "$tool" compare -q --no-rtl --no-synth --study "$@" > /dev/null; }

# Rows of a report: NAME SETTINGS... FIGURES..., blanks between; what is missing is "–".
rows_of() { sed -n 's/^| \([a-z_]* [0-9. ]*\) | \(.*\) | golden only |$/\1 \2/p' "$1/report.md" | sed 's/ | / /g'; }

table() { # report folder → Markdown: SQNR / CSNR by scheme
  rows_of "$1" | awk '
    { key = $2 " " $3 " " $4 " " $5
      if (!(key in seen)) { seen[key] = 1; keys[++n] = key }
      if (!($1 in known)) { known[$1] = 1; names[++m] = $1 }
      cell[key, $1] = $6 " / " $7 }
    END {
      line = "| noise (LSB) | mismatch | offset (LSB) | calibrated |"; rule = "|--:|--:|--:|---|"
      for (i = 1; i <= m; i++) { line = line " " names[i] " |"; rule = rule "--:|" }
      print line; print rule
      for (k = 1; k <= n; k++) {
        split(keys[k], s, " ")
        line = "| " s[1] " | " s[2] " | " s[3] " | " (s[3] == 0 ? "" : s[4] > 0 ? "yes" : "no") " |"
        for (i = 1; i <= m; i++) line = line " " cell[keys[k], names[i]] " |"
        print line
      }
    }'
}

plot() { # title, report folder, picture: SQNR against noise and against mismatch
  rows_of "$2" > "$2/rows.txt"
  local scheme noise='' mismatch='' n=0
  for scheme in conventional zebra column_quant bfp binsparx; do
    n=$((n + 1))
    awk -v s="$scheme" '$1 == s && $3 == 0 && $4 == 0' "$2/rows.txt" > "$2/noise_$scheme.txt"
    awk -v s="$scheme" '$1 == s && $2 == 0 && $4 == 0' "$2/rows.txt" > "$2/mismatch_$scheme.txt"
    noise+="${noise:+, }'$2/noise_$scheme.txt' using 2:6 with linespoints lc $n pt 7 ps 0.6 title '$scheme'"
    mismatch+="${mismatch:+, }'$2/mismatch_$scheme.txt' using (100 * \$3):6 with linespoints lc $n pt 7 ps 0.6 notitle"
  done
  gnuplot << PLOT
set terminal svg size 900,400 font "sans,12" background "white" noenhanced
set output "$3"
set multiplot layout 1,2 title "$1"
set ylabel "SQNR, dB"
set xlabel "noise of a conversion, LSB"
set key below
set datafile missing "–"
plot $noise
set xlabel "mismatch of cells, %"
plot $mismatch
PLOT
}

study() { # name title [further options]
  local name=$1 title=$2
  shift 2
  compare flow/studies/analog.yaml -o "$out/$name" "$@"
  table "$out/$name" > "$out/$name.md"
  plot "$title" "$out/$name" "$out/analog_$name.svg"
}

study demo "Fashion-MNIST, second convolution"
for folder in "$@"; do
  study "$(basename "$folder")" "$(basename "$folder" | tr _ ' ')" --weights "$folder/weights_float.npy" \
    --inputs "$folder/inputs_float.npy" --vectors "${ANALOG_VECTORS:-32}"
done

compare flow/studies/analog_wire.yaml -o "$out/wire"
rows_of "$out/wire" > "$out/wire/all.txt"
{
  echo "| ir_drop | neither half | columns inverted | rows inverted | both |"
  echo "|--:|--:|--:|--:|--:|"
  awk '{ if (!($2 in seen)) { seen[$2] = 1; drops[++n] = $2 } cell[$2, $1] = $4 }
    END { for (i = 1; i <= n; i++) { d = drops[i]
      print "| " d " | " cell[d, "neither"] " | " cell[d, "columns"] " | " cell[d, "rows"] " | " cell[d, "both"] " |" } }' \
    "$out/wire/all.txt"
} > "$out/wire.md"
curves=
n=0
for half in neither columns rows both; do
  n=$((n + 1))
  awk -v h="$half" '$1 == h && $2 > 0' "$out/wire/all.txt" > "$out/wire/$half.txt"
  curves+="${curves:+, }'$out/wire/$half.txt' using 2:4 with linespoints lc $n pt 7 ps 0.6 title '$half'"
done
gnuplot << PLOT
set terminal svg size 560,380 font "sans,12" background "white" noenhanced
set format x "%g"
set output "$out/analog_wire.svg"
set logscale x
set datafile missing "–"
set xlabel "wire from cell to cell, of a cell's resistance"
set ylabel "CSNR, dB"
set key top right
plot $curves
PLOT
echo "$out: demo.md, one of each folder, wire.md, and a picture of each"

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The wire's law of docs/spec/analog.md against ngspice: columns of 16, 64, 128 and 256 cells, wire
# ratios from 1e-6 to 1e-3, random patterns. Writes ir_drop.csv (error of the law in percent of the
# column's sum: mean and greatest magnitude, and the loss), ir_drop.md (the same as a table) and,
# with gnuplot, ir_drop.svg.
#   run.sh [FOLDER] [patterns of each kind, default 12]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-gen_out/ir_drop}
patterns=${2:-12}
for tool in ngspice awk; do
    if ! command -v "$tool" > /dev/null; then
        echo "$tool is missing (apt-get install $tool)" >&2
        exit 1
    fi
done
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "cells,ratio,loss_percent,mean_error_percent,greatest_error_percent" > "$work/csv"
seed=0
for cells in 16 64 128 256; do
    for ratio in 1e-6 3e-6 1e-5 3e-5 1e-4 3e-4 1e-3; do
        : > "$work/points"
        for pattern in $(seq "$patterns"); do
            seed=$((seed + 1))
            density=$(awk -v p="$pattern" -v n="$patterns" 'BEGIN { print 0.1 + 0.7 * (p - 0.5) / n }')
            law=$(awk -v cells="$cells" -v ratio="$ratio" -v density="$density" -v seed="$seed" \
                -v netlist="$work/column.cir" -f "$here/ladder.awk")
            spice=$(ngspice -b "$work/column.cir" 2> /dev/null |
                awk '/^i\(vadc\)/ { print ($3 < 0) ? -$3 : $3 }')
            echo "$law $spice" >> "$work/points"
        done
        awk -v cells="$cells" -v ratio="$ratio" '
            $1 > 0 {
                error = 100 * ($2 - $3) / $1
                size = error < 0 ? -error : error
                loss += 100 * (1 - $3 / $1); sum += size; n++
                if (size > most) most = size
            }
            END { printf "%d,%s,%.3f,%.4f,%.4f\n", cells, ratio, loss / n, sum / n, most }
        ' "$work/points" >> "$work/csv"
    done
done
mv "$work/csv" "$out/ir_drop.csv"
awk -F, '
    NR == 1 { print "| cells | wire ratio | loss, % of v | error of the law, mean % of v | greatest |"
              print "|--:|--:|--:|--:|--:|"; next }
    { printf "| %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5 }
' "$out/ir_drop.csv" > "$out/ir_drop.md"
if command -v gnuplot > /dev/null; then
    gnuplot <<PLOT
set terminal svg size 720,420 font "sans,12" background "white"
set output "$out/ir_drop.svg"
set datafile separator ","
set logscale xy
set xlabel "loss of the column's sum, %"
set ylabel "error of the law, % of the sum"
set key top left
plot for [n in "16 64 128 256"] "$out/ir_drop.csv" using (\$1 == n ? \$3 : 1/0):4 \
    with linespoints title n." cells"
PLOT
fi
cat "$out/ir_drop.md"

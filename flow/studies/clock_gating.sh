#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# clock_gating.sh [-s VECTORS] [CONFIG...]: area and gated flip-flops with `clock_gating` none and cell, as a table (Markdown) on
# standard output (docs/results/clock-gating.md). Configs: the five of 64 x 16. -s: each netlist with gates is also simulated.
# LIBERTY: a library; without it gate equivalents. CIMRTL: the program (build/cimrtl). Flip-flops are counted in the generated RTL.
set -eu
cd "$(dirname "$0")/../.."
cimrtl=${CIMRTL:-build/cimrtl}
vectors=0
if [ "${1:-}" = -s ]; then
    vectors=$2
    shift 2
fi
[ $# -gt 0 ] || set -- conventional_64x16 zebra_64x16 column_quant_64x16 bfp_64x16 binsparx_64x16
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

area() { # FOLDER: of the whole, in gate equivalents
    sed -n 's/^  "area_ge": \([0-9.]*\).*/\1/p' "$1/area.json"
}

# FOLDER TOP: flip-flops, those behind a gate, gates. The gate is a black box here.
count() {
    {
        for file in "$1"/sources/rtl/*_pkg.sv "$1"/sources/rtl/*.sv "$1"/sources/blackbox/*.sv; do
            case $file in
                */cim_clock_gate.sv) echo "read_verilog -sv $work/gate.sv" ;;
                *_pkg.sv) echo "read_verilog -sv $file" ;;
                *) echo "read_verilog -sv -defer $file" ;;
            esac
        done | awk '!seen[$0]++'
        echo "hierarchy -check -top $2; proc; flatten; opt -full; simplemap t:\$*dff*; opt_clean"
        echo "select -set flops t:\$_*DFF*"
        echo "tee -o $work/flops select -count @flops"
        echo "tee -o $work/gated select -count t:cim_clock_gate %co1:+[clk_o] %co1:+[C] @flops %i"
        echo "tee -o $work/gates select -count t:cim_clock_gate"
    } > "$work/count.ys"
    yosys -q "$work/count.ys" > "$work/count.log" 2>&1 || { cat "$work/count.log" >&2; exit 1; }
    for what in flops gated gates; do sed 's/ .*//' "$work/$what"; done | tr '\n' ' '
}
cat > "$work/gate.sv" << 'END'
(* blackbox *) module cim_clock_gate (input clk_i, input en_i, input test_en_i, output clk_o);
endmodule
END

echo "| config | flip-flops | behind gates | gates | kGE, none | kGE, cell | difference |"
echo "|---|---|---|---|---|---|---|"
for config; do
    for kind in none cell; do
        "$cimrtl" synth -q "generator/configs/$config.yaml" -P "clock_gating=$kind" ${LIBERTY:+--liberty "$LIBERTY"} \
            -o "$work/$config.$kind" > /dev/null
    done
    # shellcheck disable=SC2046
    set -- $(count "$work/$config.cell" "$config") "$(area "$work/$config.none")" "$(area "$work/$config.cell")"
    awk -v c="$config" -v f="$1" -v g="$2" -v n="$3" -v a="$4" -v b="$5" 'BEGIN {
        printf "| %s | %d | %d (%.0f %%) | %d | %.2f | %.2f | %+.1f %% |\n", c, f, g, 100 * g / f, n, a / 1000, b / 1000, 100 * (b / a - 1)
    }'
    if [ "$vectors" -gt 0 ]; then
        "$cimrtl" sim "generator/configs/$config.yaml" -P clock_gating=cell --vectors "$vectors" --netlist "$work/$config.cell" >&2
    fi
done

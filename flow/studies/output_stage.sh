#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the output stage costs: flow/studies/output_stage.sh LIBERTY [CONFIG] [BITS...]
# For each width of the multipliers: one multiplier with its shift and clamp (cim_requantizer), the whole periphery, and the
# worst path of the netlist by OpenSTA, from and to flip-flops (ports ideal); first without the stage. Needs opensta.
set -euo pipefail
cd "$(dirname "$0")/../.."
. flow/lib/setup.sh
liberty=${1:?a Liberty file} config=${2:-generator/configs/conventional_64x16.yaml}
shift; [ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- 8 12 16 24
tool=${CIMRTL_TOOL:-$(build_tool)}
command -v sta > /dev/null || install_missing opensta
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

path_of() { # folder top → ns
  cat > "$1/path.tcl" << TCL
read_liberty $(realpath "$liberty")
read_verilog $1/netlist.v
link_design $2
create_clock -name clk -period 10 clk_i
set_false_path -from [all_inputs]
set_false_path -to [all_outputs]
puts "worst [expr 10 - [worst_slack -max]]"
exit
TCL
  sta -no_splash -exit "$1/path.tcl" | awk '/^worst/ { printf "%.2f", $2 }'
}

row() { # label, then settings
  local label=$1 out=$work/out top
  shift
  "$tool" synth -q "$config" --liberty "$liberty" -o "$out" "$@"
  top=$(awk '/^name:/ { print $2; exit }' "$config")
  awk -F, -v label="$label" -v path="$(path_of "$out" "${top}_periphery")" '
    NR == 1 { for (i = 1; i <= NF; ++i) column[$i] = i; next }
    $1 == "cim_requantizer" { stage = $column["area_ge"] / $column["instances"] }
    { cells += $column["cells"]; flops += $column["flops"]; area += $column["area_ge"] }
    END { printf "| %s | %s | %d | %d | %.2f | %s |\n", label, stage ? sprintf("%.2f", stage / 1000) : "–", cells, flops, area / 1000, path }
  ' "$out/area.csv"
}

echo "| multiplier bits | one multiplier (kGE) | cells | flip-flops | periphery (kGE) | worst path (ns) |"
echo "|---|---|---|---|---|---|"
row "no stage"
for bits in "$@"; do
  row "$bits" -P output.mode=requant -P output.multiplier_bits="$bits"
done

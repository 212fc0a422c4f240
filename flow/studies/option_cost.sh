#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What an option of the hardware costs, as a table by its width.
#   flow/studies/option_cost.sh stage LIBERTY [CONFIG] [BITS...]        the output stage, by output.multiplier_bits
#   flow/studies/option_cost.sh correction LIBERTY [CONFIG] [BITS...]   the ADCs' offset correction, by adc.correction_bits
# Each row: the option's own block (cim_requantizer: one multiplier with its shift and clamp; cim_code_correction: the
# subtractors of all ADCs), the whole periphery, and the worst path of the netlist by OpenSTA, from and to flip-flops (ports
# ideal); first without the option. Needs opensta.
set -euo pipefail
cd "$(dirname "$0")/../.."
. flow/lib/setup.sh
option=${1:-} liberty=${2:?a Liberty file} config=${3:-generator/configs/conventional_64x16.yaml}
shift 2
[ $# -eq 0 ] || shift
case $option in
  stage) block=cim_requantizer of='multiplier bits | one multiplier' none='no stage' bits=(8 12 16 24) ;;
  correction) block=cim_code_correction of='correction bits | subtractors' none=0 bits=(2 3 4 6 8) ;;
  *) echo "usage: flow/studies/option_cost.sh stage|correction LIBERTY [CONFIG] [BITS...]" >&2; exit 2 ;;
esac
[ $# -eq 0 ] || bits=("$@")
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
  awk -F, -v label="$label" -v block="$block" -v option="$option" -v path="$(path_of "$out" "${top}_periphery")" '
    NR == 1 { for (i = 1; i <= NF; ++i) column[$i] = i; next }
    $1 == block { own = $column["area_ge"] / (option == "stage" ? $column["instances"] : 1) }
    $1 == "total" { cells = $column["cells"]; flops = $column["flops"]; area = $column["area_ge"] }
    END { printf "| %s | %s | %d | %d | %.2f | %s |\n", label, own ? sprintf("%.2f", own / 1000) : "–", cells, flops, area / 1000, path }
  ' "$out/area.csv"
}

echo "| $of (kGE) | cells | flip-flops | periphery (kGE) | worst path (ns) |"
echo "|---|---|---|---|---|---|"
row "$none"
for n in "${bits[@]}"; do
  if [ "$option" = stage ]; then
    row "$n" -P output.mode=requant -P output.multiplier_bits="$n"
  else
    row "$n" -P adc.correction_bits="$n"
  fi
done

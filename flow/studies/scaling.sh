#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How the periphery grows with rows and outputs, as tables for docs/results/scaling.md.
#   flow/studies/scaling.sh whole LIBERTY    cells, flip-flops, area, an output and a row, worst path: one row a size and scheme
#   flow/studies/scaling.sh blocks LIBERTY   area of each block by size, exponents of its growth, GE a bit that it holds
#   flow/studies/scaling.sh budgets LIBERTY  the ready configs: area, register to register, and with the constraints that gen writes
# The 64x16 config of each scheme with other array.rows and array.outputs; factors of banks in memories, at 64x16 in
# flip-flops, too. `whole` is flattened where FLAT (a pattern on SIZE_SCHEME) matches, else --hierarchical and without paths;
# `blocks` is hierarchical at all sizes: a block is then what it is alone, not a share of merged gates. `whole` takes
# half an hour; what is below gen_out/scaling stays and is reused, also while a row is missing.
# CLOCK_PS (2000), LIMIT (1500 s a synthesis: longer ones leave the row out).
set -euo pipefail
cd "$(dirname "$0")/../.."
. flow/lib/setup.sh
what=${1:-} liberty=$(realpath "${2:?a Liberty file}")
clock=${CLOCK_PS:-2000} limit=${LIMIT:-1500} work=gen_out/scaling/$(basename "$liberty")
flat=${FLAT:-.}
schemes=(conventional zebra bfp binsparx column_quant)
sizes=(64x16 128x32 256x64 512x128 1024x64)
case $what in
  whole | blocks | budgets) ;;
  *) echo "usage: flow/studies/scaling.sh whole|blocks|budgets LIBERTY" >&2; exit 2 ;;
esac
tool=${CIMRTL_TOOL:-$(build_tool)}
[ "$what" = blocks ] || command -v sta > /dev/null || install_missing opensta
mkdir -p "$work"

# synth into $work/$1 unless it is there, with the options that follow; false if it took too long.
synth() {
  local dir=$work/$1
  shift
  [ ! -e "$dir/area.json" ] || return 0
  mkdir -p "$dir"
  timeout "$limit" "$tool" synth -q "$@" --liberty "$liberty" --clock-ps "$clock" -o "$dir" > "$dir/log" 2>&1 && return 0
  echo "$dir: none within $limit s, or failed: $(tail -n 1 "$dir/log")" >&2
  return 1
}

# The scheme's config $1 at size $2, factors $3.
options() {
  echo "generator/configs/$1_64x16.yaml -P array.rows=${2%x*} -P array.outputs=${2#*x}"
  case $1 in binsparx | column_quant) echo "-P memory.factors=$3" ;; esac
}

number() { sed -n "s/^ *\"$2\": \"\\{0,1\\}\\([^\",]*\\)\"\\{0,1\\},\\{0,1\\}\$/\\1/p" "$1/area.json" | head -n 1; } # folder name

whole_row() { # scheme size factors label
  local name=$2_$1 dir how=flattened path=– mhz=– where=–
  [ "$3" = macro ] || name+=_$3
  if [[ ${name%_flops} =~ $flat ]]; then
    # shellcheck disable=SC2046 # words
    synth "$name" $(options "$1" "$2" "$3") --sta || return 0
    dir=$work/$name
    path=$(number "$dir" worst_ns) mhz=$(number "$dir" max_mhz)
    where="\`$(number "$dir" from_block)\` → \`$(number "$dir" to_block)\`"
  else
    # shellcheck disable=SC2046 # words
    synth "h_$name" $(options "$1" "$2" "$3") --hierarchical || return 0
    dir=$work/h_$name how=hierarchical
  fi
  awk -v label="$4" -v size="${2/x/ × }" -v how="$how" -v cells="$(number "$dir" cells)" -v flops="$(number "$dir" flops)" \
    -v ge="$(number "$dir" area_ge)" -v rows="${2%x*}" -v outputs="${2#*x}" -v path="$path" -v mhz="$mhz" -v where="$where" 'BEGIN {
      printf "| %s | %s | %s | %d | %d | %.2f | %.0f | %.0f | %s | %s | %s |\n", label, size, how, cells, flops, ge / 1000, ge / outputs,
        ge / rows, path == "–" ? path : sprintf("%.2f", path), mhz == "–" ? mhz : sprintf("%.0f", mhz), where }'
}

whole_table() {
  echo '| scheme | rows × outputs | synthesis | cells | flip-flops | kGE | GE an output | GE a row | worst path (ns) | MHz | from → to |'
  echo '|---|---|---|---:|---:|---:|---:|---:|---:|---:|---|'
  local scheme size
  for scheme in "${schemes[@]}"; do
    for size in "${sizes[@]}"; do whole_row "$scheme" "$size" macro "\`$scheme\`"; done
    case $scheme in binsparx | column_quant) whole_row "$scheme" 64x16 flops "\`$scheme\`, factors in flip-flops" ;; esac
  done
}

blocks_of_scheme() {
  local size files=()
  for size in "${sizes[@]}"; do
    # shellcheck disable=SC2046 # words
    synth "h_${size}_$1" $(options "$1" "$size" macro) --hierarchical || return 0
    files+=("$work/h_${size}_$1/area.csv")
  done
  printf '\n**`%s`**\n\n' "$1"
  echo '| block | 64 × 16 | 128 × 32 | 256 × 64 | 512 × 128 | 1024 × 64 | both | rows | outputs | GE a bit: 64 × 16 | 512 × 128 |'
  echo '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|'
  # Exponents: both = log2 of 512x128 over 256x64, rows = log4 of 1024x64 over 256x64, outputs what is left of both.
  awk -F, '
    FNR == 1 { file++; next }
    $5 == "excluded" { next }
    { ge[$1, file] = $5; flops[$1, file] = $4; if (file == 4) order[++n] = $1 }
    END {
      for (i = 1; i <= n; i++) {
        b = order[i]
        if (ge[b, 4] < 60 || ge[b, 3] == 0 || ge[b, 5] == 0) continue
        both = log(ge[b, 4] / ge[b, 3]) / log(2)
        rows = log(ge[b, 5] / ge[b, 3]) / log(4)
        printf "| %s |", b == "total" ? "**whole**" : "`" b "`"
        for (f = 1; f <= 5; f++) printf " %.2f |", ge[b, f] / 1000
        printf " %.2f | %.2f | %.2f |", both, rows, both - rows
        if (flops[b, 1] >= 16 && flops[b, 4] >= 64) printf " %.1f | %.1f |\n", ge[b, 1] / flops[b, 1], ge[b, 4] / flops[b, 4]
        else printf " – | – |\n"
      }
    }' "${files[@]}"
}

blocks_table() {
  local scheme
  for scheme in "${schemes[@]}"; do blocks_of_scheme "$scheme"; done
}

# The shortest period in ns at which the netlist in $2 of the macro $1 meets its constraints (ports, array port, reset, skew),
# by bisection: the constraints' shares follow the period. What OpenSTA said of that path stays in period_$1.log.
period_of() {
  local cells=$liberty
  case $liberty in *.gz) gzip -dc "$liberty" > "$work/cells.lib" && cells=$work/cells.lib ;; esac
  cat > "$work/period.tcl" << TCL
read_liberty $cells
read_liberty $2/sources/handoff/$1_array.lib
read_verilog $2/netlist.v
link_design $1
set low 0.2
set high 20.0
while {\$high - \$low > 0.005} {
  set cim_period [expr (\$low + \$high) / 2]
  read_sdc $2/sources/constraints/$1.sdc
  if {[worst_slack -max] < 0} { set low \$cim_period } else { set high \$cim_period }
}
puts "period \$high"
set cim_period \$high
read_sdc $2/sources/constraints/$1.sdc
report_checks -path_delay max -format end -no_line_splits
report_checks -path_delay max -no_line_splits
exit
TCL
  sta -no_splash -no_init -exit "$work/period.tcl" > "$work/period_$1.log" 2>&1
  ! grep '^Error' "$work/period_$1.log" >&2
  awk '/^period/ { printf "%.3f", $2 }' "$work/period_$1.log"
}

budgets_table() {
  local scheme size config dir bits period
  echo '| config | ADC bits | cells | flip-flops | kGE | register to register: ns | MHz | with ports and budgets: ns | MHz | from → to |'
  echo '|---|---:|---:|---:|---:|---:|---:|---:|---:|---|'
  for size in 64x16 128x64; do
    for scheme in conventional zebra column_quant bfp binsparx; do
      config=${scheme}_$size dir=$work/ready_${scheme}_$size
      synth "ready_$config" "generator/configs/$config.yaml" --sta || continue
      bits=$(sed -n 's/.*"adc.bits": \([0-9]*\).*/\1/p' "$dir/sources/design.json")
      period=$(period_of "$config" "$dir")
      awk -v config="$config" -v bits="$bits" -v cells="$(number "$dir" cells)" -v flops="$(number "$dir" flops)" -v ge="$(number "$dir" area_ge)" \
        -v path="$(number "$dir" worst_ns)" -v mhz="$(number "$dir" max_mhz)" -v period="$period" \
        -v where="\`$(number "$dir" from_block)\` → \`$(number "$dir" to_block)\`" 'BEGIN {
          printf "| `%s` | %d | %d | %d | %.2f | %.2f | %.0f | %.2f | %.0f | %s |\n", config, bits, cells, flops, ge / 1000, path, mhz, period,
            1000 / period, where }'
    done
  done
}

"${what}_table"

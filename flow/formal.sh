#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Proves that a macro never stalls while its environment answers: flow/formal.sh [options] [CASE…]
#   -b       bounded model checking alone (yosys-smtbmc, z3), without the proof for all time (abc, pdr)
#   -u       the proof for all time alone
#   -d N     another depth of bounded model checking
#   -n       in a narrower environment (NARROW), for a deeper search
#   -f F     with the fault F of flow/formal/faults.txt put into the RTL: it must be caught (exit 0)
#   -k DIR   keep the models, logs and traces in DIR
# Cases are the lines of flow/formal/cases.txt; without one, all of them. What is assumed and asserted:
# the header of flow/formal/stalls.sv. $CIMRTL names the tool (default: built here).
# Exit 77 (ctest's skip) if yosys-smtbmc or z3 is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
bounded=1 always=1 narrow='' depth='' fault='' keep=''
while getopts bund:f:k: option; do
  case $option in
    b) always= ;;
    u) bounded= ;;
    n) narrow=1 ;;
    d) depth=$OPTARG ;;
    f) fault=$OPTARG ;;
    k) keep=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
for program in yosys yosys-smtbmc yosys-abc z3; do
  if ! type -P "$program" > /dev/null; then
    echo "skipped: $program is missing (Debian: yosys, z3)" >&2
    exit 77
  fi
done
if [ -z "${CIMRTL:-}" ]; then
  . flow/lib/setup.sh
  CIMRTL=$(build_tool)
fi
. flow/lib/fault.sh
if [ -n "$keep" ]; then
  mkdir -p "$keep"
  work=$(cd "$keep" && pwd)
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi

# The RTL of a case, with the fault if there is one, as Yosys 0.23 takes it: it knows no `assert … else`.
sources() { # folder
  local file out=$1/rtl text replacement module
  mkdir -p "$out"
  for file in $(grep -v '^//' "$1/gen/files_synth.f" | grep -v -e blackbox -e rtl/dut.sv); do
    sed -z -E 's/\n *else\s+\$error\([^;]*\);/;/g' "$1/gen/$file" > "$out/${file##*/}"
  done
  [ -z "$fault" ] && return 0
  while IFS= read -r line; do
    split_fields "$line"
    [ "${fields[0]}" = "$fault" ] || continue
    module=${fields[1]} text=${fields[2]} replacement=${fields[3]}
    with_fault "$out/$module.sv" "$text" "$replacement" faults.txt > "$out/faulty"
    mv "$out/faulty" "$out/$module.sv"
  done < flow/formal/faults.txt
  [ -n "${module:-}" ] || { echo "no fault $fault in flow/formal/faults.txt" >&2; exit 2; }
}

# The models of a case: model.smt2 by words, model.aig by bits.
models() { # folder still latency
  local script file defines='' formal=-formal
  # Faults are to be caught by the proof, not by the block's own assertions.
  [ -z "$fault" ] || formal=
  [ -z "$narrow" ] || defines+=' -DNARROW'
  script="read_verilog -sv $formal $1/rtl/dut_pkg.sv"
  grep -q 'chain_valid_i,' "$1/rtl/dut_periphery.sv" && defines+=' -DCHAIN'
  grep -q 'array_trim_o,' "$1/rtl/dut_periphery.sv" && defines+=' -DTRIM'
  grep -q 'adc_req_ready_i,' "$1/rtl/dut_periphery.sv" || defines+=' -DASYNC'
  for file in "$1"/rtl/*.sv; do
    [ "$file" = "$1/rtl/dut_pkg.sv" ] || script+="; read_verilog -sv $formal -defer $file"
  done
  script+="; read_verilog -sv -defer flow/formal/free_memory.sv
    read_verilog -sv -formal -defer$defines flow/formal/stalls.sv
    hierarchy -check -top stalls -chparam Still $2 -chparam Latency $3
    proc; flatten; opt -full; async2sync; opt -full; dffunmap; opt_clean
    rename -top stalls
    write_smt2 -wires $1/model.smt2
    delete t:\$cover; techmap; dffunmap; simplemap; opt_clean; abc -g AND -fast; opt_clean
    write_aiger -zinit -map $1/model.aim $1/model.aig"
  printf '%s\n' "${script//; /$'\n'}" > "$1/model.ys"
  yosys -q -l "$1/yosys.log" -e 'implicitly declared' "$1/model.ys" > /dev/null 2> "$1/yosys.err" || {
    cat "$1/yosys.err" >&2
    exit 1
  }
}

smtbmc() { # folder log options: exit status of the solver
  local dir=$1 log=$2
  shift 2
  yosys-smtbmc -s z3 --unroll --noprogress "$@" --dump-vcd "$dir/trace.vcd" "$dir/model.smt2" > "$dir/$log" 2>&1
}

# The trace that abc found, as waves.
trace() { # folder
  yosys-abc -c "read_aiger $1/model.aig; fold; orpos; bmc3 -T 60; write_cex -a $1/cex" > "$1/cex.log" 2>&1
  [ -s "$1/cex" ] || return 0
  { printf '1\nb0\n'; cat "$1/cex"; echo .; } > "$1/model.aiw"
  smtbmc "$1" trace.log --aig "$1/model" || true
}

# One case: prints a line, and whether it holds.
prove() { # case still latency depth
  local dir=$work/$1 found status=holds began=$EPOCHREALTIME said=()
  mkdir -p "$dir"
  "$CIMRTL" gen "flow/formal/configs/$1.yaml" -o "$dir/gen" -q
  sources "$dir"
  models "$dir" "$2" "$3"
  # A proof under assumptions that nothing can meet is none: two results come out.
  if [ -z "$fault" ] && ! smtbmc "$dir" cover.log -c -t 60; then
    printf '%-20s no second result within 60 cycles\n' "$1"
    return 1
  fi
  if [ -n "$bounded" ]; then
    began=$EPOCHREALTIME
    if smtbmc "$dir" bmc.log -t "$4"; then
      said+=("$4 cycles deep in $(since "$began")")
    else
      grep -q 'BMC failed' "$dir/bmc.log" || { tail -5 "$dir/bmc.log" >&2; exit 1; }
      status="stalls (bmc: cycle $(grep -o 'Checking assertions in step [0-9]*' "$dir/bmc.log" | tail -1 | grep -o '[0-9]*$'))"
      said+=("trace.vcd after $(since "$began")")
    fi
  fi
  if [ -n "$always" ]; then
    began=$EPOCHREALTIME
    yosys-abc -c "read_aiger $dir/model.aig; fold; orpos; scorr; pdr -T ${CIMRTL_PDR_SECONDS:-900}" > "$dir/pdr.log" 2>&1 || true
    if grep -q 'Property proved' "$dir/pdr.log"; then
      said+=("for all time in $(since "$began")")
    elif found=$(grep -o 'asserted in frame [0-9]*' "$dir/pdr.log"); then
      status="stalls (pdr: ${found/asserted in frame/cycle})"
      said+=("found in $(since "$began")")
      trace "$dir"
    else
      status='not decided'
    fi
  fi
  printf '%-20s something moves within %s cycles: %s; %s\n' "$1" "$2" "$status" "$(IFS=,; echo "${said[*]}")"
  [ "$status" = holds ]
}

since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f s", b - a }'; }

declare -A asked
for name in "$@"; do asked[$name]=1; done
failed=0 ran=0
while read -r name still latency steps; do
  [[ $name == '#'* ]] && continue
  [ $# -eq 0 ] || [ -n "${asked[$name]:-}" ] || continue
  ran=$((ran + 1))
  prove "$name" "$still" "$latency" "${depth:-$steps}" || failed=$((failed + 1))
done < flow/formal/cases.txt
[ "$ran" -gt 0 ] || { echo "no such case in flow/formal/cases.txt: $*" >&2; exit 2; }
if [ -n "$fault" ]; then
  [ "$failed" -eq "$ran" ] || { echo "the fault $fault is not caught" >&2; exit 1; }
  exit 0
fi
exit $((failed > 0))

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# One deliberate fault after another in the blocks (flow/faults/faults.txt): each must be caught by the
# block's own test (a module of instances alone has none, and the array model's law is golden's: whole macros
# test both) and by `cimrtl sim`, or `cimrtl run` on a case of tests/vectors.   flow/faults.sh [PATTERN]     (only lines that match)
# Works on a copy; prints a table; exits 1 if a fault survives, or if one cannot be tried.
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh
. flow/lib/fault.sh
only=${1:-}
tool=${CIMRTL_TOOL:-$(build_tool)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CIMRTL_CACHE="$work/cache"
clean=$work/clean
survived=0 tried=0

prepare() {
  cp -r rtl_templates "$clean"
  cp -r rtl_templates "$work/rtl"
  mkdir "$work/override"
}

# A build of the block tests over a copy of the blocks, beside one faulty copy for `sim`; once.
build_blocks() {
  [ -d "$work/build" ] && return 0
  cmake -S . -B "$work/build" -G Ninja -DCIMRTL_BLOCKS_RTL="$work/rtl" > /dev/null
  ninja -C "$work/build" test_blocks > "$work/log" || { cat "$work/log"; exit 1; }
  "$work/build/tests/blocks/test_blocks" > "$work/log" || { tail -n 40 "$work/log"; exit 1; }
}

# The config passes without a fault; once.
check_config() { # config
  [ -e "$work/passes.${1//\//_}" ] && return 0
  simulate "$1" > "$work/log" 2>&1 || { echo "without a fault: $1 fails" >&2; tail "$work/log" >&2; exit 1; }
  touch "$work/passes.${1//\//_}"
}

# `sim` of flow/faults/CONFIG.yaml; `run` on both engines of the case tests/CONFIG; own_array: the array port's checker; bring_up: dead ADCs; dead: these characterized; host: single steps by bringup.h.
simulate() { # config
  local root=$PWD folder=$PWD/tests/$1
  case $1 in
    own_array) sh tests/handoff/own_array/run.sh "$tool" ;;
    bring_up) sh tests/sim/bring_up/run.sh "$tool" ;;
    host) sh tests/bringup/host/run.sh "$tool" ;;
    dead) sh tests/bringup/dead/run.sh "$tool" ;;
    vectors/*) (rm -rf "$work/case" && cp -r "$folder" "$work/case" && cd "$work/case" && eval "$tool" run -q config.yaml --weights weights.npy --inputs inputs.npy \
      --output "$work/y.npy" "$(cat args)") ;;
    *) (cd "$work" && "$tool" sim -q "$root/flow/faults/$1.yaml" --vectors 16) ;;
  esac
}

# Every block has a fault; asked when all are tried.
[ -n "$only" ] || for file in rtl_templates/blocks/*.sv rtl_templates/schemes/*/*.sv rtl_templates/array/cim_a{nalog_pkg,rray_model}.sv \
  rtl_templates/checker/*.sv; do
  module=$(basename "$file" .sv)
  if ! grep -q "^$module @@" flow/faults/faults.txt; then
    echo "flow/faults/faults.txt: no fault for $module" >&2
    exit 1
  fi
done

# The module's file below rtl_templates.
file_of() { # module
  (cd "$clean" && echo blocks/"$1".sv array/"$1".sv checker/"$1".sv schemes/*/"$1".sv | tr ' ' '\n' | while read -r file; do
    if [ -f "$file" ]; then echo "$file"; fi
  done)
}

block_test() { # module → yes or no, or wiring
  local tag=${1#cim_} verdict=yes file
  file=$(file_of "$1")
  case $file in array/* | checker/*) echo model; return ;; esac
  if ! grep -qF "[$tag]" tests/blocks/*_test.cpp; then
    echo wiring  # instances only: whole macros test it
    return
  fi
  build_blocks
  cp "$work/override/$1.sv" "$work/rtl/$file"
  ninja -C "$work/build" test_blocks > "$work/log" 2>&1 || verdict="does not build"
  if [ "$verdict" = yes ] && "$work/build/tests/blocks/test_blocks" "[$tag]" > "$work/log" 2>&1; then
    verdict=NO
  fi
  cp "$clean/$file" "$work/rtl/$file"
  echo "$verdict"
}

simulation() { # config → yes or no
  if CIMRTL_RTL_OVERRIDE="$work/override" simulate "$1" > "$work/log" 2>&1; then
    echo NO
  elif grep -q 'verilator failed' "$work/log"; then
    echo "does not build"
  else
    echo yes
  fi
}

prepare
printf '%-20s %-10s %-10s %s\n' block test sim fault
while IFS= read -r line; do
  case $line in '#'* | '') continue ;; esac
  [[ $line =~ $only ]] || continue
  split_fields "$line"
  module=${fields[0]} config=${fields[1]} text=${fields[2]} replacement=${fields[3]} why=${fields[4]}
  check_config "$config"
  with_fault "$clean/$(file_of "$module")" "$text" "$replacement" flow/faults/faults.txt > "$work/override/$module.sv"
  by_test=$(block_test "$module")
  by_sim=$(simulation "$config")
  rm "$work/override/$module.sv"
  printf '%-20s %-10s %-10s %s (%s)\n' "$module" "$by_test" "$by_sim" "$why" "$config"
  tried=$((tried + 1))
  case $by_test$by_sim in yesyes | wiringyes | modelyes) ;; *) survived=$((survived + 1)) ;; esac
done < flow/faults/faults.txt
echo "$tried faults, $survived not caught by both; $SECONDS s"
[ "$survived" -eq 0 ] && [ "$tried" -gt 0 ]

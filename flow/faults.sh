#!/usr/bin/env bash
# One deliberate fault after another in the blocks (flow/faults/faults.txt): each must be caught by the
# block's own test (a module of instances alone has none) and by `cimrtl sim`.   flow/faults.sh [PATTERN]     (only lines that match)
# Works on a copy; prints a table; exits 1 if a fault survives, or if one cannot be tried.
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh
only=${1:-}
tool=${CIMRTL_TOOL:-$(build_tool)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CIMRTL_CACHE="$work/cache"
clean=$work/clean
survived=0 tried=0

# A build of the block tests over a copy of the blocks, beside one faulty copy for `sim`.
prepare() {
  cp -r rtl_templates "$clean"
  cp -r rtl_templates "$work/rtl"
  mkdir "$work/override"
  cmake -S . -B "$work/build" -G Ninja -DCIMRTL_BLOCKS_RTL="$work/rtl" > /dev/null
  ninja -C "$work/build" test_blocks > "$work/log" || { cat "$work/log"; exit 1; }
  "$work/build/tests/blocks/test_blocks" > "$work/log" || { tail -n 40 "$work/log"; exit 1; }
  local config
  for config in flow/faults/*.yaml; do
    "$tool" sim -q "$config" --vectors 16 || { echo "without a fault: $config fails" >&2; exit 1; }
  done
}

# Every block has a fault.
for file in rtl_templates/blocks/*.sv rtl_templates/schemes/*/*.sv; do
  module=$(basename "$file" .sv)
  if ! grep -q "^$module @@" flow/faults/faults.txt; then
    echo "flow/faults/faults.txt: no fault for $module" >&2
    exit 1
  fi
done

# The module's file below rtl_templates.
file_of() { # module
  (cd "$clean" && echo blocks/"$1".sv schemes/*/"$1".sv | tr ' ' '\n' | while read -r file; do
    if [ -f "$file" ]; then echo "$file"; fi
  done)
}

# The module with `text` replaced, which must be there exactly once.
break_block() { # module text replacement
  local source rest
  source=$(< "$clean/$(file_of "$1")")
  rest=${source#*"$2"}
  if [ "$rest" = "$source" ] || [ "${rest#*"$2"}" != "$rest" ]; then
    echo "flow/faults/faults.txt: $1: not there exactly once: $2" >&2
    exit 1
  fi
  printf '%s%s%s\n' "${source%%"$2"*}" "$3" "$rest" > "$work/override/$1.sv"
}

block_test() { # module → yes or no, or wiring
  local tag=${1#cim_} verdict=yes file
  file=$(file_of "$1")
  if ! grep -qF "[$tag]" tests/blocks/*_test.cpp; then
    echo wiring  # instances only: whole macros test it
    return
  fi
  cp "$work/override/$1.sv" "$work/rtl/$file"
  ninja -C "$work/build" test_blocks > "$work/log" 2>&1 || verdict="does not build"
  if [ "$verdict" = yes ] && "$work/build/tests/blocks/test_blocks" "[$tag]" > "$work/log" 2>&1; then
    verdict=NO
  fi
  cp "$clean/$file" "$work/rtl/$file"
  echo "$verdict"
}

simulation() { # config → yes or no
  local from=$PWD
  if (cd "$work" && CIMRTL_RTL_OVERRIDE="$work/override" "$tool" sim -q "$from/flow/faults/$1.yaml" --vectors 16) \
    > "$work/log" 2>&1; then
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
  IFS=$'\t' read -r module config text replacement why <<< "${line// @@ /$'\t'}"
  break_block "$module" "$text" "$replacement"
  by_test=$(block_test "$module")
  by_sim=$(simulation "$config")
  rm "$work/override/$module.sv"
  printf '%-20s %-10s %-10s %s (%s)\n' "$module" "$by_test" "$by_sim" "$why" "$config"
  tried=$((tried + 1))
  case $by_test$by_sim in yesyes | wiringyes) ;; *) survived=$((survived + 1)) ;; esac
done < flow/faults/faults.txt
echo "$tried faults, $survived not caught by both; $SECONDS s"
[ "$survived" -eq 0 ] && [ "$tried" -gt 0 ]

#!/usr/bin/env bash
# One deliberate fault after another in golden (flow/faults/golden.txt): each must be caught by golden's own tests.
#   flow/golden_faults.sh [PATTERN]     (only lines that match)
# Works on a copy; prints a table; exits 1 if a fault survives, or if one cannot be tried.
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh
. flow/lib/fault.sh
install_missing "${packages[@]}"
only=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
survived=0 tried=0

git ls-files -z CMakeLists.txt cmake base golden generator operands quantize sim network flow cli tests rtl_templates docs LICENSE README.md |
  xargs -0 cp --parents -t "$work"
cmake -S "$work" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Dev -DCIMRTL_VECTORS="$PWD/tests/vectors" > /dev/null

run_tests() { "$work/build/tests/golden/test_golden" "$1" > "$work/log" 2>&1; }
build() { ninja -C "$work/build" test_golden > "$work/log" 2>&1; }

build || { tail -n 40 "$work/log"; exit 1; }
printf '%-32s %-8s %s\n' file caught fault
while IFS= read -r line; do
  case $line in '#'* | '') continue ;; esac
  [[ $line =~ $only ]] || continue
  split_fields "$line"
  file=${fields[0]} tests=${fields[1]} text=${fields[2]} replacement=${fields[3]} why=${fields[4]} verdict=yes
  with_fault "golden/$file" "$text" "$replacement" flow/faults/golden.txt > "$work/golden/$file"
  if ! build; then
    verdict="does not build"
  elif run_tests "$tests"; then
    verdict=NO
  fi
  cp "golden/$file" "$work/golden/$file"
  printf '%-32s %-8s %s\n' "$file" "$verdict" "$why"
  tried=$((tried + 1))
  [ "$verdict" = yes ] || survived=$((survived + 1))
done < flow/faults/golden.txt
build && run_tests '*' || { echo "without a fault the tests fail:" >&2; tail -n 40 "$work/log" >&2; exit 1; }
echo "$tried faults, $survived not caught; $SECONDS s"
[ "$survived" -eq 0 ] && [ "$tried" -gt 0 ]

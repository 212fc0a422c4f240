#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang-tidy over the sources of the rooms, by .clang-tidy: flow/tidy.sh [path…] (default: all). Needs the Debian
# packages clang and clang-tidy; builds nothing. Exit code 0: clean. CIMRTL_TIDY_JOBS: processes at a time (default:
# one a core).
# Eight sources of a library are read as one that includes them, since most of the time goes into their headers:
# base/src/files.cpp by itself took 11 s of processor time, the 18 sources of base in two batches 14 s. Where they do
# not compile together (two give a name to different things), each is read by itself. CIMRTL_TIDY_BATCH=1: all by
# themselves; that also finds an alias of a namespace that one source declares and only another uses.
# Left out:
#   tests/         no room of the tool; .clang-tidy is made for the rooms
#   sim/harness/   compiled only when a simulation is built, with what Verilator makes of the design (Vdut.h)
set -euo pipefail
cd "$(dirname "$0")/.."
for program in clang++ clang-tidy cmake; do
  command -v "$program" > /dev/null || { echo "$program not found: apt-get install clang clang-tidy cmake" >&2; exit 2; }
done
build=${CIMRTL_BUILD:-build-tidy}
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Dev -DCMAKE_CXX_COMPILER=clang++ -DCIMRTL_PRECOMPILE=OFF > /dev/null
build=$(realpath "$build")
batches=$build/tidy
rm -rf "$batches" && mkdir "$batches"

# One line a source: how it is compiled (as JSON has it, without the file), a tab, the file.
git ls-files -- "${@:-.}" | grep '\.cpp$' | grep -v -e '^tests/' -e '^sim/harness/' > "$batches/sources" ||
  { echo "no source of a room in: ${*:-.}" >&2; exit 2; }
awk -v root="$PWD/" '
  NR == FNR { wanted[root $0] = 1; next }
  /"command":/ { command = $0; sub(/^ *"command": "/, "", command); next }
  /"file":/ {
    file = $0; gsub(/^ *"file": "|",?$/, "", file)
    if (!(file in wanted) || command ~ / -o tests\//) next
    delete wanted[file]
    sub(/ -o [^ ]* -c [^ ]*",?$/, "", command)
    print command "\t" file
  }
  END { for (file in wanted) { print "not compiled by any target: " file > "/dev/stderr"; failed = 1 } exit failed }
' "$batches/sources" "$build/compile_commands.json" | sort > "$batches/commands"

awk -F '\t' -v folder="$batches" -v build="$build" -v size="${CIMRTL_TIDY_BATCH:-8}" '
  BEGIN { printf "[" }
  $1 != command || members == size {
    command = $1; members = 0; batch = folder "/" ++count ".cpp"
    printf "%s\n{\"directory\": \"%s\", \"command\": \"%s -c %s\", \"file\": \"%s\"}", (count > 1 ? "," : ""), build, command, batch, batch
  }
  { ++members; print "#include \"" $2 "\"" > batch }
  END { print "\n]" }
' "$batches/commands" > "$batches/compile_commands.json"

tidy() { clang-tidy --quiet "$@" 2>&1 | grep -v 'warnings\? \(generated\|treated as error\)'; return "${PIPESTATUS[0]}"; }
tidy_batch() {
  local found source failed=0
  found=$(tidy -p "$2" --checks=-bugprone-suspicious-include "$3") && return
  if grep -q 'clang-diagnostic-error' <<< "$found" && [ "$(wc -l < "$3")" -gt 1 ]; then
    while read -r source; do tidy -p "$1" "$source" < /dev/null || failed=1; done < <(cut -d '"' -f 2 "$3")
    return "$failed"
  fi
  printf '%s\n' "$found"
  return 1
}
export -f tidy tidy_batch
printf '%s\0' "$batches"/*.cpp | xargs -0 -n 1 -P "${CIMRTL_TIDY_JOBS:-$(nproc)}" bash -c 'tidy_batch "$@"' _ "$build" "$batches"

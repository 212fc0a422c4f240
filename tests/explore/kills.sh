#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `explore` killed (-9) at random moments, a search with areas: the front end, what works for it (yosys, or tasks of Slurm),
# or both; --resume each time, and the reports at the end are the bytes of a search that nobody killed. A kill counts only
# if the search was at work; after its end a new one begins. kills.sh CIMRTL [KILLS, 20] [--slurm] [SEED, 1].
# Exit code 77: no yosys; --slurm without slurm-wlm, or not as root.
set -euo pipefail
tool=$(realpath "$1")
kills=${2:-20}
where=()
[ "${3:-}" = --slurm ] && where=(--slurm "") && shift
RANDOM=${3:-1}
. "$(dirname "$(realpath "$0")")/own_slurm.sh"
[ ${#where[@]} = 0 ] || require_slurm
command -v yosys > /dev/null || { echo "skipped: no yosys"; exit 77; }
here=$(mktemp -d)
trap 'stop_slurm; rm -rf "$here"' EXIT
[ ${#where[@]} = 0 ] || start_slurm

# A test of a few kills takes fewer points.
outputs='[2, 4]'
[ "$kills" -ge 10 ] || outputs='[2]'
write_layer
write_study "Killed" "adc.bits: {from: 1, to: 3, step: 1}, array.outputs: $outputs"
search() { # FOLDER OPTIONS
  cd "$here" && exec "$tool" explore study.yaml -q --hierarchical -j 2 -o "$1" "${@:2}"
}
(search plain) > /dev/null
echo "${SECONDS} s: the search that nobody kills; $(ls "$here/plain/rows" | wc -l) rows"

# What works for the front end $front on folder $1: its children, or tasks of Slurm that name the folder.
workers() {
  if [ ${#where[@]} = 0 ]; then pgrep -P "$front" || true
  else pgrep -f "^$tool explore .*--output $here/$1 .*--item" || true; fi
}
kill_all() { # PIDS; which of them were there
  local pid
  for pid in "$@"; do kill -9 "$pid" 2> /dev/null && killed+=" $pid" || true; done
}
finished() {
  local kind
  for kind in md json csv html; do
    cmp "$here/plain/report.$kind" "$here/$1/report.$kind" || fail "$1: report.$kind differs"
  done
  [ "$(ls "$here/$1/rows" | sort)" = "$(ls "$here/plain/rows" | sort)" ] || fail "$1: other rows"
}

begun=1 done=0 front_killed=0 workers_killed=0 both=0 ended=0
resume=()
while [ $done -lt "$kills" ]; do
  dir=out$begun
  (search "$dir" "${where[@]}" "${resume[@]}") > "$here/said" 2>&1 &
  front=$!
  sleep "$((RANDOM % 6)).$((RANDOM % 10))"
  kind=$((RANDOM % 3)) killed=
  [ $kind = 0 ] || kill_all $(workers "$dir")
  tasks=$killed
  [ $kind = 1 ] || kill_all "$front"
  wait "$front" 2> /dev/null && code=0 || code=$?
  [ -s "$here/$dir/study.sha256" ] && resume=(--resume)
  if [ -n "$killed" ]; then
    done=$((done + 1))
    if [ -z "$tasks" ]; then front_killed=$((front_killed + 1))
    elif [ $kind = 1 ]; then workers_killed=$((workers_killed + 1)); else both=$((both + 1)); fi
  fi
  [ $code = 0 ] || continue
  finished "$dir"
  ended=$((ended + 1)) begun=$((begun + 1)) resume=()
done
if [ ${#resume[@]} != 0 ]; then
  (search "out$begun" "${where[@]}" --resume) > /dev/null
  finished "out$begun"
  ended=$((ended + 1))
fi
echo "${SECONDS} s: $done kills (front end $front_killed, workers $workers_killed, both $both): $ended searches, each with the same bytes and rows"

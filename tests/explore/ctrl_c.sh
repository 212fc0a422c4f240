#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Ctrl-C during `explore`, a search with areas. The first ends it in order (finished rows stay, no reports), a second one
# at once, whatever works for it still; both by the signal (130). Neither leaves anything half-written: every row
# that is there has the bytes that an undisturbed search keeps, there is no temporary file or folder, nothing of ours
# runs on; the same command then ends with the same reports. Synthesis that does not listen is a stand-in for yosys; after
# it the two signals come at random moments. ctrl_c.sh CIMRTL [ROUNDS, 3] [SEED, 1]. Exit code 77: no yosys.
set -euo pipefail
set -m # jobs have a group of their own, and do not ignore SIGINT
tool=$(realpath "$1")
rounds=${2:-3}
RANDOM=${3:-1}
. "$(dirname "$(realpath "$0")")/own_slurm.sh"
yosys=$(command -v yosys) || { echo "skipped: no yosys"; exit 77; }
here=$(mktemp -d)
front=
# Whatever went wrong: the search that this test began, and what works for it.
clean() {
  [ -z "$front" ] || kill -9 -- "-$front" 2> /dev/null || true
  [ ! -s "$here/at_work" ] || kill -9 "$(cat "$here/at_work")" 2> /dev/null || true
  rm -rf "$here"
}
trap clean EXIT
mkdir "$here/tmp" "$here/deaf"
export TMPDIR=$here/tmp
write_layer
write_study "Interrupted" "adc.bits: [1, 2]"
cat > "$here/deaf/yosys" << STUB
#!/usr/bin/env bash
[ "\$1" = -V ] && exec $yosys -V
trap '' TERM INT HUP
echo \$\$ > $here/at_work
sleep 120
STUB
chmod +x "$here/deaf/yosys"

search() { # FOLDER; what it says goes to $here/said
  cd "$here" && exec "$tool" explore study.yaml -q --hierarchical -j 1 -o "$1" > said 2>&1
}
begin() { # FOLDER
  search "$1" &
  front=$!
}
ended() { # -> code
  wait "$front" && code=0 || code=$?
  front=
}
until_true() { # SECONDS WHAT COMMAND...
  local i
  for ((i = 0; i < $1 * 20; i++)); do
    "${@:3}" && return
    sleep 0.05
  done
  fail "not within $1 s: $2; $(cat "$here/said")"
}
runs() { kill -0 "$1" 2> /dev/null; }
gone() { ! runs "$1"; }
rows() { ls "$here/$1/rows" 2> /dev/null | wc -l; }

# Of what an interrupted search left in a folder.
nothing_half() { # FOLDER
  local row
  for row in "$here/$1"/rows/*; do
    [ -e "$row" ] || continue
    cmp "$row" "$here/plain/rows/$(basename "$row")" || fail "$1: $row is not a whole row"
  done
  [ -z "$(find "$here/$1" -name '.cimrtl-*')" ] || fail "$1: temporary files: $(find "$here/$1" -name '.cimrtl-*')"
  [ -z "$(ls -A "$TMPDIR")" ] || fail "$1: left in the folder of temporary files: $(ls -A "$TMPDIR")"
}
same_reports() {
  local kind
  for kind in md json csv html; do
    cmp "$here/plain/report.$kind" "$here/$1/report.$kind" || fail "$1: report.$kind differs"
  done
}
no_reports() { [ -z "$(ls "$here/$1" | grep report || true)" ] || fail "$1: reports of a search that did not end"; }
same_end() { # FOLDER
  begin "$1"
  ended
  [ $code = 0 ] || fail "$1: the same command does not go on: $code, $(cat "$here/said")"
  same_reports "$1"
  nothing_half "$1"
}

begun=$(date +%s%N)
begin plain
ended
tenths=$((($(date +%s%N) - begun) / 100000000 + 1))
[ $code = 0 ] || fail "the search that nobody interrupts: $(cat "$here/said")"

# Once: during the first synthesis, which listens.
begin once
until_true 30 "a synthesis" test -d "$here/once/synth"
kill -INT "$front"
ended
[ $code = 130 ] || fail "once: exit code $code, not that of SIGINT"
grep -q "^interrupted: what is done is kept; the same command goes on$" "$here/said" || fail "once: $(cat "$here/said")"
[ "$(rows once)" -ge 2 ] || fail "once: $(rows once) rows; golden's two were done"
no_reports once
nothing_half once
same_end once

# Twice: a synthesis that does not end for the first.
(PATH=$here/deaf:$PATH && search twice) &
front=$!
until_true 30 "the stand-in at work" test -s "$here/at_work"
deaf=$(cat "$here/at_work")
kill -INT "$front"
sleep 1
runs "$front" || fail "twice: the first signal did not wait for what is at work"
runs "$deaf" || fail "twice: the stand-in is gone"
begun=$SECONDS
kill -INT "$front"
ended
[ $code = 130 ] || fail "twice: exit code $code, not that of SIGINT"
[ $((SECONDS - begun)) -le 20 ] || fail "twice: $((SECONDS - begun)) s after the second signal"
until_true 5 "the end of what worked for it" gone "$deaf"
[ "$(rows twice)" = 2 ] || fail "twice: $(rows twice) rows, not golden's two"
no_reports twice
nothing_half twice
same_end twice

# At random moments of the time that the search takes.
for ((i = 1; i <= rounds; i++)); do
  begin "random$i"
  wait_for=$((RANDOM % tenths))
  sleep "$((wait_for / 10)).$((wait_for % 10))"
  kill -INT "$front" 2> /dev/null || true
  sleep "0.$((RANDOM % 10))"
  kill -INT "$front" 2> /dev/null || true
  ended
  case $code in
    0 | 130) ;;
    *) fail "random$i: exit code $code, $(cat "$here/said")" ;;
  esac
  [ -d "$here/random$i" ] || continue
  # A signal that comes when the search has ended still counts, and the reports are there: all of them, or none.
  if compgen -G "$here/random$i/report.*" > /dev/null; then same_reports "random$i"; else [ $code != 0 ] || fail "random$i: no reports"; fi
  nothing_half "random$i"
  echo "round $i: exit code $code, $(rows "random$i") rows kept"
  same_end "random$i"
done
echo "${SECONDS} s: once, twice and $rounds times at random: whole rows, and in the end the same bytes"

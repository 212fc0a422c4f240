#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `explore --slurm` on a real Slurm of its own: munged, slurmctld and two slurmd on this machine, below a folder that goes
# away afterwards. The same bytes as without; front end and tasks killed (-9) at random moments; a task that always dies;
# a full disk. slurm.sh CIMRTL [ROUNDS of killing, 1]. Exit code 77: no slurm-wlm, or not root.
set -euo pipefail
tool=$(realpath "$1")
rounds=${2:-1}
for program in slurmctld slurmd munged sbatch squeue; do
  PATH=$PATH:/usr/sbin command -v "$program" > /dev/null || { echo "skipped: no $program (Debian: slurm-wlm)"; exit 77; }
done
[ "$(id -u)" = 0 ] || { echo "skipped: slurmd has to be root"; exit 77; }
export PATH=$PATH:/usr/sbin
here=$(mktemp -d)
finish() {
  mountpoint -q "$here/full" && umount "$here/full"
  scancel --quiet --name=cimrtl-explore 2> /dev/null || true
  for file in slurmctld.pid slurmd.n1.pid slurmd.n2.pid munge/pid; do
    [ -s "$here/$file" ] && kill "$(cat "$here/$file")" 2> /dev/null || true
  done
  sleep 1
  rm -rf "$here"
}
trap finish EXIT
fail() { echo "FAILED: $*"; exit 1; }

start_slurm() {
  local host base=$((20000 + $$ % 20000))
  host=$(hostname -s)
  mkdir -p "$here"/{state,spool.n1,spool.n2}
  mkdir -m 700 "$here/munge"
  head -c 1024 /dev/urandom > "$here/munge/key"
  chmod 400 "$here/munge/key"
  chmod 755 "$here"
  cat > "$here/slurm.conf" << CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$here/munge/socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
SlurmctldPort=$base
StateSaveLocation=$here/state
SlurmdSpoolDir=$here/spool.%n
SlurmctldPidFile=$here/slurmctld.pid
SlurmdPidFile=$here/slurmd.%n.pid
SlurmctldLogFile=$here/slurmctld.log
SlurmdLogFile=$here/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((base + 1)) CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((base + 2)) CPUs=1 State=UNKNOWN
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$here/slurm.conf
  munged --force --key-file "$here/munge/key" --socket "$here/munge/socket" --pid-file "$here/munge/pid" \
    --log-file "$here/munge/log" --seed-file "$here/munge/seed" 2> /dev/null
  slurmctld
  slurmd -N n1
  slurmd -N n2
  local i
  for ((i = 0; i < 60; i++)); do
    [ "$(sinfo --noheader --format=%T 2> /dev/null | sort -u)" = idle ] && return
    sleep 1
  done
  fail "Slurm does not come up: $(tail -n 5 "$here"/*.log)"
}

write_study() {
  # .npy of int64: a layer of (6, 3) weights and (5, 6) inputs.
  npy() { # file, shape, values
    local header="{'descr': '<i8', 'fortran_order': False, 'shape': ($2), }"
    while [ $(((${#header} + 11) % 64)) -ne 0 ]; do header+=' '; done
    printf '\x93NUMPY\x01\x00' > "$1"
    printf "\\x$(printf %02x $(((${#header} + 1) % 256)))\\x$(printf %02x $(((${#header} + 1) / 256)))" >> "$1"
    printf '%s\n' "$header" >> "$1"
    local v
    for v in $3; do
      if [ "$v" -lt 0 ]; then printf "\\x$(printf %02x $((256 + v)))\xff\xff\xff\xff\xff\xff\xff" >> "$1"
      else printf "\\x$(printf %02x "$v")\x00\x00\x00\x00\x00\x00\x00" >> "$1"; fi
    done
  }
  npy "$here/w.npy" "6, 3" "-2 1 0 -1 -2 1 0 -1 -2 1 0 -1 -2 1 0 -1 -2 1"
  npy "$here/x.npy" "5, 6" "0 5 2 7 4 1 6 3 0 5 2 7 4 1 6 3 0 5 2 7 4 1 6 3 0 5 2 7 4 1"
  cat > "$here/study.yaml" << STUDY
title: On Slurm
data: {weights: w.npy, inputs: x.npy}
base:
  scheme: conventional
  array: {rows: 4, outputs: 2, banks: 2}
  accumulator: {max_tiles: 3}
  input: {bits: 3}
  weight: {bits: 2}
groups:
- {rtl: false, synth: false, axes: {adc.bits: {from: 1, to: 4, step: 1}, adc.step: [1, 2]}}
explore:
  objectives: {sqnr: max, conversion_steps: min}
STUDY
}

explore() { (cd "$here" && "$tool" explore study.yaml -q -o "$@"); }
same() { # folder: its reports are those made without Slurm
  local kind
  for kind in md json csv html; do
    cmp "$here/plain/report.$kind" "$here/$1/report.$kind" || fail "$1: report.$kind differs"
  done
}
tasks_of() { pgrep -f "^$tool explore .*--output $here/$1 .*--item" || true; }

start_slurm
write_study
explore plain -j 1 > /dev/null
explore slurm --slurm "" > /dev/null
same slurm
echo "the same bytes through Slurm as on one core"

RANDOM=1
for ((round = 1; round <= rounds; round++)); do
  dir=killed$round
  (cd "$here" && exec "$tool" explore study.yaml -q -o "$dir" --slurm "--time=5") > /dev/null 2>&1 &
  front=$!
  sleep "$((RANDOM % 5)).$((RANDOM % 10))"
  for task in $(tasks_of "$dir"); do kill -9 "$task" 2> /dev/null || true; done
  kill -9 "$front" 2> /dev/null || true
  wait "$front" 2> /dev/null || true
  explore "$dir" --slurm "--time=5" --resume > /dev/null
  same "$dir"
done
echo "killed $rounds times: --resume ends with the same bytes"

# A task whose program does not get as far as its row is tried twice, then named with its log.
mkdir "$here/dies"
cp -r "$here/plain/." "$here/dies/"
rm -rf "$here/dies/rows"
: > "$here/dies/rows" # no folder can be made there
if said=$(explore dies --slurm "" 2>&1); then fail "rows that cannot be written are no error"; fi
grep -q 'its task ended 2 times without a row; its log: .*/slurm/.*\.log' <<< "$said" || fail "found: $said"
log=$(sed -n 's/.*its log: //p' <<< "$said")
[ "$(grep -c error "$log")" = 2 ] || fail "its log shows other than two tries: $(cat "$log")"
rm "$here/dies/rows"
explore dies --slurm "" --resume > /dev/null
same dies
echo "a task that dies twice is named; mended, the same command goes on"

# A disk that is full in the middle.
mkdir "$here/full"
if mount -t tmpfs -o size=44k tmpfs "$here/full" 2> /dev/null; then
  if said=$(explore full --slurm "" 2>&1); then fail "a full disk is no error"; fi
  # The log may lie on the full disk, too, and stay empty.
  grep -qiE 'no space left|its task ended 2 times without a row; its log: ' <<< "$said" || fail "found: $said"
  mount -o remount,size=20m "$here/full"
  explore full --slurm "" > /dev/null
  same full
  echo "a full disk ends it; with room the same command goes on"
else
  echo "no tmpfs can be mounted here: the full disk was left out"
fi

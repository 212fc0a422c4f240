# SPDX-License-Identifier: Apache-2.0
# For the tests of `explore` in this folder: a Slurm of their own, and a small layer. Sourced; needs $here, a folder of the
# test's own.

# Exit code 77 where there is no Slurm, or its daemons could not run.
require_slurm() {
  export PATH=$PATH:/usr/sbin
  local program
  for program in slurmctld slurmd munged sbatch squeue; do
    command -v "$program" > /dev/null || { echo "skipped: no $program (Debian: slurm-wlm)"; exit 77; }
  done
  [ "$(id -u)" = 0 ] || { echo "skipped: slurmd has to be root"; exit 77; }
}

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
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0
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

stop_slurm() {
  local file
  scancel --quiet --name=cimrtl-explore 2> /dev/null || true
  for file in slurmctld.pid slurmd.n1.pid slurmd.n2.pid munge/pid; do
    [ -s "$here/$file" ] && kill "$(cat "$here/$file")" 2> /dev/null || true
  done
  sleep 1
}

# w.npy and x.npy (int64): a layer of (6, 3) weights and (5, 6) inputs.
write_layer() {
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
}

# write_study TITLE AXES: of a tiny macro on that layer, its areas searched over the axes.
write_study() {
  cat > "$here/study.yaml" << STUDY
title: $1
data: {weights: w.npy, inputs: x.npy}
base:
  scheme: conventional
  array: {rows: 4, outputs: 2, banks: 2}
  accumulator: {max_tiles: 3}
  input: {bits: 3}
  weight: {bits: 2}
groups:
- {rtl: false, netlist: false, axes: {$2}}
explore:
  objectives: {sqnr: max, area_kge: min}
STUDY
}

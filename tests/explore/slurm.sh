#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `explore --slurm` on a real Slurm of its own: munged, slurmctld and two slurmd on this machine, below a folder that goes
# away afterwards. The same bytes as on one core and on two, of a layer with areas and of a network; a task that always
# dies; a full disk. slurm.sh CIMRTL. Exit code 77: no slurm-wlm, no yosys, or not root.
set -euo pipefail
tool=$(realpath "$1")
tests=$(dirname "$(realpath "$0")")
. "$tests/own_slurm.sh"
require_slurm
command -v yosys > /dev/null || { echo "skipped: no yosys"; exit 77; }
here=$(mktemp -d)
finish() {
  mountpoint -q "$here/full" && umount "$here/full"
  stop_slurm
  rm -rf "$here"
}
trap finish EXIT
say() { printf '%4d s: %s\n' "$SECONDS" "$*"; }

write_layer
write_study "On Slurm" "adc.bits: [1, 3]"
# Golden alone, tasks of some milliseconds.
sed -e 's/netlist: false/synth: false/' -e 's/area_kge/conversion_steps/' "$here/study.yaml" > "$here/golden.yaml"
models=$tests/../data/models
cat > "$here/network.yaml" << STUDY
title: A network
network: {model: $models/fashion_float.onnx, data: $models/fashion_images.npy, labels: $models/fashion_labels.npy}
base:
  scheme: zebra
  array: {rows: 64, outputs: 4, banks: 16, precharge: 1, settle: 1}
  accumulator: {max_tiles: 64}
  analog: {seed: 1, noise: 0.25}
groups:
- {rtl: false, synth: false, axes: {adc.bits: [4, 6]}, set: {adc.step: 2}}
explore:
  objectives: {accuracy_noisy: max, conversion_steps: min}
STUDY

explore() { # STUDY FOLDER OPTIONS
  (cd "$here" && "$tool" explore "$1.yaml" -q --hierarchical -o "$2" "${@:3}")
}
same() { # folders with the same reports
  local kind
  for kind in md json csv html; do
    cmp "$here/$1/report.$kind" "$here/$2/report.$kind" || fail "$2: report.$kind differs"
  done
}

start_slurm
for study in study network; do
  explore $study $study.1 -j 1 > /dev/null
  explore $study $study.2 -j 2 > /dev/null
  explore $study $study.slurm --slurm "" > /dev/null
  same $study.1 $study.2
  same $study.1 $study.slurm
  say "$study: the same bytes on one core, on two, and through Slurm"
done
[ "$(ls "$here/study.slurm/synth" | wc -l)" = 2 ] || fail "the tasks did not synthesize"

# A task whose program does not get as far as its row is tried twice, then named with its log.
explore golden plain -j 1 > /dev/null
mkdir "$here/dies"
: > "$here/dies/rows" # no folder can be made there
if said=$(explore golden dies --slurm "" 2>&1); then fail "rows that cannot be written are no error"; fi
grep -q 'its task ended 2 times without a row; its log: .*/slurm/.*\.log' <<< "$said" || fail "found: $said"
log=$(sed -n 's/.*its log: //p' <<< "$said")
[ "$(grep -c error "$log")" = 2 ] || fail "its log shows other than two tries: $(cat "$log")"
rm "$here/dies/rows"
explore golden dies --slurm "" --resume > /dev/null
same plain dies
say "a task that dies twice is named; mended, the same command goes on"

# A disk that is full in the middle.
mkdir "$here/full"
if mount -t tmpfs -o size=36k tmpfs "$here/full" 2> /dev/null; then
  if said=$(explore golden full --slurm "" 2>&1); then fail "a full disk is no error"; fi
  # The log may lie on the full disk, too, and stay empty.
  grep -qiE 'no space left|its task ended 2 times without a row; its log: ' <<< "$said" || fail "found: $said"
  mount -o remount,size=20m "$here/full"
  explore golden full --slurm "" > /dev/null
  same plain full
  say "a full disk ends it; with room the same command goes on"
else
  echo "no tmpfs can be mounted here: the full disk was left out"
fi

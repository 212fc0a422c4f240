#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# More rows than one job array of Slurm may have: how sbatch is called, by a stand-in that writes it down and runs nothing
# (1100 real tasks take minutes; slurm.sh has a real Slurm). slurm_arrays.sh CIMRTL
set -euo pipefail
tool=$(realpath "$1")
. "$(dirname "$(realpath "$0")")/own_slurm.sh"
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
write_layer
write_study "Many rows" "analog.seed: [$(seq -s ', ' 1 1100)]"
sed -e 's/netlist: false/synth: false/' -e 's/area_kge/conversion_steps/' "$here/study.yaml" > "$here/many.yaml"
mkdir "$here/bin"
cat > "$here/bin/sbatch" << STANDIN
#!/bin/sh
echo "\$@" >> "$here/calls"
echo 1
STANDIN
printf '#!/bin/sh\n' > "$here/bin/squeue" # nothing is queued
chmod +x "$here"/bin/*
if (cd "$here" && PATH=$here/bin:$PATH "$tool" explore many.yaml -q -o out --slurm "" > said 2>&1); then
  fail "rows that nobody made are no error"
fi
grep -q 'its task ended 2 times without a row' "$here/said" || fail "found: $(cat "$here/said")"
rows=$(grep -o -- '--array=[0-9,]*' "$here/calls" | tr -dc '0-9,\n' | tr ',' '\n' | wc -l)
[ "$rows" -ge 2200 ] || fail "$rows tasks for two tries of 1100 rows"
highest=$(grep -o -- '--array=[0-9,]*' "$here/calls" | tr -dc '0-9,\n' | tr ',' '\n' | sort -n | tail -n 1)
[ "$highest" -le 1000 ] || fail "task $highest: Slurm's default allows 1000 at most"
# The task adds the number that it is given.
sh=$(ls "$here"/out/slurm/*/task.sh)
sed 's/^exec .* --item/echo/' "$sh" > "$here/echo.sh"
[ "$(SLURM_ARRAY_TASK_ID=7 sh "$here/echo.sh" 1000)" = 1007 ] || fail "the task's item: $(cat "$sh")"
grep -q 'task.sh 1000$' "$here/calls" || fail "no array of items from 1000 on"

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the tool asks of a scheme it asks through its interface: no source names a scheme's section or parameters but
# the scheme's own folders and the tables of docs/how-to/add-a-scheme.md. schemes.sh ROOT
#
# Besides: quantize_columns.cpp, which is `quantize` for the one scheme whose columns have scales.
set -euo pipefail
cd "$1"
names=$(ls generator/schemes | paste -sd'|')
tables='generator/include/generator/sections.hpp golden/include/golden/schemes.hpp operands/src/spec.cpp
quantize/src/quantize_rounding.cpp quantize/src/quantize_columns.cpp'
for table in $tables; do
  grep -qE "\b($names)::" "$table" || { echo "$table: names no scheme; is it still a table?"; exit 1; }
done
rooms='base generator golden operands quantize sim network flow/synth flow/study flow/explore flow/bringup cli'
# shellcheck disable=SC2086
named=$(grep -rnE "\b($names)::[A-Za-z]" $rooms --include='*.cpp' --include='*.hpp' |
  grep -vE '^(generator|golden)/schemes/' | grep -vE ':[0-9]+: *///' | grep -vFf <(printf '%s:\n' $tables) || true)
[ -z "$named" ] || { echo "a scheme's own business outside of its folders and tables:"; echo "$named"; exit 1; }

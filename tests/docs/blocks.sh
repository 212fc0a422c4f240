#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The catalogue of blocks has a row for each module and package of rtl_templates, and for no other:
# blocks.sh docs/reference/blocks.md rtl_templates
set -euo pipefail
there=$(find "$2" -name '*.sv' -printf '%f\n' | sed 's/\.sv$//' | sort -u)
listed=$(sed -nE 's/^\| (`[^|]*`) \|.*/\1/p' "$1" | grep -oE '[a-z][a-z0-9_]+' | sort)
[ "$(wc -l <<< "$there")" -gt 50 ] || { echo "found few modules in $2"; exit 1; }
difference=$(diff <(echo "$there") <(echo "$listed") || true)
[ -z "$difference" ] || { echo "< a module without a row in $1, > a row without a module, or one too many:"; echo "$difference"; exit 1; }

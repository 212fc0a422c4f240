#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Made again, the reference pages are the ones in the repository: reference.sh PAGES TOOL FOLDER
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" "$2" "$work"
for page in config.md cli.md; do
  # -B: one CLI11 ends a help with an empty line, the next does not
  diff -uB "$3/$page" "$work/$page" || { echo "$page is not what the tool says: reference_pages $2 $3"; exit 1; }
done

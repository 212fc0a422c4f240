#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every relative link of a page leads to a file: links.sh ROOT
set -euo pipefail
cd "$1"
bad=0
for page in README.md CONTRIBUTING.md $(find docs -name '*.md' -not -path 'docs/spec/*'); do
  folder=$(dirname "$page")
  while read -r target; do
    target=${target%%#*}
    case $target in '' | http* | mailto*) continue ;; esac
    [ -e "$folder/$target" ] || { echo "$page: no file $target"; bad=1; }
  done < <(grep -oE '\]\([^)]+\)' "$page" | sed 's/^](//; s/)$//')
done
exit "$bad"

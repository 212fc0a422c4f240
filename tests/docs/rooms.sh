#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every #include of another room is one that the table of rooms allows: rooms.sh docs/explanation/architecture.md ROOT
set -euo pipefail
page=$1
cd "$2"
failed=0 includes=0
declare -A allowed=() folder=()
while IFS='|' read -r _ room _ may _; do
  room=$(tr -d ' `' <<< "$room")
  room=${room%/}
  folder[${room##*/}]=$room
  allowed[${room##*/}]=" ${room##*/} $(tr -d ',' <<< "$may") "
done < <(grep -E '^\| `[a-z/]+/` \|' "$page")
[ "${#folder[@]}" -ge 10 ] || { echo "$page: found ${#folder[@]} rooms; expected 10 or more"; exit 1; }
for room in "${!folder[@]}"; do
  while IFS=: read -r file line text; do
    to=${text#*\"}
    to=${to%%/*}
    [ -n "${folder[$to]:-}" ] || continue
    includes=$((includes + 1))
    [[ ${allowed[$room]} == *" $to "* ]] && continue
    echo "$file:$line: includes $to; expected only:${allowed[$room]% }"
    failed=1
  done < <(grep -rnE '^ *# *include +"[a-z_]+/' "${folder[$room]}" --include='*.cpp' --include='*.hpp' --include='*.h' || true)
done
[ "$includes" -gt 100 ] || { echo "found $includes includes of rooms; expected hundreds"; exit 1; }
echo "$includes includes between ${#folder[@]} rooms"
exit "$failed"

# Sourced by flow/faults.sh and flow/golden_faults.sh: one deliberate fault in one file.

# Lines of "a @@ b @@ c" to an array `fields`.
split_fields() { IFS=$'\t' read -ra fields <<< "${1// @@ /$'\t'}"; }

# Prints the file with `text` replaced, which must be there exactly once; `where` names the list.
with_fault() { # file text replacement where
  local source rest
  source=$(< "$1")
  rest=${source#*"$2"}
  if [ "$rest" = "$source" ] || [ "${rest#*"$2"}" != "$rest" ]; then
    echo "$4: $(basename "$1"): not there exactly once: $2" >&2
    exit 1
  fi
  printf '%s%s%s\n' "${source%%"$2"*}" "$3" "$rest"
}

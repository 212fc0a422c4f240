#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the commands of a page and compares what they print: commands.sh PAGE TOOL_FOLDER ROOT
#
# A command is an indented line that begins with "$ ", up to the end of its here-document if it has one. The indented
# lines behind it are what it prints; a line "..." stands for any lines, a command without lines may print anything. In
# the row of a table a number stands for any number: what a netlist has differs from one Yosys to the next. The
# commands run in order in one scratch folder that shows the repository's generator/ and tests/data.
set -uo pipefail
page=$1 root=$3
command -v verilator > /dev/null && command -v yosys > /dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
ln -s "$root/generator" generator
mkdir tests
ln -s "$root/tests/data" tests/data
export PATH="$2:$PATH" CIMRTL_REPOSITORY="$root"
failed=0 count=0

run_block() {  # $1: the command, $2: the lines expected
  count=$((count + 1))
  local got status
  got=$(bash -c "$1" 2>&1 < /dev/null)
  status=$?
  if [ "$status" -ne 0 ]; then
    printf 'failed (%s): %s\n%s\n' "$status" "$1" "$got"
    failed=1
    return
  fi
  [ -n "$2" ] || return
  # Each line of the page as a pattern.
  local pattern
  pattern=$(printf '%s\n' "$2" | sed -e '/^|/s/[0-9][0-9 .]*/\x02/g' -e 's/[][\\.*^$+?(){}|]/\\&/g' \
    -e 's/^\\\.\\\.\\\.$/(.*)/' -e 's/\x02/[0-9 .]+/g')
  printf '%s' "$got" | tr '\n' '\1' | grep -qE "^$(printf '%s' "$pattern" | tr '\n' '\1')$" || {
    printf 'prints something else: %s\n--- the page\n%s\n--- the tool\n%s\n' "$1" "$2" "$got"
    failed=1
  }
}

command='' expected='' here=''
while IFS= read -r line || [ -n "$line" ]; do
  text=${line#    }
  if [ -n "$here" ]; then
    command+=$'\n'$text
    [ "$text" = "$here" ] && here=''
  elif [[ $line == '    $ '* ]]; then
    [ -n "$command" ] && run_block "$command" "$expected"
    command=${text#\$ } expected=''
    [[ $command =~ \<\<\'([A-Z]+)\' ]] && here=${BASH_REMATCH[1]}
  elif [[ $line == '    '* ]]; then
    [ -n "$command" ] && expected+=${expected:+$'\n'}$text
  else
    [ -n "$command" ] && run_block "$command" "$expected"
    command='' expected=''
  fi
done < "$page"
[ -n "$command" ] && run_block "$command" "$expected"
[ "$count" -gt 0 ] || { echo "no command in $page"; exit 1; }
echo "$page: $count commands"
exit "$failed"

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Man page, bash and zsh completion of cimrtl from its own --help: cli/pages.sh PROGRAM FOLDER
set -eu
program=$1
folder=$2
mkdir -p "$folder"

# Commands are the indented words below "Subcommands:".
commands=$("$program" --help | awk '/^Subcommands:/ { on = 1; next } /^[^ ]/ { on = 0 } on && /^  [a-z]/ { print $1 }')
[ -n "$commands" ] || { echo "pages.sh: $program --help lists no commands" >&2; exit 1; }
version=$("$program" --version)

# The long and short options in a help text, one a line.
options() { sed -n -E 's/^  (-[a-zA-Z],)?(--[a-z][a-z-]*).*/\1 \2/p; s/^  (-[a-zA-Z])( .*)?$/\1/p' | tr -d ',' | tr ' ' '\n' | grep .; }
# What stands behind a command's name in the list, joined.
summary() { "$program" --help | awk -v name="$1" '/^Subcommands:/ { on = 1 } on && $1 == name { sub(/^ *[^ ]+ */, ""); print; exit }'; }
# Text as roff: backslashes, hyphens, and dots that begin a line are text.
roff() { sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e 's/^\([.'"'"']\)/\\\&\1/'; }

{
  printf '.TH CIMRTL 1 "" "%s" "User Commands"\n' "$version"
  printf '.SH NAME\ncimrtl \\- RTL generator for the digital side of compute\\-in\\-memory macros\n'
  printf '.SH SYNOPSIS\n.B cimrtl\n.I COMMAND\n[\\fIOPTION\\fR]...\n'
  printf '.SH DESCRIPTION\n.nf\n'
  "$program" --help | roff
  printf '.fi\n.SH COMMANDS\n'
  for command in $commands; do
    printf '.SS cimrtl %s\n.nf\n' "$command"
    "$program" "$command" --help | roff
    printf '.fi\n'
  done
  printf '.SH ENVIRONMENT\n.TP\n.B CIMRTL_CACHE\nfolder of built simulations (default ~/.cache/cimrtl)\n'
} > "$folder/cimrtl.1"

{
  echo "# bash completion of cimrtl, made from its --help"
  echo '_cimrtl() {'
  echo '  local current=${COMP_WORDS[COMP_CWORD]} words='
  echo '  if [ "$COMP_CWORD" -eq 1 ]; then'
  echo "    words=\"$(echo $commands) --help --version\""
  echo '  elif [[ $current == -* ]]; then'
  echo '    case ${COMP_WORDS[1]} in'
  for command in $commands; do
    echo "      $command) words=\"$("$program" "$command" --help | options | tr '\n' ' ' | sed 's/ $//')\" ;;"
  done
  echo '    esac'
  echo '  fi'
  echo '  COMPREPLY=($(compgen -W "$words" -- "$current"))'
  echo '}'
  echo 'complete -o default -F _cimrtl cimrtl'
} > "$folder/cimrtl"

{
  echo '#compdef cimrtl'
  echo '# zsh completion of cimrtl, made from its --help'
  echo 'local -a commands options'
  echo 'commands=('
  for command in $commands; do
    echo "  '$command:$(summary "$command" | sed "s/'/'\\\\''/g; s/:/\\\\:/g")'"
  done
  echo ')'
  echo 'if (( CURRENT == 2 )); then'
  echo '  _describe command commands'
  echo '  return'
  echo 'fi'
  echo 'case $words[2] in'
  for command in $commands; do
    echo "  $command) options=($("$program" "$command" --help | options | tr '\n' ' ' | sed 's/ $//')) ;;"
  done
  echo 'esac'
  echo 'if [[ $words[CURRENT] == -* ]]; then'
  echo '  compadd -- $options'
  echo 'else'
  echo '  _files'
  echo 'fi'
} > "$folder/_cimrtl"

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What a page quotes is what stands in the files: quotes.sh PAGE ROOT FOLDER
#
# A code block whose fence names a language and a file (from ROOT) quotes that file: its lines stand there, together and
# in this order; a line "..." stands for lines left out. Every file below FOLDER but CMakeLists.txt is named in the page,
# by its path from FOLDER.
set -uo pipefail
page=$1 root=$2 folder=$3
failed=0 count=0

check_quote() {  # $1: file, $2: the block, each line with its end
  count=$((count + 1))
  [ -f "$root/$1" ] || { echo "$page quotes $1, which is not there"; failed=1; return; }
  local rest piece='' line
  rest=$'\n'$(< "$root/$1")$'\n'
  while IFS= read -r line; do
    if [[ $line =~ ^\ *\.\.\.$ ]]; then
      find_piece "$1" "$piece" || return
      piece=''
    else
      piece+=$line$'\n'
    fi
  done <<< "$2..."
}

find_piece() {  # $1: file, $2: lines; takes them and what is before them off `rest`
  [ -n "$2" ] || return 0
  if [[ $rest != *$'\n'"$2"* ]]; then
    printf '%s: these lines do not stand together in %s:\n%s' "$page" "$1" "$2"
    failed=1
    return 1
  fi
  rest=$'\n'${rest#*$'\n'"$2"}
}

block='' file='' inside=''
while IFS= read -r line || [ -n "$line" ]; do
  if [[ $line == '```'* && -z $inside ]]; then
    inside=yes block=''
    read -r _ file <<< "$line"
  elif [[ $line == '```' ]]; then
    inside=''
    [ -n "$file" ] && check_quote "$file" "$block"
  elif [ -n "$inside" ]; then
    block+=$line$'\n'
  fi
done < "$page"

while read -r name; do
  grep -qF "$name" "$page" || { echo "$page does not name $folder/$name"; failed=1; }
done < <(cd "$root/$folder" && find . -type f -not -name CMakeLists.txt | sed 's|^\./||')
[ "$count" -gt 0 ] || { echo "$page quotes nothing"; exit 1; }
echo "$page: $count quotes"
exit "$failed"

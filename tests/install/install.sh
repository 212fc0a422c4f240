#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` leaves: the program runs from there, its pages are there and true, and a project of a user's
# own builds against the libraries: tests/install/install.sh BUILD_FOLDER VERSION
set -eu
build=$1
version=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "install.sh: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$work/usr" > "$work/log" 2>&1 || { cat "$work/log" >&2; fail "cmake --install failed"; }
tool=$work/usr/bin/cimrtl
[ "$("$tool" --version)" = "cimrtl $version" ] || fail "the installed program says $("$tool" --version)"

for page in share/man/man1/cimrtl.1 share/bash-completion/completions/cimrtl share/zsh/vendor-completions/_cimrtl; do
  [ -s "$work/usr/$page" ] || fail "$page is missing"
  for word in synth quantize --liberty --clock-ps; do
    sed 's/\\-/-/g' "$work/usr/$page" | grep -q -e "$word" || fail "$page knows no $word"
  done
done
if command -v bash > /dev/null; then
  words=$(bash -c '. "$1"; COMP_WORDS=(cimrtl synth --lib); COMP_CWORD=2; _cimrtl; echo "${COMPREPLY[*]}"' - \
    "$work/usr/share/bash-completion/completions/cimrtl")
  [ "$words" = --liberty ] || fail "bash completes --lib to '$words'"
fi

cd "$work"
cmake -S "$here/consumer" -B consumer -DCMAKE_PREFIX_PATH="$work/usr" -DCMAKE_CXX_FLAGS=-Wall > log 2>&1 || { cat log >&2; fail "find_package(cimrtl) failed"; }
cmake --build consumer > log 2>&1 || { cat log >&2; fail "the consumer does not build"; }
said=$(consumer/consumer "$work/usr/share/doc/cimrtl/configs/zebra_64x16.yaml")
[ "$said" = "zebra_64x16 64 1.00 $version" ] || fail "the consumer says '$said'"

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bringup.h: compiled as C99 without a warning, in a macro of each scheme and of 64-bit words; and host.c by it
# on the simulated RTL.   tests/bringup/host/run.sh TOOL
# $CIMRTL_RTL_OVERRIDE: a folder with other versions of the macro's modules. Exit 0: as it should be.
set -eu
tool=$1
here=$(cd "$(dirname "$0")" && pwd)
faults=$here/../../../flow/faults
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
c99="${CC:-cc} -std=c99 -Wall -Wextra -pedantic -Werror -c"
compiles() { # config, more of it
  "$tool" gen -q "$@" -o any -P name=any -P test.observe=true
  printf '#include "bringup.h"\nint any_codes(const any_bus *bus, any_code *codes);\n%s\n' \
    'int any_codes(const any_bus *bus, any_code *codes) { return any_read_codes(bus, codes); }' > any.c
  $c99 -I any any.c -o any.o
  rm -rf any
}
for scheme in conventional zebra column_quant bfp_dynamic binsparx requant; do compiles "$faults/$scheme.yaml"; done
compiles "$faults/conventional.yaml" -P accumulator.bias=true -P accumulator.bits=40

"$tool" gen -q "$here/macro.yaml" -o macro
for file in "${CIMRTL_RTL_OVERRIDE:-/nowhere}"/*.sv; do
  [ ! -e "macro/rtl/$(basename "$file")" ] || cp "$file" macro/rtl/
done
cells=$(sed -n 's/.*WeightBeat *= *\([0-9]*\);.*/\1/p' macro/rtl/macro_pkg.sv)
$c99 -I macro -I "$here" "$here/host.c" -o host.o
verilator --cc --exe --build -j 1 -Mdir obj -o bench -Wno-fatal --top-module macro -CFLAGS "-I$here -DTB_WORD_CELLS=$cells -O1" \
  -F macro/files_sim.f "$here/bench.cpp" "$work/host.o" > log 2>&1 || { tail -n 30 log; echo "verilator failed"; exit 1; }
timeout 120 obj/bench > log 2>&1 || { grep -v '^- ' log | head -n 20; exit 1; }
grep -q '^PASS' log

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# verilate.sh VERILATOR TOP OUT FILE...: C++ of TOP in OUT, all of it joined into OUT/all.cpp.
set -eu
verilator=$1 top=$2 out=$3
shift 3
rm -rf "$out"
mkdir -p "$out"
"$verilator" --cc --Mdir "$out" --prefix "V$top" --top-module "$top" -Wno-WIDTH \
    --assert --x-initial unique --x-assign unique +define+CIMRTL_DPI -O3 -fno-const-bit-op-tree "$@"
cat "$out/V$top"*.cpp > "$out/joined"
mv "$out/joined" "$out/all.cpp"

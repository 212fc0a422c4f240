#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# libFuzzer over the ONNX reader (parse, shapes, constants, layers; types, shapes and wires of constants are drawn too) under address and undefined-behaviour sanitizers.
#   flow/fuzz_onnx.sh [SECONDS] [CORPUS]     (default 120 seconds, a corpus that is thrown away)
# Starts from tests/network/models. Needs the Debian package clang. A finding ends the run: exit code 1, its bytes stay in
# fuzz_onnx.found/ and are run again by `CIMRTL_FUZZ_INPUT=FILE flow/fuzz_onnx.sh`.
set -euo pipefail
input=${CIMRTL_FUZZ_INPUT:+$(realpath "$CIMRTL_FUZZ_INPUT")}
seconds=${1:-120}
corpus=${2:+$(realpath -m "$2")}
cd "$(dirname "$0")/.."
command -v clang++ > /dev/null || { echo "clang++ not found: apt-get install clang" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
corpus=${corpus:-$work/corpus}
mkdir -p "$corpus"

# The reader and what it needs, no more: no macro, no simulation.
sources=(tests/network/fuzz_onnx.cpp network/src/ops_*.cpp base/src/{error,parallel,environment,interrupt,resources}.cpp)
for part in onnx_tensor graph model node prepare operators operand_check tensor window gather gemm execute layers lowering; do
  sources+=("network/src/$part.cpp")
done
compile() {
  clang++ -std=c++20 -g1 -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined \
    -I network/include -I network/src -I base/include -c "$2" -o "$1/$(basename "$2" .cpp).o"
}
export -f compile
printf '%s\n' "${sources[@]}" | xargs -P "$(nproc)" -I{} bash -c 'compile "$1" "$2"' _ "$work" {}
clang++ -fsanitize=fuzzer,address,undefined "$work"/*.o -lonnx_proto -lprotobuf -lfmt -lhwy -lpthread -o "$work/fuzz"

[ -z "$input" ] || { "$work/fuzz" "$input"; exit; }
mkdir "$work/seeds" "$work/found"
cp tests/network/models/*.onnx "$work/seeds"
# A tensor may have 2^28 elements: 1 GiB of them are no finding.
(cd "$work/seeds" && "$work/fuzz" "$corpus" . -artifact_prefix="$work/found/" -max_total_time="$seconds" -timeout=20 \
  -rss_limit_mb=4000 -malloc_limit_mb=1500 -max_len=20000 -print_final_stats=1 -verbosity=0 -print_funcs=0) && exit
mkdir -p fuzz_onnx.found
cp "$work"/found/* fuzz_onnx.found/
ls fuzz_onnx.found/* >&2
exit 1

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the benches in release form and runs one.   run.sh [BUILD_FOLDER, build-release by default] [PART ...]
# Without a part or with one of its parts bench_golden: the golden model's fast forms, each beside a yardstick in the same run.
# network [MODEL.onnx X.npy CONFIG THREADS [KEY=VALUE ...]]: where the time of `cimrtl net` goes, by default on the project's own.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$root/build-release}
[ $# -eq 0 ] || shift
bench=bench_golden
[ "${1:-}" != network ] || { bench=bench_network; shift; }
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >&2
cmake --build "$build" --target $bench >&2
exec "$build/flow/bench/$bench" "$@"

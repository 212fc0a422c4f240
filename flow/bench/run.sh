#!/bin/sh
# Builds bench_golden in release form and runs it: the golden model's fast forms, each beside a
# yardstick in the same run.   run.sh [BUILD_FOLDER, build-release by default] [PART of the table]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$root/build-release}
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >&2
cmake --build "$build" --target bench_golden >&2
exec "$build/flow/bench/bench_golden" ${2:+"$2"}

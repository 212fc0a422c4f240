#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang-tidy over the sources of the rooms, by .clang-tidy: flow/tidy.sh [path…] (default: all). Needs the Debian
# packages clang and clang-tidy; builds nothing. Exit code 0: clean.
set -euo pipefail
cd "$(dirname "$0")/.."
for program in clang++ clang-tidy cmake; do
  command -v "$program" > /dev/null || { echo "$program not found: apt-get install clang clang-tidy cmake" >&2; exit 2; }
done
build=${CIMRTL_BUILD:-build-tidy}
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Dev -DCMAKE_CXX_COMPILER=clang++ -DCIMRTL_PRECOMPILE=OFF > /dev/null
mapfile -t sources < <(git ls-files -- "${@:-.}" | grep '\.cpp$' | grep -v '^tests/')
printf '%s\0' "${sources[@]}" | xargs -0 -n 2 -P "$(nproc)" clang-tidy -p "$build" --quiet

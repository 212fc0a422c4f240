#!/usr/bin/env bash
# Everything that a plain Debian 12 needs, then all tests: flow/test.sh [ctest options]
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh
build_all
exec ctest --test-dir "${CIMRTL_BUILD:-build}" --output-on-failure -j "$(nproc)" "$@"

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that a plain Debian 12 or 13 needs, then all tests: flow/test.sh [ctest options]
# CIMRTL_WERROR=ON: a warning of the compiler is an error (CI; not for compilers that nobody has tried).
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh
install_missing opensta libxml2-utils  # readers of what gen writes for other tools
build_all -DCMAKE_COMPILE_WARNING_AS_ERROR="${CIMRTL_WERROR:-OFF}"
exec ctest --test-dir "${CIMRTL_BUILD:-build}" --output-on-failure -j "$(nproc)" "$@"

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Lists the flip-flops with and without reset per block: flow/resets.sh CONFIG
# Only control state is reset (async_reset: by rst_ni); sync_reset are data-path clears.
set -euo pipefail
config=$(realpath "${1:?usage: flow/resets.sh CONFIG}")
cd "$(dirname "$0")/.."
. flow/lib/setup.sh
tool=$(build_tool)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$tool" synth -q "$config" -o "$work"
column -s, -t "$work/resets.csv"

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every source file names its license: tests/docs/spdx.sh ROOT
set -euo pipefail
cd "$1"
missing=$(find . \( -name build -o -name 'build-*' -o -name .git -o -name simcache -o -name gen_out -o -name vectors -o -name expected \) -prune \
  -o -type f \( -name '*.cpp' -o -name '*.hpp' -o -name '*.h' -o -name '*.sv' -o -name '*.sh' -o -name '*.py' -o -name '*.cmake' \
  -o -name CMakeLists.txt \) -print | xargs grep -L 'SPDX-License-Identifier: Apache-2.0' || true)
[ -z "$missing" ] || { echo "no line SPDX-License-Identifier in:"; echo "$missing"; exit 1; }

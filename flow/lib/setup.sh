# SPDX-License-Identifier: Apache-2.0
# Sourced by the scripts in flow/: installs what is missing of Debian's packages and builds the tool.
# Needs the repository's root as current folder.

# ccache: simulations share what Verilator's own sources compile to.
packages=(cmake ninja-build g++ make ccache verilator yosys libfmt-dev libyaml-cpp-dev catch2
  libcli11-dev nlohmann-json3-dev libkainjow-mustache-dev zlib1g-dev libonnx-dev libprotobuf-dev libhwy-dev gnuplot-nox)

# Installs the given packages that are not there; says so.
install_missing() {
  local missing=() p
  for p in "$@"; do
    dpkg-query -W -f '${Status}' "$p" 2> /dev/null | grep -q 'ok installed' || missing+=("$p")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "installing Debian packages: ${missing[*]}" >&2
  local sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq >&2
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq \
    --no-install-recommends "${missing[@]}" > /dev/null
}

# Configures below build/ (or $CIMRTL_BUILD). A build from nothing is shortest with precompiled headers; who names a ccache
# by CCACHE_DIR gets that instead.
configure() {
  local options=()
  [ -n "${CCACHE_DIR:-}" ] || options=(-DCIMRTL_PRECOMPILE=ON)
  cmake -S . -B "${CIMRTL_BUILD:-build}" -G Ninja "${options[@]}" "$@" > /dev/null
}

# Configures and builds; prints nothing but errors and warnings.
build_all() {
  install_missing "${packages[@]}"
  local dir=${CIMRTL_BUILD:-build}
  configure "$@"
  ninja -C "$dir" --quiet >&2
}

# Builds the tool and prints its path.
build_tool() {
  build_all "$@"
  echo "$(cd "${CIMRTL_BUILD:-build}" && pwd)/cimrtl"
}

# fashion_npy images|labels COUNT OUT.npy: the first of Fashion-MNIST's test set (Debian's dataset-fashion-mnist) as
# (COUNT, 1, 28, 28) pixels or (COUNT,) labels, uint8.
fashion_npy() {
  local count=$2 skip=9 bytes=$2 shape="($2,)" file=t10k-labels-idx1-ubyte
  [ "$1" = images ] && skip=17 bytes=$((count * 784)) shape="($count, 1, 28, 28)" file=t10k-images-idx3-ubyte
  {
    printf '\x93NUMPY\x01\x00v\x00%-117s\n' "{'descr': '|u1', 'fortran_order': False, 'shape': $shape, }"
    head -c "$bytes" < <(zcat "/usr/share/datasets/fashion-mnist/$file.gz" | tail -c "+$skip")
  } > "$3"
}

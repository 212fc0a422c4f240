#!/usr/bin/env bash
# A whole binary network through the binsparx scheme: the project's own (tests/data/fashion_bnn) on Fashion-MNIST's
# test images, on the golden model, beside the same network in floats, and a slice of every layer on the RTL.
#   flow/bnn.sh [IMAGES] [RTL_VECTORS]     (default all images, 64 vectors of each layer)
# With $CIMRTL_CNV and $CIMRTL_CIFAR10 also BNN-PYNQ's CNV W1A1 (its cnvW1A1.npz) on CIFAR-10 records, all layers
# after the first. Writes below gen_out/bnn only.
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh

images=${1:-0} rtl=${2:-64}
shared=../shared/data
cnv=${CIMRTL_CNV:-$shared/bnn-pynq/cnvW1A1.npz}
cifar=${CIMRTL_CIFAR10:-$shared/cifar10-subset/cifar10_test_first1000.bin}
fashion=/usr/share/datasets/fashion-mnist
out=gen_out/bnn

install_missing "${packages[@]}" dataset-fashion-mnist unzip
build=${CIMRTL_BUILD:-build}
echo "building run_bnn in $build" >&2
cmake -S . -B "$build" -G Ninja > /dev/null
ninja -C "$build" --quiet run_bnn >&2
export CIMRTL_CACHE=${CIMRTL_CACHE:-$PWD/$out/cache}
mkdir -p "$out"

printf '== Fashion-MNIST, tests/data/fashion_bnn\n\n'
"$build/run_bnn" tests/data/fashion_bnn --config flow/bnn/bnn.yaml --images "$fashion/t10k-images-idx3-ubyte.gz" \
  --labels "$fashion/t10k-labels-idx1-ubyte.gz" --limit "$images" --rtl "$rtl"

if [ ! -e "$cnv" ] || [ ! -e "$cifar" ]; then
  printf '\nCNV: not run (no %s, or no %s)\n' "$cnv" "$cifar"
  exit 0
fi
rm -rf "$out/cnv"
unzip -q "$cnv" -d "$out/cnv"
cat > "$out/cnv/network.json" << 'END'
{"input": {"kind": "cifar10", "height": 32, "width": 32, "layer": "L0"},
 "layers": [{"name": "L1", "kernel": 3, "pool": 2, "popcount": true},
            {"name": "L2", "kernel": 3, "popcount": true},
            {"name": "L3", "kernel": 3, "pool": 2, "popcount": true},
            {"name": "L4", "kernel": 3, "popcount": true},
            {"name": "L5", "kernel": 3, "popcount": true},
            {"name": "L6", "popcount": true},
            {"name": "L7", "popcount": true},
            {"name": "L8"}]}
END
printf '\n== CIFAR-10, CNV W1A1 of BNN-PYNQ, all layers after the first\n\n'
"$build/run_bnn" "$out/cnv" --config flow/bnn/bnn.yaml --images "$cifar" --limit "$images" --rtl "$rtl" --chunk 20

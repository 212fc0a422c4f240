#!/usr/bin/env bash
# A whole binary network through the binsparx scheme: the project's own (tests/data/fashion_bnn) on Fashion-MNIST's
# test images, on the golden model, beside the same network in floats, and a slice of every layer on the RTL.
#   flow/bnn.sh [IMAGES] [RTL_VECTORS]     (default all images, 64 vectors of each layer)
# Then, if they are named, BNN-PYNQ's CNV W1A1 ($CIMRTL_CNV, its cnvW1A1.npz) on records of CIFAR-10's binary version
# ($CIMRTL_CIFAR10), all layers after the first. Prints Markdown; writes below gen_out/bnn only.
set -euo pipefail
cd "$(dirname "$0")/.."
. flow/lib/setup.sh

images=${1:-0} rtl=${2:-64}
cnv=${CIMRTL_CNV:-}
cifar=${CIMRTL_CIFAR10:-}
fashion=/usr/share/datasets/fashion-mnist
out=gen_out/bnn

install_missing "${packages[@]}" dataset-fashion-mnist unzip
build=${CIMRTL_BUILD:-build}
echo "building run_bnn in $build" >&2
cmake -S . -B "$build" -G Ninja > /dev/null
ninja -C "$build" --quiet run_bnn >&2
export CIMRTL_CACHE=${CIMRTL_CACHE:-$PWD/$out/cache}
mkdir -p "$out"

printf '**Fashion-MNIST, `tests/data/fashion_bnn`.** '
"$build/run_bnn" tests/data/fashion_bnn --config flow/bnn/bnn.yaml --images "$fashion/t10k-images-idx3-ubyte.gz" \
  --labels "$fashion/t10k-labels-idx1-ubyte.gz" --limit "$images" --rtl "$rtl"

if [ ! -e "$cnv" ] || [ ! -e "$cifar" ]; then
  printf '\nCNV: not run (CIMRTL_CNV: %s; CIMRTL_CIFAR10: %s)\n' "${cnv:-not set}" "${cifar:-not set}"
  exit 0
fi
rm -rf "$out/cnv"
unzip -q "$cnv" -d "$out/cnv"
cp flow/bnn/cnv.json "$out/cnv/network.json"
printf '\n**CNV W1A1 of BNN-PYNQ, CIFAR-10, all layers after the first.** '
"$build/run_bnn" "$out/cnv" --config flow/bnn/bnn.yaml --images "$cifar" --limit "$images" --rtl "$rtl" --chunk 64

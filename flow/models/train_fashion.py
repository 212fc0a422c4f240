#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Trains a small convolutional network on Fashion-MNIST and exports its layers as matrix products.

    train_fashion.py [--epochs N] [--seed S] [--images DIR] [-o DIR]

For whoever retrains, not for users: what it writes is committed as tests/data/fashion_conv. Needs Debian's
python3-torch, python3-numpy, python3-onnx and dataset-fashion-mnist.

For each layer, batch norm folded, float32:
    <layer>_weights.npy  (K, M)  column m is output channel m
    <layer>_bias.npy     (M,)
    <layer>_inputs.npy   (V, K)  rows are im2col patches at the layer's input, of test images
and the whole network as tests/data/models/fashion_float.onnx and fashion_qdq.onnx (export_onnx.py). So
that inputs @ weights + bias is the layer's output before its ReLU. Row k of a convolution is
k = (channel * 3 + ky) * 3 + kx, the order of torch.nn.functional.unfold and of weight.reshape(M, K).
"""
import argparse
import hashlib
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from export_onnx import MEAN, MODELS, STD, read_idx, write_conv, write_images

PATCHES = 256

def load(folder, part):
    """Normalized images (N, 1, 28, 28) and labels (N,)."""
    images = read_idx(folder / f"{part}-images-idx3-ubyte.gz")
    labels = read_idx(folder / f"{part}-labels-idx1-ubyte.gz")
    x = (torch.from_numpy(images.copy()).float() / 255 - MEAN) / STD
    return x.unsqueeze(1), torch.from_numpy(labels.astype(np.int64))


class Net(nn.Module):
    """28x28 -conv1-> 14x14 -conv2-> 7x7 -conv3-> 3x3 -fc-> 10 classes."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1, bias=False)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1, bias=False)
        self.conv3 = nn.Conv2d(32, 32, 3, padding=1, bias=False)
        self.bn1, self.bn2, self.bn3 = nn.BatchNorm2d(16), nn.BatchNorm2d(32), nn.BatchNorm2d(32)
        self.fc = nn.Linear(32 * 3 * 3, 10)

    def forward(self, x):
        for conv, norm in ((self.conv1, self.bn1), (self.conv2, self.bn2), (self.conv3, self.bn3)):
            x = F.max_pool2d(F.relu(norm(conv(x))), 2)
        return self.fc(x.flatten(1))


def batches(x, y, batch):
    """Images and labels of an epoch in random order, each batch mirrored or not; what is left over is not used."""
    order = torch.randperm(len(x))
    for i in range(0, len(x) - batch + 1, batch):
        pick = order[i : i + batch]
        images = x[pick]
        yield images.flip(3) if torch.rand(()) < 0.5 else images, y[pick]


def train(net, x, y, epochs):
    optimizer = torch.optim.Adam(net.parameters())
    batch = 128
    steps = epochs * (len(x) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=4e-3, total_steps=steps)
    for epoch in range(epochs):
        start = time.time()
        net.train()
        for images, labels in batches(x, y, batch):
            optimizer.zero_grad()
            loss = F.cross_entropy(net(images), labels)
            loss.backward()
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}: loss {loss.item():.3f}, {time.time() - start:.0f} s", flush=True)


def fold(conv, norm):
    """Weights (M, C, 3, 3) and bias (M,) of the convolution with its batch norm in evaluation."""
    gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return conv.weight * gain.reshape(-1, 1, 1, 1), norm.bias - norm.running_mean * gain


def forward_folded(layers, x):
    """Class scores and each layer's input."""
    inputs = {}
    for name in ("conv1", "conv2", "conv3"):
        inputs[name] = x
        w, b = layers[name]
        x = F.max_pool2d(F.relu(F.conv2d(x, w, b, padding=1)), 2)
    inputs["fc"] = x.flatten(1)
    w, b = layers["fc"]
    return F.linear(inputs["fc"], w, b), inputs


def accuracy(score, x, y):
    right = sum((score(x[i : i + 500]).argmax(1) == y[i : i + 500]).sum().item() for i in range(0, len(x), 500))
    return 100 * right / len(x)


def patches(x, generator):
    """One patch (K values) of each image (V, C, H, W), at a random position."""
    columns = F.unfold(x, 3, padding=1)  # (V, K, H*W)
    position = torch.randint(columns.shape[2], (len(x),), generator=generator)
    return columns[torch.arange(len(x)), :, position], position


def export(layers, x, folder):
    """Writes the tensors and checks each matrix product against the layer it stands for."""
    generator = torch.Generator().manual_seed(1)
    _, inputs = forward_folded(layers, x[:PATCHES])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (w, b) in layers.items():
        matrix = w.reshape(len(w), -1).T
        if name == "fc":
            rows, reference = inputs[name], F.linear(inputs[name], w, b)
        else:
            rows, position = patches(inputs[name], generator)
            full = F.conv2d(inputs[name], w, b, padding=1).flatten(2)
            reference = full[torch.arange(len(rows)), :, position]
        assert torch.allclose(rows @ matrix + b, reference, atol=1e-4)
        for what, tensor in (("weights", matrix), ("bias", b), ("inputs", rows)):
            path = folder / f"{name}_{what}.npy"
            np.save(path, np.ascontiguousarray(tensor.numpy(), dtype="<f4"))
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            print(f"{digest}  {path.name}  {tuple(tensor.shape)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--images", type=pathlib.Path, default=pathlib.Path("/usr/share/datasets/fashion-mnist"))
    default = pathlib.Path(__file__).resolve().parents[2] / "tests" / "data" / "fashion_conv"
    parser.add_argument("-o", "--output", type=pathlib.Path, default=default)
    options = parser.parse_args()

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(options.seed)
    net = Net()
    train(net, *load(options.images, "train"), options.epochs)

    net.eval()
    x, y = load(options.images, "t10k")
    with torch.no_grad():
        layers = {f"conv{i}": fold(getattr(net, f"conv{i}"), getattr(net, f"bn{i}")) for i in (1, 2, 3)}
        layers["fc"] = (net.fc.weight, net.fc.bias)
        print(f"test accuracy {accuracy(net, x, y):.2f} %")
        print(f"test accuracy, batch norm folded {accuracy(lambda i: forward_folded(layers, i)[0], x, y):.2f} %")
        export(layers, x, options.output)
        stored = {name: tuple(t.double().numpy() for t in layer) for name, layer in layers.items()}
        write_conv(stored, options.images, MODELS)
        write_images(options.images, MODELS)


if __name__ == "__main__":
    main()

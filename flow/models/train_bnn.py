#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Trains a small binary network on Fashion-MNIST and exports it with signs and integer thresholds.

    train_bnn.py [--epochs N] [--seed S] [--images DIR] [-o DIR]

For whoever retrains, not for users: what it writes is committed as tests/data/fashion_bnn. Needs Debian's
python3-torch, python3-numpy, python3-onnx and dataset-fashion-mnist.

The network, every weight and activation +1 or -1:
    28x28 pixels -> 8 planes: pixel >= level, +1 or -1
    conv1 3x3, stride 2, 8 -> 32 -> 13x13; conv2 3x3, 32 -> 64 -> 11x11, 2x2 maximum -> 5x5
    fc1 1600 -> 256; fc2 256 -> 10, the class is the greatest sum
Behind conv1, conv2 and fc1 batch norm (of positive gain) and sign: sum >= threshold.

It becomes tests/data/models/fashion_bnn.onnx (QONNX, export_onnx.py), and conv2 as a matrix product of 256 patches of
test images: conv2_weights (K, M), conv2_inputs (V, K), conv2_threshold (M,).
"""
import argparse
import hashlib
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from export_onnx import MODELS, read_idx, write_binary

LEVELS = [16, 48, 80, 112, 144, 176, 208, 240]
PATCHES = 256


class Sign(torch.autograd.Function):
    """+1 for x >= 0, else -1; the gradient passes where |x| <= 1."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x >= 0, 1.0, -1.0)

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return gradient * (x.abs() <= 1)


sign = Sign.apply


def load(folder, part):
    """Pixels (N, 1, 28, 28), uint8, and labels (N,)."""
    images = read_idx(folder / f"{part}-images-idx3-ubyte.gz")
    labels = read_idx(folder / f"{part}-labels-idx1-ubyte.gz")
    return torch.from_numpy(images.copy()).unsqueeze(1), torch.from_numpy(labels.astype(np.int64))


def planes(pixels):
    """(N, 8, 28, 28), +1 where the pixel reaches the level."""
    levels = torch.tensor(LEVELS, dtype=torch.uint8).reshape(1, -1, 1, 1)
    return torch.where(pixels >= levels, 1.0, -1.0)


class Norm(nn.Module):
    """Batch norm with a shift and no gain of its own, so that the gain is positive."""

    def __init__(self, channels, spatial):
        super().__init__()
        kind = nn.BatchNorm2d if spatial else nn.BatchNorm1d
        self.norm = kind(channels, affine=False)
        self.shift = nn.Parameter(torch.zeros((1, channels, 1, 1) if spatial else (1, channels)))

    def forward(self, x):
        return self.norm(x) + self.shift

    def affine(self):
        """Gain and shift per channel, in double."""
        gain = 1 / torch.sqrt(self.norm.running_var.double() + self.norm.eps)
        return gain, self.shift.flatten().double() - self.norm.running_mean.double() * gain


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        shapes = {"conv1": (32, 8, 3, 3), "conv2": (64, 32, 3, 3), "fc1": (256, 1600), "fc2": (10, 256)}
        self.weights = nn.ParameterDict({n: nn.Parameter(0.1 * torch.randn(s)) for n, s in shapes.items()})
        self.norms = nn.ModuleDict({"conv1": Norm(32, True), "conv2": Norm(64, True), "fc1": Norm(256, False)})
        self.temperature = nn.Parameter(torch.tensor(0.1))

    def forward(self, x):
        w = {name: sign(v) for name, v in self.weights.items()}
        x = sign(self.norms["conv1"](F.conv2d(x, w["conv1"], stride=2)))
        # The gain is positive: the maximum before the norm is the maximum of the signs behind it.
        x = sign(self.norms["conv2"](F.max_pool2d(F.conv2d(x, w["conv2"]), 2)))
        x = sign(self.norms["fc1"](F.linear(x.flatten(1), w["fc1"])))
        return F.linear(x, w["fc2"]) * self.temperature


def train(net, pixels, y, epochs):
    optimizer = torch.optim.Adam(net.parameters())
    batch = 128
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=1e-2, total_steps=epochs * (len(pixels) // batch)
    )
    for epoch in range(epochs):
        start = time.time()
        net.train()
        order = torch.randperm(len(pixels))
        for i in range(0, len(pixels) - batch + 1, batch):
            pick = order[i : i + batch]
            images = planes(pixels[pick])
            if torch.rand(()) < 0.5:
                images = images.flip(3)
            optimizer.zero_grad()
            loss = F.cross_entropy(net(images), y[pick])
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                for weight in net.weights.values():
                    weight.clamp_(-1, 1)
            schedule.step()
        print(f"epoch {epoch + 1}: loss {loss.item():.3f}, {time.time() - start:.0f} s", flush=True)


def channels_last(name, w):
    """(M, KH, KW, C) or (M, K), as the activations lie: channel last."""
    if w.dim() == 4:
        return w.permute(0, 2, 3, 1)
    return w.reshape(len(w), 64, 5, 5).permute(0, 2, 3, 1).flatten(1) if name == "fc1" else w


def folded(net):
    """Signs and thresholds of each layer."""
    layers = {}
    for name, w in net.weights.items():
        layer = {"w": channels_last(name, sign(w)).to(torch.int8).contiguous().numpy()}
        if name in net.norms:
            gain, shift = net.norms[name].affine()
            layer["t"] = torch.ceil(-shift / gain).to(torch.int32).numpy()
        layers[name] = layer
    return layers


def integer_classes(layers, pixels):
    """Classes by integers and thresholds alone (in float64, exact)."""

    def layer(x, name, **conv):
        w = torch.from_numpy(layers[name]["w"]).double()
        total = F.conv2d(x, w.permute(0, 3, 1, 2), **conv) if w.dim() == 4 else F.linear(x, w)
        if "t" not in layers[name]:
            return total
        t = torch.from_numpy(layers[name]["t"]).double()
        return torch.where(total >= (t.reshape(-1, 1, 1) if w.dim() == 4 else t), 1.0, -1.0).double()

    x = layer(planes(pixels).double(), "conv1", stride=2)
    x = F.max_pool2d(layer(x, "conv2"), 2).permute(0, 2, 3, 1).flatten(1)
    return layer(layer(x, "fc1"), "fc2").argmax(1)


def conv2_product(layers, pixels):
    """conv2's weights (K, M), a patch of each image (V, K) and thresholds (M,)."""
    generator = torch.Generator().manual_seed(1)
    w = torch.from_numpy(layers["conv1"]["w"]).float().permute(0, 3, 1, 2)
    t = torch.from_numpy(layers["conv1"]["t"]).float().reshape(-1, 1, 1)
    x = torch.where(F.conv2d(planes(pixels), w, stride=2) >= t, 1, -1)  # (V, 32, 13, 13)
    rows = []
    for image in x.permute(0, 2, 3, 1):
        top, left = torch.randint(11, (2,), generator=generator).tolist()
        rows.append(image[top : top + 3, left : left + 3].flatten())
    weights = layers["conv2"]["w"].reshape(64, -1).T
    return {"conv2_weights": weights, "conv2_inputs": torch.stack(rows).numpy().astype(np.int8),
            "conv2_threshold": layers["conv2"]["t"]}


def export(layers, pixels, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in conv2_product(layers, pixels[:PATCHES]).items():
        path = folder / f"{name}.npy"
        np.save(path, np.ascontiguousarray(array))
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}  {array.shape}")
    write_binary(layers, LEVELS, MODELS / "fashion_bnn.onnx")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--images", type=pathlib.Path, default=pathlib.Path("/usr/share/datasets/fashion-mnist"))
    default = pathlib.Path(__file__).resolve().parents[2] / "tests" / "data" / "fashion_bnn"
    parser.add_argument("-o", "--output", type=pathlib.Path, default=default)
    options = parser.parse_args()

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(options.seed)
    net = Net()
    train(net, *load(options.images, "train"), options.epochs)

    net.eval()
    pixels, y = load(options.images, "t10k")
    with torch.no_grad():
        parts = range(0, len(y), 500)
        by_float = torch.cat([net(planes(pixels[i : i + 500])).argmax(1) for i in parts])
        layers = folded(net)
        by_integers = torch.cat([integer_classes(layers, pixels[i : i + 500]) for i in parts])
        print(f"test accuracy, float {100 * (by_float == y).float().mean():.2f} %, "
              f"thresholds {100 * (by_integers == y).float().mean():.2f} %, "
              f"{(by_float == by_integers).sum()} of {len(y)} alike")
        export(layers, pixels, options.output)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the project's Fashion-MNIST network through the column_quant macro, with column-wise scales.

    train_column_quant.py [--bits 2,3,4] [--images-used N] [--epochs E] [--seed S] [--images DIR] [-o DIR]

For whoever retrains, not for users: what it writes is committed as tests/data/column_quant. Starts from tests/data/fashion_conv
(train_fashion.py). Needs Debian's python3-torch, python3-numpy, python3-onnx and dataset-fashion-mnist.

The macro: docs/spec/column_quant.md, 64 rows, 4-bit unsigned inputs in one step, 4-bit weights in 2-bit cells, differential. A column's
partial sum v passes code = clamp(rne(alpha · v), c0 - 2^(p-1), c0 + 2^(p-1) - 1) and counts code · scale. Rounding is
straight-through; alpha and scale (one each a column), the weights and their steps, the inputs' steps and the biases learn; c0 (one a tile
and plane) is placed before training on what the columns then give, and stays. alpha has 16 bits, scale 8, in training as on the macro. A
result's unit is the one that fits the exact products best, as `cimrtl net` finds it.

Writes for each p fashion_cq<p>.onnx (weights as int8 by DequantizeLinear, inputs by Quant of 4 bits) and
cq<p>_<layer>_{alpha,scale,center}.npy, for  cimrtl net ... --layer conv1:alpha=cq3_conv1_alpha.npy,scale=...,center=...
"""
import argparse
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from export_onnx import QONNX, ROOT, STD, Graph, f32, normalized, stored_layers
from train_fashion import accuracy, batches, load

ROWS, INPUT_TOP, WEIGHT_TOP, RADIX = 64, 15, 15, 4
PLACE = torch.tensor([1.0, RADIX, -1.0, -RADIX])  # of planes: slices of w+, slices of w-
ALPHA_FRAC, SCALE_TOP = 16, 255
PIXEL_ZERO = 4  # the integer of a normalized pixel's 0
FOLDER = ROOT / "tests" / "data" / "column_quant"


def straight(x, rounded):
    """rounded, with x's gradient."""
    return x + (rounded - x).detach()


class Columns(torch.autograd.Function):
    """v (N, T·P, M) through the ADC, scaled and summed over tiles and planes: (N, M)."""

    @staticmethod
    def forward(ctx, v, alpha, scale, low, high):
        q = torch.round(v * alpha)
        code = torch.minimum(torch.maximum(q, low), high)
        ctx.save_for_backward(v, alpha, scale, code, q == code)
        return (code * scale).sum(1)

    @staticmethod
    def backward(ctx, gradient):
        v, alpha, scale, code, inside = ctx.saved_tensors
        g = gradient.unsqueeze(1)
        through = g * scale * inside
        return through * alpha, (through * v).sum(0), (g * code).sum(0), None, None


class Layer(nn.Module):
    """One product on the macro: inputs (N, K) as real values → (N, M), bias added."""

    def __init__(self, w, bias, bits, step=None, zero=0):
        super().__init__()
        self.shape = w.shape
        matrix = torch.from_numpy(w.reshape(len(w), -1)).float()
        self.bits, self.zero = bits, zero
        self.fixed_step = step
        self.w, self.bias = nn.Parameter(matrix), nn.Parameter(torch.from_numpy(bias).float())
        self.log_w_step = nn.Parameter(torch.log(matrix.abs().amax(1) / WEIGHT_TOP))
        self.log_step = nn.Parameter(torch.tensor(0.0), requires_grad=step is None)
        self.tiles = -(-matrix.shape[1] // ROWS)
        columns = (self.tiles * 4, len(w))
        self.log_alpha, self.log_scale = nn.Parameter(torch.zeros(columns)), nn.Parameter(torch.zeros(columns))
        self.register_buffer("center", torch.zeros(columns[0]))
        self.register_buffer("unit", torch.tensor(0.0))
        self.ready = False

    def step(self):
        return torch.tensor(self.fixed_step) if self.fixed_step else self.log_step.exp()

    def weights(self):
        """Integers (M, K), straight-through."""
        w = (self.w / self.log_w_step.exp().unsqueeze(1)).clamp(-WEIGHT_TOP, WEIGHT_TOP)
        return straight(w, torch.round(w))

    def digits(self, integers):
        """(T, rows, P · M): what the cells hold."""
        w = F.pad(integers.T, (0, 0, 0, self.tiles * ROWS - integers.shape[1]))
        plus, minus = w.clamp(min=0), (-w).clamp(min=0)
        planes = [plus % RADIX, plus // RADIX, minus % RADIX, minus // RADIX]
        return torch.cat([p.reshape(self.tiles, ROWS, -1) for p in planes], 2)

    def sums(self, x, cells):
        """v (N, T·P, M) of integers (N, K)."""
        x = F.pad(x, (0, self.tiles * ROWS - x.shape[1])).reshape(len(x), self.tiles, ROWS).transpose(0, 1)
        return torch.bmm(x, cells).transpose(0, 1).reshape(x.shape[1], self.tiles * 4, -1)

    def alpha(self):
        """As 16 bits hold it."""
        a = self.log_alpha.exp() * 2**ALPHA_FRAC
        return straight(a, torch.round(a).clamp(1, 65535)) / 2**ALPHA_FRAC

    def scale(self):
        """As 8 bits hold it, in units of its last bit; the greatest is full range."""
        s = self.log_scale.exp()
        s = s / s.max().detach() * SCALE_TOP
        return straight(s, torch.round(s))

    def window(self):
        low = (self.center - 2 ** (self.bits - 1)).reshape(-1, 1)
        return low, low + 2**self.bits - 1

    def integers(self, x):
        """Of the inputs, straight-through; pads have to be those of a real 0."""
        q = (x / self.step() + self.zero).clamp(0, INPUT_TOP)
        return straight(q, torch.round(q))

    @torch.no_grad()
    def prepare(self, x):
        """Steps, centres, alpha and scale of least squared error on these inputs."""
        if not self.fixed_step:
            top, some = x.max(), x.flatten()[::7]
            error = lambda s: ((some / s).round().clamp(0, INPUT_TOP) * s - some).square().sum()
            self.log_step.fill_(torch.log(min((top * f / INPUT_TOP for f in torch.linspace(0.3, 1, 29)), key=error)))
        picked = x[torch.linspace(0, len(x) - 1, min(len(x), 2048)).long()]
        v = self.sums(self.integers(picked), self.digits(self.weights()))
        top = v.amax(0).clamp(min=1)
        best = None
        for center in range(2 ** (self.bits - 1), 2 ** (self.bits - 1) + 4):
            self.center.fill_(center)
            low, high = self.window()
            error, alpha, scale = torch.full_like(top, np.inf), torch.ones_like(top), torch.ones_like(top)
            for n in range(24):
                a = (high / top * 1.125 ** (n - 3)).clamp(max=65535 / 65536)
                code = torch.minimum(torch.maximum(torch.round(v * a), low), high)
                s = (code * v).sum(0) / code.square().sum(0).clamp(min=1e-9)
                e = (v - code * s).square().sum(0)
                better = e < error
                error = torch.where(better, e, error)
                alpha, scale = torch.where(better, a, alpha), torch.where(better, s, scale)
            total = error.sum(1, keepdim=True)
            if best is None:
                best = [total, alpha, scale, torch.full_like(self.center, center)]
            better = total < best[0]
            best = [torch.where(better, total, best[0]), torch.where(better, alpha, best[1]), torch.where(better, scale, best[2]),
                    torch.where(better.flatten(), torch.full_like(self.center, center), best[3])]
        self.log_alpha.copy_(best[1].log())
        self.log_scale.copy_(best[2].clamp(min=best[2].max() / 200).log())
        self.center.copy_(best[3])
        self.ready = True

    def forward(self, x):
        if not self.ready:
            self.prepare(x.detach())
        q, w = self.integers(x), self.weights()
        place = PLACE.repeat(self.tiles).reshape(-1, 1)
        low, high = self.window()
        y = Columns.apply(self.sums(q, self.digits(w.detach())), self.alpha(), self.scale() * place, low, high)
        exact = F.linear(q.detach(), w)  # the weights' gradient is the product's
        with torch.no_grad():
            unit = (y * exact).sum() / y.square().sum()
            if self.training:
                self.unit.copy_(unit if self.unit == 0 else 0.9 * self.unit + 0.1 * unit)
            else:
                unit = self.unit
        y = y * unit + exact - exact.detach()
        y = y - self.zero * w.sum(1)
        return y * self.step() * self.log_w_step.exp() + self.bias


class Net(nn.Module):
    def __init__(self, layers, bits):
        super().__init__()
        own = {"conv1": dict(step=1 / (INPUT_TOP * STD), zero=PIXEL_ZERO)}
        self.layers = nn.ModuleDict({name: Layer(w, b, bits, **own.get(name, {})) for name, (w, b) in layers.items()})

    def forward(self, x):
        for name in ("conv1", "conv2", "conv3"):
            n, _, h, w = x.shape
            rows = F.unfold(x, 3, padding=1).transpose(1, 2).flatten(0, 1)
            y = self.layers[name](rows).reshape(n, h * w, -1).transpose(1, 2).reshape(n, -1, h, w)
            x = F.max_pool2d(F.relu(y), 2)
        return self.layers["fc"](x.flatten(1))


def train(net, x, y, epochs):
    scales = [p for name, p in net.named_parameters() if "log_" in name and p.requires_grad]
    others = [p for name, p in net.named_parameters() if "log_" not in name]
    rates = [5e-3, 1e-3]
    optimizer = torch.optim.Adam([{"params": scales, "lr": rates[0]}, {"params": others, "lr": rates[1]}])
    batch = 64
    steps = max(1, epochs * (len(x) // batch))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=rates, total_steps=steps, pct_start=0.2)
    for epoch in range(epochs):
        start, losses = time.process_time(), []
        net.train()
        for images, labels in batches(x, y, batch):
            optimizer.zero_grad()
            loss = F.cross_entropy(net(images), labels)
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"  epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.process_time() - start:.0f} s of processor", flush=True)


def write_model(net, path):
    """Weights by DequantizeLinear, inputs by Quant."""
    g = Graph()
    x = normalized(g)
    for name, layer in net.layers.items():
        w = layer.weights().numpy().astype(np.int8).reshape(layer.shape)
        axis = g.constant(name + "_zw", np.zeros(len(w), np.int8))
        dw = g.node("DequantizeLinear", name + "_dw", g.constant(name + "_w", w),
                    g.constant(name + "_sw", f32(layer.log_w_step.exp().numpy())), axis, axis=0)
        step, zero, bits = (g.constant(f"{name}_{k}", f32(v)) for k, v in
                            (("sx", layer.step().numpy()), ("zx", layer.zero), ("bits", 4)))
        if name == "fc":
            x = g.node("Flatten", "flat", x)
        x = g.node("Quant", name + "_x", x, step, zero, bits, domain=QONNX, signed=0, narrow=0, rounding_mode="ROUND")
        b = g.constant(name + "_b", f32(layer.bias.numpy()))
        if name == "fc":
            g.save(path, "fashion_column_quant", g.node("Gemm", name, x, dw, b, transB=1), (QONNX,))
            return
        x = g.node("Relu", name + "_relu", g.node("Conv", name, x, dw, b, pads=[1, 1, 1, 1]))
        x = g.node("MaxPool", name + "_pool", x, kernel_shape=[2, 2], strides=[2, 2])


@torch.no_grad()
def export(net, bits, folder):
    folder.mkdir(parents=True, exist_ok=True)
    write_model(net, folder / f"fashion_cq{bits}.onnx")
    for name, layer in net.layers.items():
        shape = (layer.tiles, 4, -1)
        for what, values, kind in (("alpha", torch.round(layer.alpha() * 2**ALPHA_FRAC), np.uint16),
                                   ("scale", layer.scale(), np.uint8)):
            np.save(folder / f"cq{bits}_{name}_{what}.npy", values.numpy().astype(kind).reshape(shape))
        np.save(folder / f"cq{bits}_{name}_center.npy", layer.center.numpy().astype(np.int8).reshape(shape[:2]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bits", default="2,3,4", help="of the ADC")
    parser.add_argument("--images-used", type=int, default=60000)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--test-images", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--images", type=pathlib.Path, default=pathlib.Path("/usr/share/datasets/fashion-mnist"))
    parser.add_argument("-o", "--output", type=pathlib.Path, default=FOLDER)
    options = parser.parse_args()

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    x, y = load(options.images, "train")
    x, y = x[: options.images_used], y[: options.images_used]
    test, labels = (t[: options.test_images] for t in load(options.images, "t10k"))
    for bits in (int(b) for b in options.bits.split(",")):
        torch.manual_seed(options.seed)
        net = Net(stored_layers(ROOT / "tests" / "data" / "fashion_conv"), bits)
        with torch.no_grad():
            net(x[:256])  # places the scales, and finds the units
            net.eval()
            print(f"{bits} bits: {accuracy(net, test, labels):.2f} % before training", flush=True)
        train(net, x, y, options.epochs)
        with torch.no_grad():
            net.eval()
            print(f"{bits} bits: {accuracy(net, test, labels):.2f} % after", flush=True)
        export(net, bits, options.output)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The project's networks as ONNX files: tests/data/models.

    export_onnx.py [--images DIR] [-o DIR]     the convolutional network, from tests/data/fashion_conv

train_fashion.py and train_bnn.py call the functions at their end. Needs Debian's python3-onnx and python3-numpy.
All models take pixels, float32 (N, 1, 28, 28), 0 to 255, and give ten scores.
"""
import argparse
import gzip
import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODELS = ROOT / "tests" / "data" / "models"
# Of Fashion-MNIST's training images, pixels as 0 to 1.
MEAN, STD = 0.2860, 0.3530
QONNX = "qonnx.custom_op.general"


def read_idx(path):
    """Array of an IDX file: a type byte, a rank byte, big-endian dimensions, bytes."""
    data = gzip.open(path).read()
    rank = data[3]
    shape = np.frombuffer(data, ">i4", rank, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


class Graph:
    """Nodes and constants, named as they come."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name, array):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, op, name, *inputs, domain="", **attributes):
        self.nodes.append(helper.make_node(op, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def save(self, path, name, result, domains=()):
        value = lambda n, shape: helper.make_tensor_value_info(n, TensorProto.FLOAT, shape)
        graph = helper.make_graph(self.nodes, name, [value("pixels", ["N", 1, 28, 28])], [value(result, ["N", 10])],
                                  self.constants)
        opsets = [helper.make_opsetid("", 13)] + [helper.make_opsetid(d, 1) for d in domains]
        model = helper.make_model(graph, opset_imports=opsets, producer_name="cimrtl")
        model.ir_version = 8
        path.parent.mkdir(parents=True, exist_ok=True)
        save(model, str(path))


def f32(x):
    return np.float32(x)


def normalized(g):
    """(pixel / 255 - MEAN) / STD."""
    x = g.node("Mul", "unit", "pixels", g.constant("unit_scale", f32(1 / (255 * STD))))
    return g.node("Sub", "normal", x, g.constant("normal_mean", f32(MEAN / STD)))


def write_float(layers, path):
    """Conv, Relu and MaxPool three times, Gemm. `layers`: weights (M, C, 3, 3) or (M, K) and bias (M,) by name."""
    g = Graph()
    x = normalized(g)
    for name in ("conv1", "conv2", "conv3"):
        w, b = layers[name]
        x = g.node("Conv", name, x, g.constant(name + "_w", f32(w)), g.constant(name + "_b", f32(b)), pads=[1, 1, 1, 1])
        x = g.node("MaxPool", name + "_pool", g.node("Relu", name + "_relu", x), kernel_shape=[2, 2], strides=[2, 2])
    w, b = layers["fc"]
    y = g.node("Gemm", "fc", g.node("Flatten", "flat", x), g.constant("fc_w", f32(w)), g.constant("fc_b", f32(b)), transB=1)
    g.save(path, "fashion", y)


def conv3x3(x, w, b):
    """3x3, padding 1."""
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(2, 3))
    return np.einsum("nchwyx,mcyx->nmhw", windows, w, optimize=True) + b.reshape(-1, 1, 1)


def pooled(x):
    n, c, h, w = x.shape
    return x[:, :, : h // 2 * 2, : w // 2 * 2].reshape(n, c, h // 2, 2, w // 2, 2).max(axis=(3, 5))


def activation_scales(layers, pixels):
    """A step of each layer's uint8 input; of the first the pixel's, of the others the greatest value's 255th part."""
    x = (pixels.astype(np.float64) / 255 - MEAN) / STD
    scales = {"conv1": 1 / (255 * STD)}
    for name, behind in (("conv1", "conv2"), ("conv2", "conv3"), ("conv3", "fc")):
        x = np.maximum(pooled(conv3x3(x, *layers[name])), 0)
        scales[behind] = x.max() / 255
    return scales


def write_qdq(layers, pixels, path):
    """The same in int8: weights with a scale an output, uint8 activations, int32 bias."""
    scales = activation_scales(layers, pixels)
    g = Graph()
    x = normalized(g)
    for name in ("conv1", "conv2", "conv3", "fc"):
        w, b = layers[name]
        zero = round(255 * MEAN) if name == "conv1" else 0
        sx = g.constant(name + "_sx", f32(scales[name]))
        zx = g.constant(name + "_zx", np.uint8(zero))
        x = g.node("DequantizeLinear", name + "_x", g.node("QuantizeLinear", name + "_q", x, sx, zx), sx, zx)
        step = np.abs(w).reshape(len(w), -1).max(axis=1) / 127
        q = np.rint(w / step.reshape((-1,) + (1,) * (w.ndim - 1))).astype(np.int8)
        dw = g.node("DequantizeLinear", name + "_dw", g.constant(name + "_w", q), g.constant(name + "_sw", f32(step)),
                    g.constant(name + "_zw", np.zeros(len(w), np.int8)), axis=0)
        sb = f32(step) * f32(scales[name])
        db = g.node("DequantizeLinear", name + "_db", g.constant(name + "_b", np.rint(b / sb).astype(np.int32)),
                    g.constant(name + "_sb", sb), g.constant(name + "_zb", np.zeros(len(w), np.int32)), axis=0)
        if name == "fc":
            y = g.node("Gemm", name, x, dw, db, transB=1)
            continue
        x = g.node("Relu", name + "_relu", g.node("Conv", name, x, dw, db, pads=[1, 1, 1, 1]))
        x = g.node("MaxPool", name + "_pool", x, kernel_shape=[2, 2], strides=[2, 2])
        if name == "conv3":
            x = g.node("Flatten", "flat", x)
    g.save(path, "fashion", y)


def write_binary(layers, levels, path):
    """Signs of pixels against levels, then signs against thresholds. `layers`: by name w (M, KH, KW, C) or (M, K), the
    channel last, and t (M,), as train_bnn.py has them."""
    g = Graph()
    one = g.constant("one", f32(1))

    def sign(name, x):
        return g.node("BipolarQuant", name, x, one, domain=QONNX)

    def weights(name, w):
        return sign(name + "_sign", g.node("Cast", name + "_cast", g.constant(name + "_w", w), to=TensorProto.FLOAT))

    def threshold(name, x, shape):
        return sign(name + "_out", g.node("Sub", name + "_less", x, g.constant(name + "_t", f32(layers[name]["t"]).reshape(shape))))

    x = sign("planes", g.node("Sub", "above", "pixels", g.constant("levels", f32(levels).reshape(1, -1, 1, 1))))
    for name, stride in (("conv1", 2), ("conv2", 1)):
        w = weights(name, layers[name]["w"].transpose(0, 3, 1, 2))
        x = threshold(name, g.node("Conv", name, x, w, strides=[stride, stride]), (1, -1, 1, 1))
    x = g.node("Flatten", "flat", g.node("MaxPool", "pool", x, kernel_shape=[2, 2], strides=[2, 2]))
    w = layers["fc1"]["w"].reshape(-1, 5, 5, 64).transpose(0, 3, 1, 2).reshape(-1, 1600)  # channel first again
    x = threshold("fc1", g.node("MatMul", "fc1", x, weights("fc1", w.T)), (1, -1))
    g.save(path, "fashion_bnn", g.node("MatMul", "fc2", x, weights("fc2", layers["fc2"]["w"].T)), (QONNX,))


def stored_layers(folder):
    """Layers of the convolutional network as train_fashion.py stored them."""
    layers = {}
    for name in ("conv1", "conv2", "conv3", "fc"):
        w = np.load(folder / f"{name}_weights.npy").astype(np.float64).T
        shape = (len(w), -1) if name == "fc" else (len(w), -1, 3, 3)
        layers[name] = (w.reshape(shape), np.load(folder / f"{name}_bias.npy").astype(np.float64))
    return layers


def write_conv(layers, images, folder):
    """Both forms. `images`: the data set's folder; training images give the activations' ranges."""
    write_float(layers, folder / "fashion_float.onnx")
    pixels = read_idx(images / "train-images-idx3-ubyte.gz")[:500, None]
    write_qdq(layers, pixels, folder / "fashion_qdq.onnx")


def write_images(images, folder, count=64):
    """The first test images with their labels."""
    np.save(folder / "fashion_images.npy", read_idx(images / "t10k-images-idx3-ubyte.gz")[:count, None])
    np.save(folder / "fashion_labels.npy", read_idx(images / "t10k-labels-idx1-ubyte.gz")[:count])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=pathlib.Path, default=pathlib.Path("/usr/share/datasets/fashion-mnist"))
    parser.add_argument("-o", "--output", type=pathlib.Path, default=MODELS)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    write_conv(stored_layers(ROOT / "tests" / "data" / "fashion_conv"), options.images, options.output)
    write_images(options.images, options.output)


if __name__ == "__main__":
    main()

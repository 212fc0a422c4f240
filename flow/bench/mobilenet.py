#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A float model of MobileNetV1's size (224x224, 1000 classes) with random weights, and random images: for memory and time, not for accuracy.

    mobilenet.py FOLDER IMAGES     writes FOLDER/mobilenet.onnx and FOLDER/images.npy; needs Debian's python3-onnx
"""
import pathlib
import sys

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

BLOCKS = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5 + [(1024, 2), (1024, 1)]  # channels, stride
nodes, constants = [], []
rng = np.random.default_rng(1)


def conv(x, name, channels_in, channels, kernel, stride, group=1):
    """Convolution and Relu."""
    depth = channels_in // group * kernel * kernel
    w = rng.normal(0, (2 / depth) ** 0.5, (channels, channels_in // group, kernel, kernel)).astype("f4")
    constants.append(numpy_helper.from_array(w, name + "_w"))
    nodes.append(helper.make_node("Conv", [x, name + "_w"], [name], name=name, pads=[kernel // 2] * 4, strides=[stride] * 2, group=group))
    nodes.append(helper.make_node("Relu", [name], [name + "_relu"], name=name + "_relu"))
    return name + "_relu"


def value(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def main():
    folder, images = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    x, channels = conv("x", "conv0", 3, 32, 3, 2), 32
    for n, (wide, stride) in enumerate(BLOCKS, 1):
        x = conv(conv(x, f"depthwise{n}", channels, channels, 3, stride, channels), f"pointwise{n}", channels, wide, 1, 1)
        channels = wide
    nodes.append(helper.make_node("GlobalAveragePool", [x], ["pool"], name="pool"))
    nodes.append(helper.make_node("Flatten", ["pool"], ["flat"], name="flat"))
    constants.append(numpy_helper.from_array(rng.normal(0, 0.03, (1024, 1000)).astype("f4"), "fc_w"))
    nodes.append(helper.make_node("Gemm", ["flat", "fc_w"], ["y"], name="fc"))
    graph = helper.make_graph(nodes, "mobilenet", [value("x", ["N", 3, 224, 224])], [value("y", ["N", 1000])], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    save(model, str(folder / "mobilenet.onnx"))
    np.save(folder / "images.npy", rng.normal(0, 1, (images, 3, 224, 224)).astype("f4"))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the models of this folder and their inputs: random weights, seed 1, every listed operator somewhere.

Needs Debian's python3-onnx and python3-numpy. The expected results (NAME_expected.npy) are ONNX Runtime's
(expected.mjs, npm's onnxruntime-web), those of the QONNX model the numpy code below.

    python3 tests/network/make_models.py tests/network/models && node tests/network/expected.mjs tests/network/models
"""
import os
import sys
import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper as nh

rng = np.random.default_rng(1)
out = sys.argv[1]


def f(*shape, scale=1.0):
    return (rng.standard_normal(shape) * scale).astype(np.float32)


class Graph:
    """Nodes and constants by name; `n` numbers the values."""

    def __init__(self):
        self.nodes, self.inits, self.count = [], [], 0

    def const(self, array, name=None):
        self.count += 1
        name = name or f"c{self.count}"
        self.inits.append(nh.from_array(np.asarray(array), name))
        return name

    def node(self, op, *inputs, outputs=1, domain="", **attributes):
        self.count += 1
        names = [f"v{self.count}_{k}" for k in range(outputs)]
        ins = [i if isinstance(i, str) else self.const(i) for i in inputs]
        self.nodes.append(h.make_node(op, ins, names, name=f"{op}_{self.count}", domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def save(self, name, result, shape, opset=17, ir=8, elem=T.FLOAT, domains=(), batch="N", order=None, inputs_too=False):
        nodes = self.nodes + [h.make_node("Identity", [result], ["y"], name="last")]
        if order:
            nodes = [nodes[k] for k in order(len(nodes))]
        ins = [h.make_tensor_value_info("x", elem, [batch, *shape[1:]])]
        if inputs_too:
            ins += [h.make_tensor_value_info(t.name, t.data_type, t.dims) for t in self.inits]
        g = h.make_graph(nodes, name, ins, [h.make_tensor_value_info("y", T.FLOAT, None)], self.inits)
        m = h.make_model(g, opset_imports=[h.make_opsetid("", opset)] + [h.make_opsetid(d, 1) for d in domains])
        m.ir_version = ir
        x = rng.integers(0, 256, shape).astype(np.uint8) if elem == T.UINT8 else f(*shape)
        np.save(f"{out}/{name}_inputs.npy", x)
        onnx.save(m, f"{out}/{name}.onnx")
        return x


def float_ops():
    g = Graph()
    a = g.node("Conv", "x", f(8, 3, 3, 3, scale=0.3), f(8), pads=[1, 1, 1, 1], strides=[2, 2])
    a = g.node("BatchNormalization", a, np.abs(f(8)) + 0.5, f(8), f(8), np.abs(f(8)) + 0.5)
    a = g.node("HardSwish", g.node("Conv", a, f(8, 8, 2, 2, scale=0.3), auto_pad="SAME_UPPER"))
    b = g.node("Conv", a, f(8, 1, 3, 3), pads=[2, 2, 2, 2], group=8, dilations=[2, 2])
    b = g.node("LeakyRelu", b, alpha=0.1)
    c = g.node("Conv", a, f(4, 4, 3, 2, scale=0.3), group=2, pads=[1, 0, 1, 1])
    c = g.node("PRelu", c, np.abs(f(4, 1, 1)))
    p, q = g.node("Split", b, np.array([3, 5]), outputs=2, axis=1)
    p = g.node("Sigmoid", p)
    q = g.node("Tanh", q)
    j = g.node("Concat", p, q, c, axis=1)
    j = g.node("Clip", j, np.float32(-0.8), np.float32(0.9))
    m = g.node("MaxPool", j, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1)
    v = g.node("AveragePool", j, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], count_include_pad=1)
    v = g.node("Resize", v, np.zeros(0, np.float32), np.zeros(0, np.float32), np.array([1, 12, 5, 5]), mode="nearest", nearest_mode="floor", coordinate_transformation_mode="asymmetric")
    m = g.node("Resize", m, np.zeros(0, np.float32), np.array([1, 1, 1, 1], np.float32), mode="nearest")
    m = g.node("Pad", m, np.array([0, 0, 0, 0, 0, 0, 0, 0]), np.float32(0))
    m = g.node("Slice", m, np.array([0, 0]), np.array([4, 4]), np.array([2, 3]))
    v = g.node("Slice", v, np.array([-1, 0]), np.array([-5, 4]), np.array([2, 3]), np.array([-1, 1]))
    s = g.node("Sub", g.node("Mul", g.node("Add", m, v), np.float32(0.5)), g.node("Abs", g.node("Neg", v)))
    s = g.node("Max", g.node("Min", s, np.float32(0.7)), np.float32(-0.7))
    t = g.node("Transpose", s, perm=[0, 2, 3, 1])
    t = g.node("MatMul", t, f(12, 6, scale=0.4))
    t = g.node("Div", t, g.node("Sqrt", g.node("Add", g.node("Pow", t, np.float32(2)), np.float32(1))))
    u = g.node("ReduceMean", t, axes=[1], keepdims=0)
    shape = g.node("Shape", u)
    size = g.node("Concat", g.node("Gather", shape, np.array([0])), np.array([-1]), axis=0)
    u = g.node("Reshape", u, size)
    w = g.node("GlobalMaxPool", s)
    w = g.node("Squeeze", w, np.array([2, 3]))
    w = g.node("Unsqueeze", w, np.array([1]))
    w = g.node("Flatten", w)
    z = g.node("Concat", u, w, g.node("Flatten", g.node("GlobalAveragePool", b)), axis=-1)
    z = g.node("Gemm", z, f(10, 44, scale=0.3), f(10), transB=1, alpha=0.5, beta=2.0)
    z = g.node("Dropout", z)
    z = g.node("Add", z, g.node("Expand", g.node("Cast", np.array([1], np.int64), to=T.FLOAT), np.array([1, 10])))
    e = g.node("Exp", g.node("HardSigmoid", z))
    r = g.node("Reciprocal", e)
    k = g.node("Round", g.node("Mul", z, np.float32(1.7)))
    k = g.node("Add", g.node("Floor", k), g.node("Sign", g.node("Ceil", z)))
    zero = g.node("ConstantOfShape", np.array([10]))
    one = g.node("Constant", value_float=0.25)
    z = g.node("Add", g.node("LogSoftmax", z), g.node("Mul", one, g.node("Add", g.node("Add", r, k), zero)))
    g.save("float_ops", z, (4, 3, 15, 15))


def opset9():
    g = Graph()
    a = g.node("Conv", "x", f(6, 2, 3, scale=0.5), f(6), pads=[1, 1], strides=[1])
    a = g.node("Clip", a, min=-1.0, max=1.5)
    a = g.node("MaxPool", a, kernel_shape=[2], strides=[2])
    a = g.node("Pad", a, pads=[0, 0, 1, 0, 0, 0], value=0.0)
    a = g.node("Slice", a, axes=[2], starts=[0], ends=[4])
    a = g.node("Unsqueeze", a, axes=[3])
    a = g.node("Squeeze", a, axes=[3])
    b, c = g.node("Split", a, outputs=2, axis=1)
    a = g.node("Concat", b, c, axis=2)
    a = g.node("ReduceMean", a, axes=[2], keepdims=0)
    a = g.node("MatMul", a, f(3, 5))
    a = g.node("Softmax", a)
    g.save("float_opset9", a, (3, 2, 8), opset=9, ir=3, batch=1, order=lambda n: list(range(n))[::-1], inputs_too=True)


def qdq(g, x, scale, zero, dtype, axis=None):
    zero = np.asarray(zero, dtype)
    kw = {} if axis is None else {"axis": axis}
    s, z = g.const(np.asarray(scale, np.float32)), g.const(zero)
    q = g.node("QuantizeLinear", x, s, z, **kw)
    return g.node("DequantizeLinear", q, s, z, **kw)


def qdq_model():
    g = Graph()
    a = qdq(g, "x", 0.02, 121, np.uint8)
    w = g.node("DequantizeLinear", rng.integers(-127, 128, (6, 3, 3, 3)).astype(np.int8), np.abs(f(6)) * 0.01 + 0.002, np.zeros(6, np.int8), axis=0)
    a = g.node("Conv", a, w, f(6), pads=[1, 1, 1, 1])
    a = qdq(g, g.node("Relu", a), 0.031, 0, np.uint8)
    a = g.node("MaxPool", a, kernel_shape=[2, 2], strides=[2, 2])
    w = g.node("DequantizeLinear", rng.integers(0, 256, (4, 6, 3, 3)).astype(np.uint8), np.float32(0.004), np.uint8(131))
    a = g.node("Conv", a, w, auto_pad="SAME_LOWER", strides=[2, 2])
    a = qdq(g, a, 0.11, -7, np.int8)
    a = g.node("Flatten", a)
    w = g.node("DequantizeLinear", rng.integers(-127, 128, (16, 5)).astype(np.int8), np.float32(0.01), np.int8(3))
    a = g.node("MatMul", a, w)
    a = g.node("Add", a, f(5))
    g.save("qdq", a, (4, 3, 7, 7))


def qoperator():
    ms, g = "com.microsoft", Graph()
    u8, i8, f4 = np.uint8, np.int8, np.float32
    w = rng.integers(-100, 100, (8, 3, 3, 3)).astype(i8)
    a = g.node("QLinearConv", "x", f4(0.02), u8(100), w, np.abs(f(8)) * 0.01 + 0.003, np.zeros(8, i8), f4(0.21), u8(110), rng.integers(-900, 900, 8).astype(np.int32), pads=[1, 1, 1, 1])
    b = g.node("QLinearLeakyRelu", a, f4(0.21), u8(110), f4(0.2), u8(20), domain=ms, alpha=0.1)
    c = g.node("QLinearSigmoid", a, f4(0.21), u8(110), f4(0.00413), u8(0), domain=ms)
    d = g.node("QLinearMul", b, f4(0.2), u8(20), c, f4(0.00413), u8(0), f4(0.1573), u8(12), domain=ms)
    d = g.node("QLinearAdd", d, f4(0.1573), u8(12), b, f4(0.2), u8(20), f4(0.3017), u8(17), domain=ms)
    e = g.node("QLinearConcat", f4(0.2371), u8(9), d, f4(0.3017), u8(17), b, f4(0.2), u8(20), domain=ms, axis=1)
    e = g.node("QLinearAveragePool", e, f4(0.2371), u8(9), f4(0.2119), u8(11), domain=ms, kernel_shape=[2, 2], strides=[2, 2])
    w = rng.integers(0, 256, (4, 4, 1, 1)).astype(u8)
    e = g.node("QLinearConv", e, f4(0.2119), u8(11), w, f4(0.01), u8(128), f4(0.4123), u8(140), group=4)
    i = g.node("ConvInteger", e, rng.integers(-5, 6, (5, 4, 2, 2)).astype(i8), u8(140))
    i = g.node("Mul", g.node("Cast", i, to=T.FLOAT), f4(0.01))
    p = g.node("QLinearGlobalAveragePool", e, f4(0.4123), u8(140), f4(0.1037), u8(120), domain=ms)
    p = g.node("Flatten", p)
    p = g.node("QLinearMatMul", p, f4(0.1037), u8(120), rng.integers(-90, 90, (4, 6)).astype(i8), f4(0.02), i8(0), f4(0.2), u8(128))
    q = g.node("QGemm", p, f4(0.2), u8(128), rng.integers(-90, 90, (7, 6)).astype(i8), f4(0.02), i8(0), rng.integers(-99, 99, 7).astype(np.int32), f4(0.3), u8(100), domain=ms, transB=1)
    r = g.node("MatMulInteger", q, rng.integers(-9, 9, (7, 5)).astype(i8), u8(100), i8(1))
    r = g.node("Mul", g.node("Cast", r, to=T.FLOAT), f4(0.02))
    i = g.node("ReduceMean", i, axes=[2, 3], keepdims=0)
    g.save("qoperator", g.node("Add", i, r), (4, 3, 9, 9), elem=T.UINT8, domains=(ms,))


def rounded(mode, x):
    a, s = np.abs(x), np.sign(x)
    return {"ROUND": np.round(x), "HALF_EVEN": np.round(x), "CEIL": np.ceil(x), "FLOOR": np.floor(x), "UP": s * np.ceil(a),
            "DOWN": s * np.floor(a), "HALF_UP": s * np.floor(a + 0.5), "HALF_DOWN": s * np.ceil(a - 0.5)}[mode]


def quant(x, scale, zero, bits, signed, narrow, mode):
    low = (-2 ** (bits - 1) + narrow) if signed else 0
    high = 2 ** (bits - 1) - 1 if signed else 2 ** bits - 1 - narrow
    y = (x / np.float32(scale) + np.float32(zero)).astype(np.float32)
    y = np.where(y >= 0, 1, -1) if bits == 1 and signed else rounded(mode, np.clip(y, low, high))
    return ((y.astype(np.float32) - np.float32(zero)) * np.float32(scale)).astype(np.float32)


def conv2d(x, w, pad):
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad))).astype(np.float64)
    k = w.shape[2]
    rows, cols = x.shape[2] - k + 1, x.shape[3] - k + 1
    y = np.zeros((x.shape[0], w.shape[0], rows, cols))
    for i in range(k):
        for j in range(k):
            y += np.einsum("nchw,mc->nmhw", x[:, :, i:i + rows, j:j + cols], w[:, :, i, j].astype(np.float64))
    return y.astype(np.float32)


def qonnx():
    dom, g = "qonnx.custom_op.general", Graph()
    steps, modes = [], ["ROUND", "CEIL", "FLOOR", "UP", "DOWN", "HALF_UP", "HALF_DOWN", "HALF_EVEN"]
    a, channels = "x", 2
    for n, mode in enumerate(modes):
        w, narrow, signed, zero = f(3, channels, 1, 1), n % 2, n % 3 != 2, 3 if n == 5 else 0
        wb = g.node("Quant" if n % 2 else "IntQuant", w, np.float32(0.07), np.float32(0), np.float32(4), domain=dom, signed=1, narrow=1, rounding_mode="ROUND")
        a = g.node("Quant", a, np.float32(0.13), np.float32(zero), np.float32(5), domain=dom, signed=int(signed), narrow=narrow, rounding_mode=mode)
        a = g.node("Conv", a, wb)
        steps.append((w, narrow, signed, zero, mode))
        channels = 3
    a = g.node("BipolarQuant", a, np.float32(1), domain=dom)
    a = g.node("MaxPool", a, kernel_shape=[2, 2], strides=[2, 2])
    last = f(4, 3, 2, 2)
    b = g.node("Conv", a, g.node("BipolarQuant", last, np.float32(0.5), domain=dom))
    a = g.node("Flatten", b)
    x = g.save("qonnx", a, (4, 2, 6, 6), domains=(dom,))
    for w, narrow, signed, zero, mode in steps:
        x = conv2d(quant(x, 0.13, zero, 5, signed, narrow, mode), quant(w, 0.07, 0, 4, True, 1, "ROUND"), 0)
    x = np.where(x >= 0, 1, -1).astype(np.float32)
    x = x.reshape(4, 3, 3, 2, 3, 2).max(axis=(3, 5))
    x = conv2d(x, np.where(last >= 0, 0.5, -0.5).astype(np.float32), 0)
    np.save(f"{out}/qonnx_expected.npy", x.reshape(4, -1))


def products():
    """Two layers that read the image itself as integers: a convolution of two groups, a product of 20 outputs."""
    g = Graph()
    small = lambda *shape: rng.integers(-100, 101, shape).astype(np.int8)
    a = g.node("ConvInteger", "x", g.const(small(6, 2, 1, 1), "conv"), group=2)
    b = g.node("MatMulInteger", g.node("Flatten", "x"), g.const(small(24, 20), "product"))
    parts = [g.node("Cast", part, to=T.FLOAT) for part in (g.node("Flatten", a), b)]
    x = g.save("products", g.node("Concat", *parts, axis=1), (5, 4, 2, 3), elem=T.UINT8).astype(np.int64)
    w, p = (nh.to_array(t).astype(np.int64) for t in g.inits[:2])
    halves = [np.einsum("nchw,oc->nohw", x[:, 2 * k:2 * k + 2], w[3 * k:3 * k + 3, :, 0, 0]) for k in (0, 1)]
    y = np.concatenate([np.concatenate(halves, axis=1).reshape(5, -1), x.reshape(5, -1) @ p], axis=1)
    np.save(f"{out}/products_expected.npy", y.astype(np.float32))


for make in (float_ops, opset9, qdq_model, qoperator, qonnx, products):
    make()


def bad(name, nodes, inits=(), shape=("N", 2, 6, 6), opset=17, inputs=1, domains=(), raw=None, elem=T.FLOAT):
    ins = [h.make_tensor_value_info("x", elem, shape)]
    if inputs == 2:
        ins.append(h.make_tensor_value_info("x2", T.FLOAT, shape))
    g = h.make_graph(nodes, name, ins, [h.make_tensor_value_info("y", T.FLOAT, None)], [nh.from_array(a, n) for n, a in inits])
    m = h.make_model(g, opset_imports=[h.make_opsetid("", opset)] + [h.make_opsetid(d, 1) for d in domains])
    m.ir_version = 8
    if raw:
        raw(m)
    with open(f"{out}/bad_{name}.onnx", "wb") as file:
        file.write(m.SerializeToString())


def external(location, offset, length):
    def change(m):
        t = m.graph.initializer[0]
        t.ClearField("raw_data")
        t.data_location = T.EXTERNAL
        for key, value in (("location", location), ("offset", offset), ("length", length)):
            t.external_data.add(key=key, value=str(value))
    return change


W = np.zeros((3, 2, 3, 3), np.float32)
nan, inf = W.copy(), W.copy()
nan[1, 0, 2, 1], inf[2, 1, 0, 0] = np.nan, np.inf
conv = h.make_node("Conv", ["x", "w"], ["y"], name="conv")
bad("operators", [h.make_node("Erf", ["x"], ["a"], name="first"), h.make_node("Mish", ["a"], ["b"], name="second", domain="ai.other"),
                  h.make_node("Conv", ["b", "w"], ["y"])], [("w", W)], domains=("ai.other",))
bad("opset", [conv], [("w", W)], opset=8)
bad("two_inputs", [h.make_node("Add", ["x", "x2"], ["a"]), h.make_node("Conv", ["a", "w"], ["y"])], [("w", W)], inputs=2)
bad("batch", [conv], [("w", W)], shape=(4, 2, 6, 6))
bad("free_axes", [conv], [("w", W)], shape=("N", 2, "H", "W"))
bad("dynamic", [h.make_node("ReduceMean", ["x"], ["a"]), h.make_node("Cast", ["a"], ["b"], to=T.INT64), h.make_node("Reshape", ["x", "b"], ["c"], name="reshape"),
                h.make_node("Conv", ["c", "w"], ["y"])], [("w", W)])
bad("weights", [h.make_node("Conv", ["x", "x"], ["y"], name="conv")])
bad("nan", [conv], [("w", nan)])
bad("inf", [conv], [("w", inf)])
bad("cycle", [h.make_node("Add", ["x", "b"], ["a"]), h.make_node("Relu", ["a"], ["b"]), h.make_node("Conv", ["b", "w"], ["y"])], [("w", W)])
bad("unmade", [h.make_node("Conv", ["z", "w"], ["y"], name="conv")], [("w", W)])
bad("twice", [h.make_node("Relu", ["x"], ["a"]), h.make_node("Neg", ["x"], ["a"]), h.make_node("Conv", ["a", "w"], ["y"])], [("w", W)])
bad("channels", [conv], [("w", np.zeros((3, 5, 3, 3), np.float32))])
bad("attribute", [h.make_node("Conv", ["x", "w"], ["y"], name="conv", colour=3)], [("w", W)])
bad("no_layer", [h.make_node("Relu", ["x"], ["y"])])
bad("external_missing", [conv], [("w", W)], raw=external("nowhere.bin", 0, W.nbytes))
bad("external_outside", [conv], [("w", W)], raw=external("../make_models.py", 0, W.nbytes))
bad("external_short", [conv], [("w", W)], raw=external("weights.bin", 100, W.nbytes))
with open(f"{out}/weights.bin", "wb") as file:
    file.write(bytes(W.nbytes))
bad("raw_size", [conv], [("w", W)], raw=lambda m: setattr(m.graph.initializer[0], "raw_data", bytes(7)))

# Operands of the wrong type, size or value.
I8, U8, F = np.int8, np.uint8, np.float32
integers, reals = np.ones((4, 3), I8), np.ones((4, 3), F)


def bad_product(name, op, inits, ins=None, elem=T.UINT8, then="Cast", **attributes):
    last = [h.make_node(then, ["a"], ["y"], name="last", **({"to": T.FLOAT} if then == "Cast" else {}))]
    bad(name, [h.make_node(op, ins or ["x", *inits], ["a"], name="product", **attributes), *last], list(inits.items()), shape=("N", 4), opset=13, elem=elem)


def linear(**changed):
    return {"xs": F(0.1), "xz": U8(0), "w": integers, "ws": F(0.1), "wz": I8(0), "ys": F(0.1), "yz": U8(0), **changed}


bad_product("product_float_weights", "MatMulInteger", {"w": reals})
bad_product("product_float_zero", "MatMulInteger", {"w": integers, "xz": np.array([3], F)})
bad_product("product_float_weight_zero", "MatMulInteger", {"w": integers, "wz": np.array([3], F)}, ins=["x", "w", "", "wz"])
bad_product("product_no_zero", "MatMulInteger", {"w": integers, "wz": np.zeros(0, I8)}, ins=["x", "w", "", "wz"])
bad_product("product_few_zeros", "MatMulInteger", {"w": integers, "wz": np.zeros(2, I8)}, ins=["x", "w", "", "wz"])
bad_product("product_integers", "MatMul", {"w": np.ones((4, 3), np.int64)}, elem=T.INT64)
bad_product("product_gemm_bias", "Gemm", {"w": reals, "b": np.ones(3, np.int32)}, elem=T.FLOAT, then="Relu")
bad_product("product_image_bias", "Gemm", {"w": np.ones((4, 4), F)}, ins=["x", "w", "x"], elem=T.FLOAT, then="Relu")
for name, scale in (("zero", F(0)), ("negative", F(-0.1)), ("inf", F(np.inf)), ("integer", np.int64(1)), ("several", np.full(3, 0.1, F))):
    bad_product(f"product_scale_{name}", "QLinearMatMul", linear(ys=scale))
# Everything at once, of two nodes.
bad("product_all", [h.make_node("QLinearMatMul", ["x", "xs", "xz", "w", "ws", "wz", "ys", "yz"], ["a"], name="first"),
                    h.make_node("MatMulInteger", ["a", "v", "vz"], ["b"], name="second"), h.make_node("Cast", ["b"], ["y"], to=T.FLOAT)],
    list({**linear(xs=np.int64(1), xz=I8(0), w=reals, ws=F(0), wz=np.zeros(2, I8), ys=np.full(2, 0.1, F), yz=F(0)), "v": np.ones((3, 2), I8), "vz": F(1)}.items()),
    shape=("N", 4), opset=13, elem=T.UINT8)

dense = h.make_node("MatMul", ["f", "w"], ["y"], name="dense")


def bad_node(name, op, inits, ins, elem=T.INT64, domain="", **attributes):
    bad(name, [h.make_node(op, ins, ["a"], name="node", domain=domain, **attributes), h.make_node("Cast", ["a"], ["f"], to=T.FLOAT), dense],
        [("w", reals), *inits.items()], shape=("N", 4), opset=13, elem=elem, domains=(domain,) if domain else ())


bad_node("clip_empty", "Clip", {"low": np.zeros(0, np.int64)}, ["x", "low"])
bad_node("clip_several", "Clip", {"high": np.array([5, 6], np.int64)}, ["x", "", "high"])
bad_node("clip_type", "Clip", {"low": np.array(0, np.int64)}, ["x", "low"], elem=T.FLOAT)
bad_node("pad_several", "Pad", {"pads": np.array([0, 1, 0, 0], np.int64), "v": np.array([5, 6], np.int64)}, ["x", "pads", "v"])
bad_node("alpha_text", "LeakyRelu", {}, ["x"], elem=T.FLOAT, alpha="steep")
bad_node("cast_text", "Cast", {}, ["x"], to=T.STRING)
ms, dom = "com.microsoft", "qonnx.custom_op.general"
bad_node("sigmoid_scale", "QLinearSigmoid", {"s": F(np.inf), "z": U8(0)}, ["x", "s", "z", "s", "z"], elem=T.UINT8, domain=ms)
bad_node("sigmoid_zero_type", "QLinearSigmoid", {"s": F(1), "z": I8(0)}, ["x", "s", "z", "s", "z"], elem=T.UINT8, domain=ms)
bad_node("sigmoid_type", "QLinearSigmoid", {"s": F(1), "z": np.int64(0)}, ["x", "s", "z", "s", "z"], domain=ms)
bad_node("quant_scale", "Quant", {"s": F(0), "z": F(0), "b": F(4)}, ["x", "s", "z", "b"], elem=T.FLOAT, domain=dom)
bad_node("bipolar_scale", "BipolarQuant", {"s": F(-1)}, ["x", "s"], elem=T.FLOAT, domain=dom)
bad_node("quantize_scale", "QuantizeLinear", {"s": F(0)}, ["x", "s"], elem=T.FLOAT)
bad_node("dequantize_type", "DequantizeLinear", {"s": F(1)}, ["x", "s"])

# Not bad: its constant lies in weights.bin.
bad("external", [conv], [("w", W)], raw=external("weights.bin", 0, W.nbytes))
os.rename(f"{out}/bad_external.onnx", f"{out}/external.onnx")

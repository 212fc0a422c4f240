// SPDX-License-Identifier: Apache-2.0
// Results of ONNX Runtime for the models of a folder, image by image: NAME_expected.npy, float32.
// Needs npm's onnxruntime-web (npm install onnxruntime-web).
import fs from "node:fs";
import * as ort from "onnxruntime-web";

const dir = process.argv[2];

function readNpy(path) {
  const b = fs.readFileSync(path);
  const size = b.readUInt16LE(8), head = b.subarray(10, 10 + size).toString();
  const shape = head.match(/\(([^)]*)\)/)[1].split(",").filter((s) => s.trim()).map(Number);
  const data = b.buffer.slice(b.byteOffset + 10 + size, b.byteOffset + b.length);
  return head.includes("|u1") ? { shape, type: "uint8", data: new Uint8Array(data) } : { shape, type: "float32", data: new Float32Array(data) };
}

function writeNpy(path, shape, data) {
  let head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`;
  head += " ".repeat(63 - ((10 + head.length) % 64)) + "\n";
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, head.length & 255, head.length >> 8]);
  fs.writeFileSync(path, Buffer.concat([start, Buffer.from(head), Buffer.from(Float32Array.from(data).buffer)]));
}

for (const name of ["float_ops", "float_opset9", "qdq", "qoperator"]) {
  const session = await ort.InferenceSession.create(`${dir}/${name}.onnx`, { graphOptimizationLevel: "disabled" });
  const x = readNpy(`${dir}/${name}_inputs.npy`), size = x.data.length / x.shape[0], out = [];
  for (let i = 0; i < x.shape[0]; ++i) {
    const input = new ort.Tensor(x.type, x.data.slice(i * size, (i + 1) * size), [1, ...x.shape.slice(1)]);
    out.push(...(await session.run({ x: input })).y.data);
  }
  writeNpy(`${dir}/${name}_expected.npy`, [x.shape[0], out.length / x.shape[0]], out);
}

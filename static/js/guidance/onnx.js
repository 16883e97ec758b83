// Reads an ONNX file (protobuf: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) as far as a network of
// float32 weights needs it: the nodes in their order, their attributes, the weights. Everything else is passed over.

const WIRE = { varint: 0, double: 1, bytes: 2, float: 5 };
const FLOAT32 = 1; // TensorProto.DataType

// The fields of one message, as [field number, value]: a number, or the bytes of a text, a message or an array.
function* fields(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (at >= bytes.length || shift > 63n) throw new Error("not an ONNX file: it ends within a number");
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, value));
    }
  };
  const skip = (length) => {
    at += length;
    if (length < 0 || at > bytes.length) throw new Error("not an ONNX file: it ends within a field");
    return at - length;
  };
  while (at < bytes.length) {
    const key = varint();
    const wire = key & 7;
    if (wire === WIRE.varint) yield [key >>> 3, varint()];
    else if (wire === WIRE.double) yield [key >>> 3, view.getFloat64(skip(8), true)];
    else if (wire === WIRE.float) yield [key >>> 3, view.getFloat32(skip(4), true)];
    else if (wire === WIRE.bytes) {
      const length = varint();
      const from = skip(length);
      yield [key >>> 3, bytes.subarray(from, from + length)];
    } else throw new Error(`not an ONNX file: wire type ${wire}`);
  }
}

const text = (bytes) => new TextDecoder().decode(bytes);

// AttributeProto: name 1, f 2, i 3, s 4, ints 8.
function attribute(bytes) {
  let name = "";
  let value = null;
  const many = [];
  for (const [number, content] of fields(bytes)) {
    if (number === 1) name = text(content);
    else if (number === 2 || number === 3) value = content;
    else if (number === 4) value = text(content);
    else if (number === 8) many.push(content);
  }
  return [name, many.length ? many : value];
}

// NodeProto: input 1, output 2, op_type 4, attribute 5.
function node(bytes) {
  const read = { op: "", inputs: [], outputs: [], attributes: {} };
  for (const [number, content] of fields(bytes)) {
    if (number === 1) read.inputs.push(text(content));
    else if (number === 2) read.outputs.push(text(content));
    else if (number === 4) read.op = text(content);
    else if (number === 5) {
      const [name, value] = attribute(content);
      read.attributes[name] = value;
    }
  }
  return read;
}

// TensorProto: dims 1, data_type 2, name 8, raw_data 9. Weights that are no float32 (shapes for Reshape) are left out.
function weight(bytes) {
  const read = { name: "", shape: [], type: 0, values: new Float32Array(0) };
  for (const [number, content] of fields(bytes)) {
    if (number === 1) read.shape.push(content);
    else if (number === 2) read.type = content;
    else if (number === 8) read.name = text(content);
    else if (number === 9) read.values = content;
  }
  if (read.type !== FLOAT32) return null;
  // a copy, since the bytes in the file need not lie on a boundary of four
  read.values = new Float32Array(read.values.slice().buffer);
  return read;
}

// ModelProto.graph is field 7; GraphProto: node 1, initializer 5, input 11, output 12 (whose name is field 1).
export function readOnnx(buffer) {
  const graph = [...fields(new Uint8Array(buffer))].find(([number]) => number === 7)?.[1];
  if (!graph) throw new Error("not an ONNX file: it has no graph");
  const read = { nodes: [], weights: new Map(), inputs: [], outputs: [] };
  const nameOf = (bytes) => text([...fields(bytes)].find(([number]) => number === 1)[1]);
  for (const [number, content] of fields(graph)) {
    if (number === 1) read.nodes.push(node(content));
    else if (number === 5) {
      const one = weight(content);
      if (one) read.weights.set(one.name, one);
    } else if (number === 11) read.inputs.push(nameOf(content));
    else if (number === 12) read.outputs.push(nameOf(content));
  }
  return read;
}

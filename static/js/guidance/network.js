// Runs a small convolutional network in plain typed arrays. A picture of values is {channels, height, width, values},
// values channel by channel (CHW). It knows the eight operations of the face detector and refuses any other.

const tensor = (channels, height, width) => ({ channels, height, width, values: new Float32Array(channels * height * width) });

function convolve(input, weight, bias, { group = 1, strides = [1, 1], pads = [0, 0, 0, 0] }) {
  const [filters, , size, across] = weight.shape;
  const [stride, pad] = [strides[0], pads[0]];
  if (size !== across || strides.some((one) => one !== stride) || pads.some((one) => one !== pad)) throw new Error("uneven convolution");
  const side = (length) => Math.floor((length + 2 * pad - size) / stride) + 1;
  const output = tensor(filters, side(input.height), side(input.width));
  const area = output.height * output.width;
  for (let filter = 0; filter < filters; filter++) output.values.fill(bias.values[filter], filter * area, (filter + 1) * area);
  if (size === 1 && stride === 1 && pad === 0 && group === 1) pointwise(input, weight.values, output);
  else spatial(input, weight, output, { size, stride, pad, each: input.channels / group, perGroup: filters / group });
  return output;
}

// 1 x 1: where most of the work lies. Four input channels at a time, so that an output is read and written once for four products.
function pointwise(input, weights, output) {
  const area = output.height * output.width;
  const { channels, values } = input;
  const into = output.values;
  if (channels % 4) throw new Error("a pointwise convolution of channels that are no multiple of four");
  for (let filter = 0; filter < output.channels; filter++) {
    const to = filter * area;
    for (let channel = 0; channel < channels; channel += 4) {
      const at = filter * channels + channel;
      const [a, b, c, d] = [weights[at], weights[at + 1], weights[at + 2], weights[at + 3]];
      const [p, q, r, s] = [channel * area, (channel + 1) * area, (channel + 2) * area, (channel + 3) * area];
      for (let i = 0; i < area; i++) into[to + i] += a * values[p + i] + b * values[q + i] + c * values[r + i] + d * values[s + i];
    }
  }
}

// Every other size, stride and grouping: row by row, one weight at a time; beyond the edges lie zeros.
function spatial(input, weight, output, { size, stride, pad, each, perGroup }) {
  const { width: inWidth, height: inHeight, values } = input;
  const { width, height, values: into } = output;
  for (let filter = 0; filter < output.channels; filter++) {
    const first = Math.floor(filter / perGroup) * each;
    for (let channel = 0; channel < each; channel++) {
      const plane = (first + channel) * inHeight * inWidth;
      for (let tap = 0; tap < size * size; tap++) {
        const factor = weight.values[(filter * each + channel) * size * size + tap];
        const [down, right] = [Math.floor(tap / size) - pad, (tap % size) - pad];
        const from = Math.max(0, Math.ceil(-right / stride));
        const until = Math.min(width, Math.floor((inWidth - 1 - right) / stride) + 1);
        for (let y = 0; y < height; y++) {
          const row = y * stride + down;
          if (row < 0 || row >= inHeight) continue;
          const to = (filter * height + y) * width;
          const at = plane + row * inWidth + right;
          for (let x = from; x < until; x++) into[to + x] += factor * values[at + x * stride];
        }
      }
    }
  }
}

function halve(input, { kernel_shape: kernel, strides }) {
  if ([...kernel, ...strides].some((one) => one !== 2)) throw new Error("a pooling that is not 2 x 2");
  const output = tensor(input.channels, input.height >> 1, input.width >> 1);
  const { width: inWidth, values } = input;
  let to = 0;
  for (let channel = 0; channel < input.channels; channel++) {
    for (let y = 0; y < output.height; y++) {
      let at = (channel * input.height + 2 * y) * inWidth;
      for (let x = 0; x < output.width; x++, at += 2) {
        const upper = Math.max(values[at], values[at + 1]);
        output.values[to++] = Math.max(upper, values[at + inWidth], values[at + inWidth + 1]);
      }
    }
  }
  return output;
}

// Twice the size, each value four times.
function double(input) {
  const output = tensor(input.channels, input.height * 2, input.width * 2);
  let to = 0;
  for (let channel = 0; channel < input.channels; channel++) {
    for (let y = 0; y < output.height; y++) {
      const row = (channel * input.height + (y >> 1)) * input.width;
      for (let x = 0; x < output.width; x++) output.values[to++] = input.values[row + (x >> 1)];
    }
  }
  return output;
}

// From channel by channel to place by place: what the heads hand out.
function byPlace(input) {
  const { channels, height, width, values } = input;
  const output = { channels, height, width, values: new Float32Array(values.length) };
  const area = height * width;
  for (let i = 0; i < area; i++) for (let channel = 0; channel < channels; channel++) output.values[i * channels + channel] = values[channel * area + i];
  return output;
}

const each = (input, change) => ({ ...input, values: input.values.map(change) });

function sum(one, other) {
  return each(one, (value, i) => value + other.values[i]);
}

const OPERATIONS = {
  Conv: ([input, weight, bias], attributes) => convolve(input, weight, bias, attributes),
  Relu: ([input]) => each(input, (value) => (value > 0 ? value : 0)),
  MaxPool: ([input], attributes) => halve(input, attributes),
  Resize: ([input]) => double(input),
  Add: ([one, other]) => sum(one, other),
  Transpose: ([input]) => byPlace(input),
  // only the shape's name changes, not the order of the values
  Reshape: ([input]) => input,
  Sigmoid: ([input]) => each(input, (value) => 1 / (1 + Math.exp(-value))),
};

// `graph` as readOnnx gives it. Throws where the network asks for an operation that is not known here.
export class Network {
  constructor(graph) {
    const unknown = graph.nodes.find((node) => !OPERATIONS[node.op]);
    if (unknown) throw new Error(`unknown operation ${unknown.op}`);
    this.graph = graph;
  }

  // The outputs by name for one picture of values.
  run(picture) {
    const { nodes, weights, inputs, outputs } = this.graph;
    const known = new Map([[inputs[0], picture]]);
    for (const node of nodes) {
      const given = node.inputs.map((name) => known.get(name) ?? weights.get(name));
      known.set(node.outputs[0], OPERATIONS[node.op](given, node.attributes));
    }
    return Object.fromEntries(outputs.map((name) => [name, known.get(name)]));
  }
}

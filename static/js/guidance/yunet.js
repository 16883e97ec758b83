// The face detector YuNet 2023mar, the same file the server uses: a box, five points and a score for each face.
// Its head is decoded as OpenCV does it (modules/objdetect/src/face_detect.cpp).

import { Network } from "./network.js";
import { readOnnx } from "./onnx.js";

const STRIDES = [8, 16, 32]; // px between two places of each of its three grids
const SCORE = 0.6; // as on the server
const OVERLAP = 0.3; // intersection over union above which two boxes are one face

// RGBA bytes to what the network wants: blue, green, red, 0..255, both sides filled up with zeros to a multiple of 32.
function prepare({ data, width, height }) {
  const [wide, high] = [Math.ceil(width / 32) * 32, Math.ceil(height / 32) * 32];
  const values = new Float32Array(3 * wide * high);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [4 * (y * width + x), y * wide + x];
      for (let channel = 0; channel < 3; channel++) values[channel * wide * high + to] = data[from + 2 - channel];
    }
  }
  return { channels: 3, height: high, width: wide, values };
}

function candidates(outputs, columns, stride) {
  const [seen, object, box, points] = ["cls", "obj", "bbox", "kps"].map((name) => outputs[`${name}_${stride}`].values);
  const found = [];
  for (let i = 0; i < seen.length; i++) {
    const score = Math.sqrt(seen[i] * object[i]);
    if (score < SCORE) continue;
    const [x, y] = [i % columns, Math.floor(i / columns)];
    const [width, height] = [Math.exp(box[4 * i + 2]) * stride, Math.exp(box[4 * i + 3]) * stride];
    const middle = [(x + box[4 * i]) * stride, (y + box[4 * i + 1]) * stride];
    const five = [0, 1, 2, 3, 4].map((one) => [(x + points[10 * i + 2 * one]) * stride, (y + points[10 * i + 2 * one + 1]) * stride]);
    found.push({ score, x: middle[0] - width / 2, y: middle[1] - height / 2, width, height, points: five });
  }
  return found;
}

function overlap(one, other) {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const common = Math.max(0, across) * Math.max(0, down);
  return common / (one.width * one.height + other.width * other.height - common);
}

export class FaceDetector {
  constructor(buffer) {
    this.network = new Network(readOnnx(buffer));
  }

  // `picture` as ImageData has it. The faces, largest first: {score, x, y, width, height, points}, in its pixels; points are
  // the person's right eye, left eye, nose, right and left corner of the mouth.
  detect(picture) {
    const input = prepare(picture);
    const outputs = this.network.run(input);
    const all = STRIDES.flatMap((stride) => candidates(outputs, input.width / stride, stride)).sort((one, other) => other.score - one.score);
    const kept = [];
    for (const face of all) if (kept.every((better) => overlap(face, better) <= OVERLAP)) kept.push(face);
    return kept.sort((one, other) => other.width * other.height - one.width * one.height);
  }
}

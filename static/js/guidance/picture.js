// Measures of a picture. `picture` is an ImageData; a luma plane is {width, height, values} with values 0..255, row by row.

export function lumaOf({ data, width, height }) {
  const values = new Float32Array(width * height);
  for (let i = 0, at = 0; i < values.length; i++, at += 4) values[i] = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
  return { width, height, values };
}

// The part of a plane within `box` ({x, y, width, height} in its px); what lies beyond the edges is left away.
export function cut(plane, box) {
  const [left, top] = [Math.max(0, Math.round(box.x)), Math.max(0, Math.round(box.y))];
  const width = Math.max(0, Math.min(plane.width, Math.round(box.x + box.width)) - left);
  const height = Math.max(0, Math.min(plane.height, Math.round(box.y + box.height)) - top);
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) values.set(plane.values.subarray((top + y) * plane.width + left, (top + y) * plane.width + left + width), y * width);
  return { width, height, values };
}

export const mean = ({ values }) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

// The variance of the Laplacian: large where there are crisp edges. The measure of verification/engines/quality.py.
export function sharpness({ width, height, values }) {
  let [sum, squares] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const bend = values[at - 1] + values[at + 1] + values[at - width] + values[at + width] - 4 * values[at];
      sum += bend;
      squares += bend * bend;
    }
  }
  const count = Math.max(1, (width - 2) * (height - 2));
  return squares / count - (sum / count) ** 2;
}

// The share in percent of burnt-out, colourless pixels within `box`: HSV value at least 250, saturation below 30 (of 255).
export function glare({ data, width }, box) {
  const [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height].map(Math.round);
  let burnt = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = 4 * (y * width + x);
      const most = Math.max(data[at], data[at + 1], data[at + 2]);
      if (most >= 250 && (255 * (most - Math.min(data[at], data[at + 1], data[at + 2]))) / most < 30) burnt++;
    }
  }
  return (100 * burnt) / Math.max(1, (right - left) * (bottom - top));
}

// How far two planes of one size lie apart, as the mean difference in levels; null without an earlier one.
export function movement(now, before) {
  if (!before || before.values.length !== now.values.length) return null;
  return now.values.reduce((sum, value, i) => sum + Math.abs(value - before.values[i]), 0) / now.values.length;
}

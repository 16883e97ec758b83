// Judges whether a card fills the outline and is fit to be photographed. The limits were set on the project's specimen cards
// (demo/specimens: 4 cards, both sides, 16 conditions each); real cameras differ, so the shutter never depends on them.

import { findEdges } from "./edges.js";
import { cut, glare, lumaOf, mean, movement, sharpness } from "./picture.js";
import { boxIn, frame } from "./view.js";

export const CARD_VERDICTS = ["none", "edges", "far", "near", "aside", "askew", "coarse", "dark", "glare", "moving", "blurred", "good"];

const WIDTH = 320; // px of the small picture
const FINE = 640; // px, the outline's width where sharpness is measured
const LUMA = 80; // as the server (docs/MODELS figures: bad 38 to 51, good 142 and more)
const NIGHT = 35; // mean luma below which not even an edge is to be expected
const GLARE = 3.75; // percent, as the server
// At 640 px: sharp specimens 758 and more, slightly soft ones (the server's warning line) 450 to 800, blurred 222 and less.
const SHARP = 400;
const FINER = 2.9; // a picture of fewer px is crisper: measured between 480 and 640 px, variance falls with width to this power
const MOVED = 4; // levels between two pictures 125 ms and more apart; noise alone makes less than 1
const SMALLEST = 0.86; // share of the outline's size the card must fill; below, print gets too small
const LARGEST = 1.1;
const SHAPE = 0.1; // share by which its proportions may be off: more, and what was found are no edges of one card
const OFF = 0.08; // share of the outline's size by which its middle may lie off
const SLOPE = 0.09; // 5 degrees
const PALE = 15; // levels by which a table must be darker than the card for its print not to be taken for its edges
const SIDE = 400; // px, the card's longer side: the server refuses less

export class CardJudge {
  constructor({ video, outline }) {
    Object.assign(this, { video, outline, before: null, fine: document.createElement("canvas") });
    this.small = document.createElement("canvas");
  }

  // One of CARD_VERDICTS on what the camera sees now.
  async judge() {
    const picture = frame(this.video, this.small, { width: WIDTH });
    const luma = lumaOf(picture);
    const box = boxIn(this.outline, picture);
    const moved = movement(luma, this.before);
    this.before = luma;
    const light = mean(cut(luma, box));
    const wrong = lies(findEdges(luma, box), box, light);
    if (wrong && wrong !== "dark" && around(luma, box, light) > light - PALE) return wrong === "none" ? "none" : "edges";
    return wrong || this.looks(picture, box, light, moved);
  }

  looks(picture, box, light, moved) {
    const native = (box.width * picture.from.width) / picture.width;
    if (native * SMALLEST < SIDE) return "coarse";
    if (light < LUMA) return "dark";
    if (glare(picture, box) > GLARE) return "glare";
    if (moved === null || moved > MOVED) return "moving";
    return this.sharp(picture, box, native) ? "good" : "blurred";
  }

  sharp(picture, box, native) {
    const width = Math.min(FINE, Math.round(native));
    const close = frame(this.video, this.fine, { width, within: box, of: picture });
    return sharpness(lumaOf(close)) >= SHARP * (FINE / width) ** FINER;
  }
}

// The mean luma outside the outline, given `light`, the one inside.
function around(luma, box, light) {
  const inside = (box.width * box.height) / luma.values.length;
  return (mean(luma) - light * inside) / (1 - inside);
}

// What is wrong with how the card lies, or null. `box` is the outline, `light` the mean luma in it.
function lies({ left, right, top, bottom }, box, light) {
  const found = [left, right, top, bottom].filter(Boolean);
  if (found.length < 4) return light < NIGHT ? "dark" : left || right ? "edges" : "none";
  const across = (box.width + left.at + right.at) / box.width;
  const down = (box.height + top.at + bottom.at) / box.height;
  if (Math.abs(across / down - 1) > SHAPE) return "edges";
  if (Math.max(across, down) > LARGEST) return "near";
  if (Math.min(across, down) < SMALLEST) return "far";
  if (found.some(({ slope }) => Math.abs(slope) > SLOPE)) return "askew";
  const off = Math.max(Math.abs(right.at - left.at) / 2 / box.width, Math.abs(bottom.at - top.at) / 2 / box.height);
  return off > OFF ? "aside" : null;
}

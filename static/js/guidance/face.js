// Judges whether one face, straight and well lit, lies in the oval. Positions come from the detector (finder.js); without it only
// the light is judged, and nothing is said of the face.

import { FaceFinder } from "./finder.js";
import { cut, glare, lumaOf, mean, sharpness } from "./picture.js";
import { boxIn, frame } from "./view.js";

export const FACE_VERDICTS = ["unseen", "none", "several", "far", "near", "aside", "turned", "dark", "bright", "moving", "blurred", "good"];

const HEIGHT = 160; // px of the picture faces are sought in: 30 ms of a desktop's core
const RIVAL = 1 / 3; // share of the largest face's area from which another one is a second person, as the server
const SMALLEST = 0.5; // of the oval's width; the oval is drawn for the whole head, the detector's box ends at the ears
const LARGEST = 0.98;
const SIDE = 80; // px of the camera's own picture, as the server
const ASIDE = 0.18; // share of the oval's width and height by which the face's middle may lie off
const ASYMMETRY = 0.3; // of the eyes' distance: a head turned by about 15 degrees, as the server
const ROLL = 0.45; // rise of the line between the eyes: 24 degrees
// Low on purpose: dark skin in good light lies well above it. Not calibrated.
const LUMA = 45;
const BEHIND = 90; // levels by which a window behind may outshine a face that is itself below LUMA_BEHIND
const LUMA_BEHIND = 75;
const BRIGHT = 20; // percent of the face burnt out
const MOVED = 0.05; // of the face's width between two pictures
const SHARP = 40; // Laplacian at 112 px, as the server
const FINE = 112;

export class FaceJudge {
  constructor({ video, outline, detector }) {
    Object.assign(this, { video, outline, before: null });
    this.small = document.createElement("canvas");
    this.fine = document.createElement("canvas");
    this.finder = FaceFinder.open(detector);
  }

  // One of FACE_VERDICTS on what the camera sees now.
  async judge() {
    const picture = frame(this.video, this.small, { height: HEIGHT });
    const finder = await this.finder;
    if (!finder) return mean(lumaOf(picture)) < LUMA ? "dark" : "unseen";
    const faces = await finder.find(picture);
    const [face] = faces;
    const before = this.before;
    this.before = face;
    if (!face) return mean(lumaOf(picture)) < LUMA ? "dark" : "none";
    if (faces.filter((one) => one.width * one.height > RIVAL * face.width * face.height).length > 1) return "several";
    return stands(face, boxIn(this.outline, picture), picture) || lit(face, picture) || this.still(face, before, picture);
  }

  still(face, before, picture) {
    const moved = before && Math.hypot(centre(face).x - centre(before).x, centre(face).y - centre(before).y) / face.width;
    if (!before || moved > MOVED) return "moving";
    const close = frame(this.video, this.fine, { width: FINE, height: FINE, within: face, of: picture });
    return sharpness(lumaOf(close)) < SHARP ? "blurred" : "good";
  }

  close() {
    this.finder.then((finder) => finder?.close());
  }
}

const centre = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

// What is wrong with where and how the face is held, or null.
function stands(face, oval, picture) {
  const native = (Math.min(face.width, face.height) * picture.from.width) / picture.width;
  if (face.width < SMALLEST * oval.width || native < SIDE) return "far";
  if (face.width > LARGEST * oval.width) return "near";
  const [is, wanted] = [centre(face), centre(oval)];
  if (Math.abs(is.x - wanted.x) > ASIDE * oval.width || Math.abs(is.y - wanted.y) > ASIDE * oval.height) return "aside";
  const [[rightX, rightY], [leftX, leftY], [noseX, noseY]] = face.points;
  const [acrossX, acrossY] = [leftX - rightX, leftY - rightY];
  const along = ((noseX - rightX) * acrossX + (noseY - rightY) * acrossY) / (acrossX ** 2 + acrossY ** 2 || 1);
  return Math.abs(along - 0.5) > ASYMMETRY || Math.abs(acrossY) > ROLL * Math.abs(acrossX) ? "turned" : null;
}

function lit(face, picture) {
  const luma = lumaOf(picture);
  const light = mean(cut(luma, face));
  if (light < LUMA || (light < LUMA_BEHIND && mean(luma) - light > BEHIND)) return "dark";
  const inside = { x: Math.max(0, face.x), y: Math.max(0, face.y) };
  inside.width = Math.min(face.x + face.width, picture.width) - inside.x;
  inside.height = Math.min(face.y + face.height, picture.height) - inside.y;
  return glare(picture, inside) > BRIGHT ? "bright" : null;
}

// Where a card's four edges lie, sought along the four sides of the outline it should fill.

const PIECES = 6; // a side is looked at in so many pieces
const ENOUGH = 4; // of them must agree on one straight line
const STEP = 10; // levels by which the brightness changes from one side of an edge to the other
const CANDIDATES = 5; // steps kept of each piece, the strongest
const STRAIGHT = 2.5; // px a piece may lie off the line
const STEEPEST = 0.12; // slope of a line that is still taken for the card's edge: 7 degrees
const RIVAL = 0.35; // the outermost line as strong as this share of the strongest is the card's edge: print lies inside it
const CORNER = 0.08; // share of a side left away at either end: corners are round
const INWARD = 0.28; // share of the outline's size within which a card that is too far away is still sought

// The four edges, each {at, slope} or null: `at` px outside (+) or inside (-) the outline, `slope` px per px along the side.
// `outline` is {x, y, width, height} in px of the luma plane.
export function findEdges(plane, outline) {
  const right = outline.x + outline.width;
  const bottom = outline.y + outline.height;
  const upright = { from: outline.y, length: outline.height, deep: outline.width, across: 1, along: plane.width };
  const level = { from: outline.x, length: outline.width, deep: outline.height, across: plane.width, along: 1 };
  return {
    left: edge(plane, { ...upright, at: outline.x, outward: -1, room: outline.x }),
    right: edge(plane, { ...upright, at: right, outward: 1, room: plane.width - 1 - right }),
    top: edge(plane, { ...level, at: outline.y, outward: -1, room: outline.y }),
    bottom: edge(plane, { ...level, at: bottom, outward: 1, room: plane.height - 1 - bottom }),
  };
}

function edge(plane, side) {
  const usable = side.length * (1 - 2 * CORNER);
  const pieces = Array.from({ length: PIECES }, (_, piece) => {
    const from = side.from + side.length * CORNER + (usable * piece) / PIECES;
    const means = profile(plane, side, Math.round(from), Math.round(from + usable / PIECES));
    return { place: from + usable / PIECES / 2, steps: steps(means, Math.floor(side.room)) };
  });
  const lines = straight(pieces, side.from + side.length / 2);
  const strongest = Math.max(...lines.map((one) => one.strength));
  const outer = lines.filter((one) => one.strength >= RIVAL * strongest).sort((one, other) => other.at - one.at)[0];
  return outer ? { at: outer.at, slope: outer.slope } : null;
}

// The mean brightness of the piece at each distance from the outline, from the farthest outside to the farthest inside.
function profile({ values }, { at, outward, room, deep, across, along }, from, until) {
  const [outside, inside] = [Math.floor(room), Math.round(deep * INWARD)];
  const means = new Float32Array(outside + inside + 1);
  for (let i = 0; i < means.length; i++) {
    const start = (Math.round(at) + outward * (outside - i)) * across;
    let sum = 0;
    for (let place = from; place < until; place++) sum += values[start + place * along];
    means[i] = sum / (until - from);
  }
  return means;
}

// Where the brightness changes most, as [{offset, strength}]: px from the outline (outside positive), levels.
function steps(means, outside) {
  const strength = (i) => (i < 1 || i > means.length - 2 ? 0 : Math.abs(means[i + 1] - means[i - 1]));
  const found = [];
  for (let i = 1; i < means.length - 1; i++) {
    if (strength(i) < STEP || strength(i) < strength(i - 1) || strength(i) <= strength(i + 1)) continue;
    found.push({ offset: outside - i, strength: strength(i) });
  }
  return found.sort((one, other) => other.strength - one.strength).slice(0, CANDIDATES);
}

// Every line through two pieces on which ENOUGH of them agree: {at (px off the outline in its middle), slope, strength}.
function straight(pieces, middle) {
  const lines = [];
  for (let one = 0; one < PIECES; one++) {
    for (let other = one + 1; other < PIECES; other++) {
      for (const a of pieces[one].steps) {
        for (const b of pieces[other].steps) {
          const slope = (b.offset - a.offset) / (pieces[other].place - pieces[one].place);
          if (Math.abs(slope) > STEEPEST) continue;
          const on = pieces.flatMap(({ place, steps }) => {
            const step = nearest(steps, a.offset + slope * (place - pieces[one].place));
            return step ? [{ ...step, place: place - middle }] : [];
          });
          if (on.length >= ENOUGH) lines.push({ ...fit(on), strength: total(on, (step) => step.strength) });
        }
      }
    }
  }
  return lines;
}

const total = (all, measure) => all.reduce((sum, one) => sum + measure(one), 0);

// Least squares through the steps of several pieces: `at` in the side's middle, and the slope.
function fit(on) {
  const [place, offset] = [total(on, (step) => step.place) / on.length, total(on, (step) => step.offset) / on.length];
  const slope = total(on, (step) => (step.place - place) * (step.offset - offset)) / total(on, (step) => (step.place - place) ** 2);
  return { at: offset - slope * place, slope };
}

const nearest = (steps, offset) => steps.filter((step) => Math.abs(step.offset - offset) <= STRAIGHT)[0];

// Tells the person, while the camera is on, what still keeps the photograph from being good, and takes it when nothing does.
// What is judged here is never sent: the server looks at the photograph as if this file did not exist.

import { CardJudge } from "./card.js";
import { FaceJudge } from "./face.js";

const PERIOD = 125; // ms between two looks at least: eight a second
const SHARE = 4; // and at least four times as long as the last look took, so that the page stays quick (but while the ring fills)
const PAUSE = 1200; // ms for which a sentence stands: a screen reader must get to its end
const HOLD = 700; // ms for which all must be good before the shot
const REMEMBERED = "capture.auto"; // "off": the person takes the photographs themselves

// Says at most one new sentence in PAUSE, and only what was seen twice running.
export class Speaker {
  constructor(say) {
    Object.assign(this, { say, said: "", saidAt: -Infinity, last: "" });
  }

  hear(verdict, now) {
    const twice = verdict === this.last;
    this.last = verdict;
    if (verdict === this.said || !twice || now - this.saidAt < PAUSE) return;
    Object.assign(this, { said: verdict, saidAt: now });
    this.say(verdict);
  }
}

// The share 0..1 of HOLD for which all has been good without a break. On a slow telephone too three looks must agree.
export class Hold {
  feed(good, now) {
    this.looks = good ? (this.looks ?? 0) + 1 : 0;
    if (this.looks <= 1) this.since = now;
    return Math.min(1, (now - this.since) / HOLD, Math.max(0, this.looks - 1) / 2);
  }
}

export class Guide {
  // `parts`: the elements video, outline, stage, note, ring, auto (the switch); `shoot` takes the photograph.
  constructor(kind, parts, detector, shoot) {
    Object.assign(this, { kind, parts, shoot, running: true, hold: new Hold(), speaker: new Speaker((verdict) => this.show(verdict)) });
    this.judge = kind === "card" ? new CardJudge(parts) : new FaceJudge({ ...parts, detector });
    parts.auto.checked = remembered() !== "off";
    parts.auto.closest("label").hidden = false;
    this.switched = () => {
      remember(parts.auto.checked ? "on" : "off");
      // what "good" asks of the person is another thing now
      this.speaker.said = "";
    };
    parts.auto.addEventListener("change", this.switched);
    this.look();
  }

  async look() {
    if (!this.running) return;
    const began = performance.now();
    let verdict;
    try {
      verdict = this.parts.video.videoWidth ? await this.judge.judge() : null;
    } catch {
      // the worker died, or the browser keeps pixels back: the shutter is still there
      this.stop();
      return;
    }
    const now = performance.now();
    if (!this.running) return;
    if (verdict) this.feel(verdict, now);
    const rest = Math.max(PERIOD, SHARE * (now - began)) - (now - began);
    if (this.running) this.timer = setTimeout(() => this.look(), this.hold.looks ? Math.min(rest, HOLD / 3) : rest);
  }

  feel(verdict, now) {
    this.speaker.hear(verdict, now);
    const { auto, ring } = this.parts;
    // without face positions nothing can be taken by itself, so nothing is promised
    auto.closest("label").hidden = verdict === "unseen";
    // the count begins when the person has been told
    const good = verdict === "good" && this.speaker.said === "good" && auto.checked;
    const share = this.hold.feed(good, now);
    ring.style.strokeDashoffset = 1 - share;
    if (share === 1) {
      this.stop();
      this.shoot();
    }
  }

  show(verdict) {
    const { auto, note, stage } = this.parts;
    note.textContent = note.getAttribute(`data-say-${verdict === "good" && !auto.checked ? "press" : verdict}`);
    stage.dataset.verdict = verdict === "good" ? "good" : verdict === "unseen" ? "" : "not-yet";
  }

  stop() {
    if (!this.running) return;
    this.running = false;
    clearTimeout(this.timer);
    this.judge.close?.();
    const { auto, note, ring, stage } = this.parts;
    auto.removeEventListener("change", this.switched);
    auto.closest("label").hidden = true;
    note.textContent = "";
    ring.style.strokeDashoffset = 1;
    delete stage.dataset.verdict;
  }
}

// Private windows may keep the store shut.
function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(REMEMBERED, value);
  } catch {
    // it then holds for this page only
  }
}

// Films the movements that the server asks for: a burst of pictures, each with its time. Without this file, or without a camera,
// the page takes a video instead.

const LONG_SIDE = 480; // px
const EVERY = 150; // ms between two pictures
const MOST = 98; // pictures: what the server takes at a time, and a little less
const QUALITY = 0.85;
const WAIT = 3000; // ms in which a camera must deliver its first picture

class Challenge {
  constructor(root) {
    this.root = root;
    this.text = root.dataset;
    for (const part of ["live", "video", "figure", "step", "progress", "state", "begin"]) {
      this[part] = root.querySelector(`[data-challenge-${part}]`);
    }
    this.filmed = root.querySelector("[data-challenge-film]"); // the form for a video, where the page has it
    this.canvas = document.createElement("canvas");
  }

  start() {
    // a browser without a live camera keeps the plain forms
    if (!navigator.mediaDevices?.getUserMedia) return;
    this.begin.addEventListener("submit", (event) => this.run(event));
    window.addEventListener("pagehide", () => this.stop());
  }

  say(text) {
    this.state.textContent = text || "";
  }

  // The camera first: the time to answer runs from the moment the movements are asked for.
  async run(event) {
    if (this.refused) return; // the form goes up as it is: the page then takes a video
    event.preventDefault();
    const button = this.begin.querySelector("button");
    button.disabled = true;
    this.say(this.text.textOpening);
    try {
      await this.open();
    } catch {
      this.stop();
      this.refused = true;
      this.say(this.text.textRefused);
      button.disabled = false;
      return;
    }
    this.say("");
    try {
      const asked = await this.ask();
      const frames = await this.film(asked);
      this.say(this.text.textSending);
      await this.send(asked, frames);
    } catch (failure) {
      this.say(failure.told || this.text.textFailed);
      button.disabled = false;
    } finally {
      this.stop();
    }
  }

  async open() {
    const wish = { facingMode: "user", width: { ideal: 640 }, height: { ideal: 480 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
    this.video.srcObject = this.stream;
    await this.video.play();
    const until = performance.now() + WAIT;
    while (!this.video.videoWidth && performance.now() < until) await new Promise(requestAnimationFrame);
    if (!this.video.videoWidth) throw new Error("no picture");
    const scale = Math.min(1, LONG_SIDE / Math.max(this.video.videoWidth, this.video.videoHeight));
    this.canvas.width = Math.round(this.video.videoWidth * scale);
    this.canvas.height = Math.round(this.video.videoHeight * scale);
    this.live.hidden = false;
    this.begin.hidden = true;
    if (this.filmed) this.filmed.hidden = true;
    this.live.scrollIntoView({ block: "start" });
  }

  async ask() {
    const answer = await fetch(this.text.start, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new FormData(this.begin),
    });
    if (answer.redirected) window.location.assign(answer.url);
    const asked = await answer.json();
    if (!answer.ok) throw Object.assign(new Error("refused"), { told: asked.error });
    return asked;
  }

  // Shows each step when it is due, and takes pictures all along.
  async film({ steps, schedule }) {
    const begun = performance.now();
    const last = schedule[schedule.length - 1];
    const frames = [];
    let shown;
    for (;;) {
      const now = performance.now() - begun;
      if (now > last || frames.length === MOST) return frames;
      const index = schedule.findLastIndex((due) => due <= now);
      if (shown !== index) {
        shown = index;
        this.show(steps[index]);
      }
      this.progress.value = now / last;
      frames.push({ time: Math.round(now), picture: await this.shoot() });
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, begun + now + EVERY - performance.now())));
    }
  }

  show(step) {
    const name = step && this.root.querySelector(`[data-challenge-name="${step}"]`);
    this.step.textContent = name ? name.content.textContent : this.text.textStraight;
    this.figure.className = `challenge-figure${step ? ` challenge-figure--${step}` : ""}`;
  }

  // Not mirrored, whatever the page shows: left is the person's left.
  shoot() {
    this.canvas.getContext("2d").drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    return new Promise((resolve, reject) => {
      this.canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", QUALITY);
    });
  }

  async send({ challenge }, frames) {
    const form = new FormData(this.begin);
    form.set("challenge", challenge);
    form.set("times", JSON.stringify(frames.map((frame) => frame.time)));
    form.set("sizes", JSON.stringify(frames.map((frame) => frame.picture.size)));
    form.set("video", new Blob(frames.map((frame) => frame.picture)), "burst");
    const answer = await fetch(this.text.action, { method: "POST", headers: { Accept: "text/html" }, body: form });
    if (answer.redirected) {
      window.location.assign(answer.url);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.querySelector("[data-errors] li, [data-errors] a")?.textContent.trim();
    throw Object.assign(new Error("refused"), { told });
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
    this.live.hidden = true;
    this.begin.hidden = false;
  }
}

for (const root of document.querySelectorAll("[data-challenge]")) new Challenge(root).start();

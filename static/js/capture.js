// Gives the file inputs of components/capture.html a live camera. Without this file they are plain file inputs.
// guidance/guide.js helps while the camera is on; where it can not be loaded, the shutter does.

import { seenPart } from "./guidance/view.js";

const LONG_SIDE = 2560; // px: enough for the small print of an ID card, a tenth of what phones produce
const KEEP_BYTES = 4 * 1024 * 1024; // a smaller file of fitting size goes up as it is
const QUALITY = 0.9;
const SHUTTER_WAIT = 1000; // ms in which a camera must deliver its first picture

class Capture {
  constructor(root) {
    this.root = root;
    this.text = root.dataset;
    this.input = root.querySelector("input[type=file]");
    for (const part of ["live", "video", "shutter", "cancel", "preview", "state", "choose", "open", "pick", "stage", "outline", "note", "ring", "auto"]) {
      this[part] = root.querySelector(`[data-capture-${part}]`);
    }
    this.stream = null;
    this.guide = null;
    this.url = "";
  }

  start() {
    this.root.classList.add("is-enhanced");
    this.open.hidden = false;
    this.pick.hidden = false;
    this.video.classList.toggle("is-mirrored", this.text.facing === "user");
    this.open.addEventListener("click", () => this.openCamera());
    this.pick.addEventListener("click", () => this.chooseFile());
    this.cancel.addEventListener("click", () => this.closeCamera(this.open));
    this.shutter.addEventListener("click", () => this.shoot());
    this.input.addEventListener("change", () => this.useChosen());
    window.addEventListener("pagehide", () => this.stopStream());
    document.addEventListener("visibilitychange", () => this.leave());
    if (this.input.files.length) this.show(this.input.files[0]);
  }

  say(text) {
    this.state.textContent = text || "";
  }

  chooseFile() {
    this.input.removeAttribute("capture");
    this.input.click();
  }

  // Without a live camera (no permission, no https, an old browser) the phone's own camera application is asked.
  cameraRefused() {
    this.say(this.text.textRefused);
    this.input.setAttribute("capture", this.text.facing);
    this.open.addEventListener("click", () => this.input.click(), { once: true });
  }

  async openCamera() {
    if (this.input.hasAttribute("capture")) return;
    if (!navigator.mediaDevices?.getUserMedia) {
      this.cameraRefused();
      this.input.click();
      return;
    }
    this.say(this.text.textOpening);
    try {
      const wish = { facingMode: this.text.facing, width: { ideal: LONG_SIDE }, height: { ideal: 1440 } };
      this.stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
      this.video.srcObject = this.stream;
      await this.video.play();
    } catch {
      this.stopStream();
      this.cameraRefused();
      return;
    }
    this.say("");
    this.live.hidden = false;
    this.choose.hidden = true;
    this.preview.hidden = true;
    this.shutter.focus({ preventScroll: true });
    await this.startGuide(this.stream);
    this.live.scrollIntoView({ block: "nearest" });
    this.leave();
  }

  async startGuide(stream) {
    // pages are of many sizes: nothing is said of how they lie
    if (this.text.outline === "page") return;
    const { Guide } = await import("./guidance/guide.js").catch(() => ({}));
    // the camera may have been closed meanwhile
    if (Guide && this.stream === stream) this.guide = new Guide(this.text.outline, this, this.text.detector, () => this.shoot());
  }

  // A page nobody looks at holds no camera.
  leave() {
    if (!document.hidden || !this.stream) return;
    this.closeCamera();
    this.say(this.text.textLeft);
  }

  stopStream() {
    this.guide?.stop();
    this.guide = null;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }

  closeCamera(focus) {
    this.stopStream();
    this.live.hidden = true;
    this.choose.hidden = false;
    this.preview.hidden = !this.url;
    focus?.focus();
  }

  async firstPicture() {
    const until = performance.now() + SHUTTER_WAIT;
    while (!this.video.videoWidth && performance.now() < until) await new Promise(requestAnimationFrame);
    return this.video.videoWidth > 0;
  }

  // By the shutter or by the guide, whichever comes first.
  async shoot() {
    if (this.taking) return;
    this.taking = true;
    await this.take();
    this.taking = false;
  }

  async take() {
    if (!(await this.firstPicture())) {
      this.closeCamera();
      this.cameraRefused();
      return;
    }
    this.guide?.stop();
    this.flash();
    const file = await toJpeg(this.video, seenPart(this.video));
    this.give(file);
    this.closeCamera(this.open);
  }

  // Seen and felt, for who does not hear; not for who asked for less movement.
  flash() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    navigator.vibrate?.(40);
    this.stage.animate?.([{ opacity: 0.2 }, { opacity: 1 }], 180);
  }

  async useChosen() {
    const [file] = this.input.files;
    if (file) this.give(await shrink(file));
  }

  // Puts the file into the input, so that the form goes up like any other.
  give(file) {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    this.input.files = transfer.files;
    this.show(file);
    this.root.dispatchEvent(new CustomEvent("captured", { bubbles: true, detail: { size: file.size } }));
  }

  async show(file) {
    const image = this.preview.querySelector("img");
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(file);
    image.src = this.url;
    this.open.textContent = this.text.textAgain;
    this.open.classList.add("button--secondary");
    try {
      await image.decode();
      this.preview.hidden = false;
      this.say(this.text.textReady);
    } catch {
      this.preview.hidden = true;
      this.say(`${file.name}: ${this.text.textUnseen}`);
    }
  }
}

function toJpeg(source, part, name = "photograph.jpg") {
  const scale = Math.min(1, LONG_SIDE / Math.max(part.width, part.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(part.width * scale);
  canvas.height = Math.round(part.height * scale);
  canvas.getContext("2d").drawImage(source, part.x, part.y, part.width, part.height, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    const done = (blob) => (blob ? resolve(new File([blob], name, { type: "image/jpeg" })) : reject(new Error("no picture")));
    canvas.toBlob(done, "image/jpeg", QUALITY);
  });
}

// A file the browser can not read goes up as it is: the server then says what is wrong with it.
async function shrink(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const { width, height } = picture;
    if (Math.max(width, height) <= LONG_SIDE && file.size <= KEEP_BYTES) return file;
    const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
    const smaller = await toJpeg(picture, { x: 0, y: 0, width, height }, name);
    picture.close();
    return smaller;
  } catch {
    return file;
  }
}

for (const root of document.querySelectorAll(".capture[data-capture]")) new Capture(root).start();

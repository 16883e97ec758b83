// Gives the file inputs of components/capture.html a live camera. Without this file they are plain file inputs.

const LONG_SIDE = 2560; // px: enough for the small print of an ID card, a tenth of what phones produce
const KEEP_BYTES = 4 * 1024 * 1024; // a smaller file of fitting size goes up as it is
const QUALITY = 0.9;
const SHUTTER_WAIT = 1000; // ms in which a camera must deliver its first picture

class Capture {
  constructor(root) {
    this.root = root;
    this.text = root.dataset;
    this.input = root.querySelector("input[type=file]");
    for (const part of ["live", "video", "shutter", "cancel", "preview", "state", "choose", "open", "pick"]) {
      this[part] = root.querySelector(`[data-capture-${part}]`);
    }
    this.stream = null;
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
    this.shutter.focus();
  }

  stopStream() {
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

  async shoot() {
    if (!(await this.firstPicture())) {
      this.closeCamera();
      this.cameraRefused();
      return;
    }
    const file = await toJpeg(this.video, seenPart(this.video));
    this.give(file);
    this.closeCamera(this.open);
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

// The part of the video that object-fit: cover leaves visible: the photograph is what the person saw.
function seenPart(video) {
  const { videoWidth: width, videoHeight: height } = video;
  const shown = video.clientWidth / video.clientHeight;
  const cutWidth = Math.min(width, height * shown);
  const cutHeight = Math.min(height, width / shown);
  return { x: (width - cutWidth) / 2, y: (height - cutHeight) / 2, width: cutWidth, height: cutHeight };
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

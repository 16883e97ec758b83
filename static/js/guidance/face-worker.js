// Loads the detector once, then answers each picture with the faces in it.

import { FaceDetector } from "./yunet.js";

let detector = null;

async function load(address) {
  try {
    // no cookie: the file is the same for everybody
    const answer = await fetch(address, { credentials: "omit" });
    if (answer.ok) detector = new FaceDetector(await answer.arrayBuffer());
  } catch {
    detector = null;
  }
  self.postMessage({ ready: detector !== null });
}

self.addEventListener("message", ({ data }) => {
  if (data.model) load(data.model);
  else self.postMessage({ faces: detector.detect(data.picture) });
});

// Finds faces in a worker, so that the page stays quick. The pictures never leave this browser.

export class FaceFinder {
  // Null where there is no detector: no address, no such file, or a browser without module workers.
  static open(address) {
    if (!address) return Promise.resolve(null);
    return new Promise((resolve) => {
      try {
        const worker = new Worker(new URL("./face-worker.js", import.meta.url), { type: "module" });
        worker.onerror = () => resolve(null);
        worker.onmessage = ({ data }) => resolve(data.ready ? new FaceFinder(worker) : null);
        worker.postMessage({ model: new URL(address, document.baseURI).href });
      } catch {
        resolve(null);
      }
    });
  }

  constructor(worker) {
    this.worker = worker;
  }

  // The faces of a picture, largest first (yunet.js). One question at a time.
  find({ data, width, height }) {
    return new Promise((resolve, reject) => {
      this.worker.onmessage = (answer) => resolve(answer.data.faces);
      this.worker.onerror = reject;
      this.worker.postMessage({ picture: { data, width, height } });
    });
  }

  close() {
    this.worker.terminate();
  }
}

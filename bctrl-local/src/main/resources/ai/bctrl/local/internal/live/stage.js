// Draws the pictures of the watched tab and keeps the canvas as large as fits.

const HEADER = 24;

export class Stage {
  /**
   * @param {HTMLElement} box what the canvas lies in
   * @param {HTMLCanvasElement} canvas
   * @param {(message: object) => void} send
   */
  constructor(box, canvas, send) {
    this.box = box;
    this.canvas = canvas;
    this.send = send;
    this.context = canvas.getContext("2d", { alpha: false });
    this.viewport = null;
    this.watching = 0;
    this.frames = 0;
    new ResizeObserver(() => this.fit(true)).observe(box);
    document.addEventListener("visibilitychange", () => this.tell());
  }

  /** Tells the server how many pixels are of use, and whether anybody looks. */
  tell() {
    const ratio = Math.min(devicePixelRatio || 1, 2);
    this.send({
      type: "stage",
      width: Math.max(1, Math.round(this.box.clientWidth * ratio)),
      height: Math.max(1, Math.round(this.box.clientHeight * ratio)),
      visible: document.visibilityState === "visible",
    });
  }

  /** Shows another tab: its picture is still to come. */
  watch(tab) {
    if (tab !== this.watching) {
      this.watching = tab;
      this.viewport = null;
    }
  }

  /** @param {ArrayBuffer} message */
  async show(message) {
    const view = new DataView(message);
    const frame = {
      tab: view.getUint16(2),
      number: view.getUint32(4),
      time: view.getFloat64(8),
      width: view.getUint16(16),
      height: view.getUint16(18),
    };
    try {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(message, HEADER)], { type: "image/jpeg" }));
      if (this.canvas.width !== bitmap.width || this.canvas.height !== bitmap.height) {
        this.canvas.width = bitmap.width;
        this.canvas.height = bitmap.height;
      }
      this.context.drawImage(bitmap, 0, 0);
      bitmap.close();
    } finally {
      this.send({ type: "ack", tab: frame.tab, frame: frame.number });
    }
    const before = this.viewport;
    this.viewport = { width: frame.width, height: frame.height };
    if (!before || before.width !== frame.width || before.height !== frame.height) {
      this.fit(false);
    }
    this.frames++;
    window.dispatchEvent(new CustomEvent("live-frame", { detail: frame }));
  }

  fit(resized) {
    if (this.viewport) {
      const margin = this.box.clientWidth < 600 ? 0 : 24;
      const scale = Math.min(
        1,
        (this.box.clientWidth - margin) / this.viewport.width,
        (this.box.clientHeight - margin) / this.viewport.height);
      this.canvas.style.width = Math.max(1, Math.floor(this.viewport.width * scale)) + "px";
      this.canvas.style.height = Math.max(1, Math.floor(this.viewport.height * scale)) + "px";
    }
    if (resized) {
      clearTimeout(this.telling);
      this.telling = setTimeout(() => this.tell(), 150);
    }
  }

  /** Where in the page, in its CSS pixels, something happened; null before the first picture. */
  point(event) {
    if (!this.viewport) {
      return null;
    }
    const box = this.canvas.getBoundingClientRect();
    return {
      x: Math.round(((event.clientX - box.left) / box.width) * this.viewport.width * 10) / 10,
      y: Math.round(((event.clientY - box.top) / box.height) * this.viewport.height * 10) / 10,
    };
  }
}

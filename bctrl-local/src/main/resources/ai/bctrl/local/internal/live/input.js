// Sends what is done with mouse, fingers and keys on the stage to the page.

const BUTTONS = ["left", "middle", "right", "back", "forward"];
const TYPED_BY_BROWSER = new Set(["Unidentified", "Process", "Dead", "Compose"]);

export class Input {
  /**
   * @param {import("./stage.js").Stage} stage
   * @param {HTMLTextAreaElement} keys takes keys, text and what input methods compose
   * @param {(message: object) => void} send
   * @param {{ mac: boolean, typing: (on: boolean) => void }} options
   */
  constructor(stage, keys, send, options) {
    this.stage = stage;
    this.keys = keys;
    this.send = send;
    this.options = options;
    this.hostIsMac = /Mac|iP(hone|ad)/.test(navigator.platform);
    this.pressed = new Map();
    this.move = null;
    this.composing = false;
    this.touches = new Map();
    this.listen();
  }

  listen() {
    const canvas = this.stage.canvas;
    canvas.addEventListener("pointerdown", (event) => this.pointer("down", event));
    canvas.addEventListener("pointerup", (event) => this.pointer("up", event));
    canvas.addEventListener("pointercancel", (event) => this.finger("cancel", event));
    canvas.addEventListener("pointermove", (event) => this.moved(event));
    canvas.addEventListener("mousedown", (event) => this.button("down", event));
    canvas.addEventListener("mouseup", (event) => this.button("up", event));
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener("auxclick", (event) => event.preventDefault());
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        this.keys.focus();
      }
    });
    this.keys.addEventListener("keydown", (event) => this.key("down", event));
    this.keys.addEventListener("keyup", (event) => this.key("up", event));
    this.keys.addEventListener("paste", (event) => this.paste(event));
    this.keys.addEventListener("compositionstart", () => { this.composing = true; });
    this.keys.addEventListener("compositionupdate", (event) => this.send({ type: "compose", text: event.data }));
    this.keys.addEventListener("compositionend", (event) => this.composed(event));
    this.keys.addEventListener("input", (event) => this.input(event));
    this.keys.addEventListener("focus", () => this.options.typing(true));
    this.keys.addEventListener("blur", () => this.blur());
  }

  modifiers(event) {
    let control = event.ctrlKey;
    let meta = event.metaKey;
    if (this.hostIsMac && !this.options.mac) {
      [control, meta] = [control || meta, false];
    }
    return (event.altKey ? 1 : 0) | (control ? 2 : 0) | (meta ? 4 : 0) | (event.shiftKey ? 8 : 0);
  }

  pointer(kind, event) {
    if (kind === "down") {
      this.stage.canvas.setPointerCapture(event.pointerId);
    }
    if (event.pointerType === "touch") {
      this.finger(kind === "down" ? "start" : "end", event);
    }
  }

  finger(kind, event) {
    if (event.pointerType !== "touch") {
      return;
    }
    event.preventDefault();
    const point = this.stage.point(event);
    if (!point) {
      return;
    }
    if (kind === "end" || kind === "cancel") {
      this.touches.delete(event.pointerId);
    } else {
      this.touches.set(event.pointerId, { ...point, id: event.pointerId % 1000 });
    }
    this.send({ type: "touch", kind, points: [...this.touches.values()].slice(0, 10), modifiers: this.modifiers(event) });
  }

  button(kind, event) {
    const point = this.stage.point(event);
    event.preventDefault();
    if (kind === "down") {
      this.keys.focus({ preventScroll: true });
    }
    if (point && !event.sourceCapabilities?.firesTouchEvents) {
      this.flushMove();
      this.send({
        type: "mouse",
        kind,
        ...point,
        button: BUTTONS[event.button] ?? "left",
        buttons: event.buttons & 31,
        clicks: Math.min(3, Math.max(1, event.detail)),
        modifiers: this.modifiers(event),
      });
    }
  }

  moved(event) {
    if (event.pointerType === "touch") {
      if (this.touches.has(event.pointerId)) {
        this.finger("move", event);
      }
      return;
    }
    const point = this.stage.point(event);
    if (!point) {
      return;
    }
    const first = !this.move;
    this.move = {
      type: "mouse",
      kind: "move",
      ...point,
      button: event.buttons & 1 ? "left" : event.buttons & 2 ? "right" : event.buttons & 4 ? "middle" : "none",
      buttons: event.buttons & 31,
      modifiers: this.modifiers(event),
    };
    if (first) {
      requestAnimationFrame(() => this.flushMove());
    }
  }

  flushMove() {
    if (this.move) {
      this.send(this.move);
      this.move = null;
    }
  }

  wheel(event) {
    event.preventDefault();
    const point = this.stage.point(event);
    if (point) {
      const unit = event.deltaMode === 1 ? 20 : event.deltaMode === 2 ? 600 : 1;
      this.send({
        type: "wheel",
        ...point,
        deltaX: event.deltaX * unit,
        deltaY: event.deltaY * unit,
        modifiers: this.modifiers(event),
      });
    }
  }

  key(kind, event) {
    if (event.isComposing || event.keyCode === 229 || TYPED_BY_BROWSER.has(event.key)) {
      return;
    }
    const modifiers = this.modifiers(event);
    if (event.key === "Escape" && event.shiftKey) {
      event.preventDefault();
      this.stage.canvas.focus();
      return;
    }
    if ((modifiers & 6) && !(modifiers & 1) && event.key.toLowerCase() === "v") {
      return; // comes as text, through the paste event
    }
    event.preventDefault();
    const plain = !(modifiers & 7) || event.getModifierState("AltGraph");
    const text = event.key === "Enter" ? "\r" : [...event.key].length === 1 && plain ? event.key : "";
    const message = {
      type: "key",
      kind,
      key: event.key,
      code: event.code,
      keyCode: event.keyCode & 255,
      location: event.location,
      modifiers: text && event.getModifierState("AltGraph") ? modifiers & ~3 : modifiers,
      repeat: event.repeat,
    };
    if (kind === "down") {
      this.pressed.set(event.code, message);
      if (text) {
        message.text = text;
      }
    } else {
      this.pressed.delete(event.code);
    }
    this.send(message);
  }

  /** Keys that are down when the focus leaves would stay down for ever. */
  blur() {
    for (const message of this.pressed.values()) {
      const { text, ...rest } = message;
      this.send({ ...rest, kind: "up", repeat: false });
    }
    this.pressed.clear();
    this.options.typing(false);
  }

  paste(event) {
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    if (text) {
      this.send({ type: "text", text: text.slice(0, 100000) });
    }
  }

  composed(event) {
    this.composing = false;
    this.send({ type: "text", text: event.data });
    this.keys.value = "";
  }

  /** Text that came without a key: from a touch keyboard, a dead key, an emoji picker. */
  input(event) {
    if (this.composing || event.isComposing) {
      return;
    }
    if (event.inputType === "deleteContentBackward") {
      const key = { type: "key", key: "Backspace", code: "Backspace", keyCode: 8, location: 0, modifiers: 0 };
      this.send({ ...key, kind: "down" });
      this.send({ ...key, kind: "up" });
    } else if (event.inputType === "insertText" && event.data) {
      this.send({ type: "text", text: event.data });
    }
    this.keys.value = "";
  }
}

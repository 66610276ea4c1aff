// Parts that several views use.

const OUTCOME_WORDS = { passed: "Passed", failed: "Failed", flaky: "Flaky", aborted: "Aborted" };

function badge(outcome) {
  return h("span", { class: `badge ${outcome}` }, icon(outcome), OUTCOME_WORDS[outcome]);
}

function phaseClass(name) {
  return PHASES.includes(name) ? `phase-${name}` : "phase-other";
}

/** A bar of phases one after another; the whole width stands for `full` milliseconds. */
function phaseBar(phases, full) {
  const text = phases.map(([name, ms]) => `${name} ${duration(ms)}`).join(", ");
  const bar = h("span", { class: "phases", role: "img", "aria-label": text || "no phases", title: text.replaceAll(", ", "\n") });
  for (const [name, ms] of [...phases].sort((a, b) => phaseRank(a[0]) - phaseRank(b[0]))) {
    if (ms > 0) {
      const part = h("span", { class: phaseClass(name) });
      part.style.width = `${100 * ms / Math.max(1, full)}%`;
      bar.append(part);
    }
  }
  return bar;
}

/** Tabs as in the ARIA practices. Panels are made when they are first shown. tabs: [{id, label, note, render}] */
function tabs(label, list, chosen, onChoose) {
  const panel = h("div", { class: "panel", role: "tabpanel", tabindex: "-1" });
  const uid = `tabs-${tabs.count = (tabs.count || 0) + 1}`;
  panel.id = `${uid}-panel`;
  const buttons = list.map(tab => h("button", {
    role: "tab", type: "button", id: `${uid}-${tab.id}`, "aria-controls": panel.id, "data-tab": tab.id,
    onclick: () => choose(tab, true),
  }, tab.label, tab.note !== undefined && h("span", { class: `count ${tab.alarm ? "alarm" : ""}` }, tab.note)));
  const bar = h("div", { role: "tablist", "aria-label": label, onkeydown: event => {
    const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
    const step = known(steps, event.key);
    if (step !== null) {
      event.preventDefault();
      const now = buttons.indexOf(document.activeElement);
      const next = Number.isFinite(step) ? (now + step + buttons.length) % buttons.length : step < 0 ? 0 : buttons.length - 1;
      buttons[next].focus();
      choose(list[next], true);
    }
  } }, buttons);
  function choose(tab, told) {
    buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", String(list[i] === tab));
      button.tabIndex = list[i] === tab ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `${uid}-${tab.id}`);
    replace(panel, tab.render());
    if (told) {
      onChoose(tab.id);
    }
  }
  choose(list.find(tab => tab.id === chosen) || list[0], false);
  return { bar, panel };
}

/**
 * Keeps only the rows in the document that can be seen. The page itself scrolls, or `scroller` if it is given.
 * heights: pixels of each row; render: makes the element of a row.
 */
class Window {
  constructor(list, scroller) {
    this.list = list;
    this.scroller = scroller;
    this.rows = new Map();
    this.offsets = [0];
    this.kept = -1;
    this.update = () => this.paint();
    (scroller || window).addEventListener("scroll", this.update, { passive: true });
    window.addEventListener("resize", this.update);
  }

  stop() {
    (this.scroller || window).removeEventListener("scroll", this.update);
    window.removeEventListener("resize", this.update);
  }

  show(heights, render) {
    this.render = render;
    this.rows.clear();
    this.list.replaceChildren();
    this.offsets = [0];
    for (const height of heights) {
      this.offsets.push(this.offsets[this.offsets.length - 1] + height);
    }
    this.list.style.height = `${this.offsets[heights.length]}px`;
    this.paint();
  }

  get count() {
    return this.offsets.length - 1;
  }

  /** The first row whose end is below a position. */
  at(position) {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.offsets[middle + 1] > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  view() {
    const height = this.scroller ? this.scroller.clientHeight : window.innerHeight;
    const top = this.scroller ? this.scroller.scrollTop : -this.list.getBoundingClientRect().top;
    return { top, height };
  }

  paint() {
    if (this.count === 0 || !this.list.isConnected) {
      return;
    }
    const { top, height } = this.view();
    const from = this.at(top - 300);
    const to = Math.min(this.count, this.at(top + height + 300) + 1);
    for (const [index, element] of this.rows) {
      if ((index < from || index >= to) && index !== this.kept) {
        element.remove();
        this.rows.delete(index);
      }
    }
    for (let index = from; index < to; index++) {
      this.row(index);
    }
  }

  row(index) {
    let element = this.rows.get(index);
    if (!element) {
      element = this.render(index);
      element.style.top = `${this.offsets[index]}px`;
      element.style.height = `${this.offsets[index + 1] - this.offsets[index]}px`;
      // In the order of reading, as some readers go by the document.
      let next = null;
      for (const [other, candidate] of this.rows) {
        if (other > index && (next === null || other < next.index)) {
          next = { index: other, candidate };
        }
      }
      this.list.insertBefore(element, next && next.candidate);
      this.rows.set(index, element);
    }
    return element;
  }

  /** Scrolls just as far as needed to have a row in view. */
  reveal(index, margin) {
    const { top, height } = this.view();
    const start = this.offsets[index] - margin;
    const end = this.offsets[index + 1] + 16;
    const by = start < top ? start - top : end > top + height ? end - top - height : 0;
    if (by !== 0) {
      (this.scroller || window).scrollBy({ top: by, behavior: "instant" });
    }
    this.kept = index;
    this.paint();
    return this.row(index);
  }
}

/** Shows a picture as large as the window; Escape closes it. */
function enlarge(source, text) {
  const before = document.activeElement;
  const dialog = h("dialog", { class: "picture", "aria-label": text, onclick: () => dialog.close(), onclose: () => {
    dialog.remove();
    if (before) {
      before.focus();
    }
  } }, h("form", { method: "dialog" }, h("span", { class: "url" }, text), h("button", null, "Close")),
  h("img", { src: source, alt: text }));
  document.body.append(dialog);
  dialog.showModal();
}

function picture(source, text, caption, fallback) {
  const image = h("img", { src: source, alt: text, loading: "lazy", onerror: () => {
    if (fallback && image.getAttribute("src") !== fallback) {
      image.src = fallback;
    }
  } });
  return h("figure", null,
    h("button", { type: "button", class: "zoom", "aria-label": `${text}: enlarge`, onclick: () => enlarge(image.src, text) }, image),
    h("figcaption", null, caption));
}

/** A search field that reports what is typed, in lower case. */
function searchField(label, onSearch) {
  return h("input", {
    type: "search", placeholder: label, "aria-label": label, spellcheck: "false", autocomplete: "off",
    oninput: event => onSearch(event.target.value.trim().toLowerCase()),
  });
}

function choice(label, options, chosen, onChoose) {
  return h("label", { class: "choice" }, h("span", null, label), h("select", {
    onchange: event => onChoose(event.target.value),
  }, options.map(([value, text]) => h("option", { value, selected: value === chosen }, text))));
}

function note(...text) {
  return h("p", { class: "note" }, text);
}

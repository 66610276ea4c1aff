// The frame: addresses, keys, colours.

let focusAfter = null;
let turn = 0;
let shownTest = null;

function themed() {
  const names = { "": "as the system", light: "light", dark: "dark" };
  let chosen = "";
  try {
    chosen = known(names, localStorage.getItem("bctrl-theme") || "") === null ? "" : localStorage.getItem("bctrl-theme") || "";
  } catch {
    // No storage for this page: the choice lasts as long as it does.
  }
  const button = h("button", { type: "button", id: "theme", onclick: () => {
    chosen = chosen === "" ? matchMedia("(prefers-color-scheme: dark)").matches ? "light" : "dark" : chosen === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("bctrl-theme", chosen);
    } catch {
      // See above.
    }
    apply();
  } }, icon("theme"), h("span", { class: "wide" }));
  const apply = () => {
    document.documentElement.dataset.theme = chosen;
    button.lastChild.textContent = "Colours";
    button.title = `Colours: ${names[chosen]}`;
    button.setAttribute("aria-label", button.title);
  };
  apply();
  return button;
}

const KEYS = [["/", "search"], ["j  k  ↓  ↑", "next, previous test"], ["Enter", "open the test"], ["Esc", "back, or close"], ["←  →", "the tab beside"], ["?", "this list"]];

function showKeys() {
  const dialog = h("dialog", { class: "keys", "aria-label": "Keys", onclose: () => dialog.remove(), onclick: event => event.target === dialog && dialog.close() },
    h("h2", null, "Keys"), h("dl", { class: "pairs" }, KEYS.map(([key, what]) => [h("dt", null, h("kbd", null, key)), h("dd", null, what)])),
    h("form", { method: "dialog" }, h("button", null, "Close")));
  document.body.append(dialog);
  dialog.showModal();
}

function place() {
  const parts = location.hash.slice(1).split("/").map(part => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const alone = report.kind === "attempt" ? report.tests[0] : null;
  return { test: testsById.get(parts[0]) || alone, attempt: parts[1], tab: parts[2], lost: parts[0] !== "" && !testsById.has(parts[0]) };
}

async function route() {
  const mine = ++turn;
  const main = byId("main");
  const { test, attempt, tab, lost } = place();
  if (overview.element && overview.element.isConnected) {
    overview.scroll = window.scrollY;
  }
  if (!test) {
    showOverview(main, lost);
    return;
  }
  overview.selected = overview.shown.indexOf(test);
  const same = shownTest === test;
  const show = await showDetail(main, test, attempt, tab);
  if (mine !== turn) {
    return;
  }
  document.title = `${test.name}: ${OUTCOME_WORDS[test.outcome].toLowerCase()}`;
  show();
  shownTest = test;
  if (!same) {
    window.scrollTo({ top: 0, behavior: "instant" });
  }
  const focus = focusAfter && main.querySelector(focusAfter);
  focusAfter = null;
  (focus || main).focus({ preventScroll: true });
}

function showOverview(main, lost) {
  shownTest = null;
  document.title = `${report.name}: ${plural(count("failed"), "failure")} in ${plural(report.tests.length, "test")}`;
  if (!overview.element.isConnected) {
    replace(main, overview.element);
    overview.rows.paint();
    window.scrollTo({ top: overview.scroll, behavior: "instant" });
    overview.rows.paint();
    if (overview.selected >= 0) {
      select(overview.selected);
    }
  }
  if (lost) {
    overview.status.textContent = "This report has no test of that name.";
  }
}

const typing = target => /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) {
    return;
  }
  const detail = Boolean(place().test);
  const key = event.key;
  if (key === "Escape") {
    if (typing(event.target)) {
      if (event.target.value && event.target.type === "search") {
        event.target.value = "";
        event.target.dispatchEvent(new Event("input"));
      } else {
        event.target.blur();
      }
    } else if (detail && report.kind === "run") {
      location.hash = "";
    }
    return;
  }
  if (typing(event.target)) {
    if (event.target === overview.search && (key === "ArrowDown" || key === "Enter")) {
      event.preventDefault();
      overview.selected = -1;
      step(1);
    }
    return;
  }
  const by = key === "j" ? 1 : key === "k" ? -1 : !detail && key === "ArrowDown" ? 1 : !detail && key === "ArrowUp" ? -1 : 0;
  if (key === "/") {
    const field = byId("main").querySelector("input[type=search]");
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  } else if (key === "?") {
    showKeys();
  } else if (by !== 0 && detail) {
    const other = byId(by > 0 ? "next" : "previous");
    if (other) {
      other.click();
    }
  } else if (by !== 0) {
    event.preventDefault();
    step(by);
  }
}

function start() {
  add(byId("bar"), [
    h("span", { class: "brand" }, h("b", null, "bctrl"), report.kind === "run" ? " test report" : " test attempt"),
    h("span", { class: "run mono", title: report.name }, report.name),
    h("button", { type: "button", id: "keys", onclick: showKeys }, h("kbd", null, "?"), h("span", { class: "wide" }, "Keys")),
    themed()]);
  add(byId("foot"), [`Written ${day(report.written)}. Times are those of this browser's time zone.`]);
  byId("skip").addEventListener("click", event => {
    event.preventDefault();
    byId("main").focus();
  });
  if (report.kind === "run") {
    buildOverview();
  }
  window.addEventListener("hashchange", route);
  document.addEventListener("keydown", onKey);
  history.scrollRestoration = "manual";
  route();
}

start();

// The live view of one run: its socket, and what is around the picture.

import { Stage } from "./stage.js";
import { Input } from "./input.js";

const STATES = {
  connecting: ["Connecting", "Connecting to the browser"],
  live: ["Live", ""],
  crashed: ["Crashed", "This page has crashed. Reload it, or choose another tab."],
  unresponsive: ["Not answering", "This page does not answer. Its script may be busy."],
  dialog: ["Dialog", ""],
  no_page: ["No page", "No page is open in this browser."],
  lost: ["Disconnected", "The connection was lost. Trying again."],
  over: ["Over", ""],
};
const RETRIES = [300, 1000, 2000, 4000, 8000];
const MOST_ROWS = 500;

const $ = (id) => document.getElementById(id);
let socket = null;
let attempt = 0;
let over = false;
let steering = false;
let input = null;
let tabs = [];
let watching = 0;
let heldUntil = 0;
let noticeTimer = 0;

function send(message) {
  const text = JSON.stringify(message);
  if (socket && socket.readyState === WebSocket.OPEN) {
    socket.send(text);
  }
}

const stage = new Stage($("stage"), $("screen"), send);

function connect() {
  const scheme = location.protocol === "https:" ? "wss://" : "ws://";
  socket = new WebSocket(scheme + location.host + location.pathname.replace(/\/$/, "") + "/socket");
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => stage.tell());
  socket.addEventListener("message", (event) => {
    if (typeof event.data === "string") {
      receive(JSON.parse(event.data));
    } else {
      stage.show(event.data);
    }
  });
  socket.addEventListener("close", (event) => lost(event));
}

function lost(event) {
  if (over) {
    return;
  }
  if (event.code >= 4400 || attempt >= RETRIES.length) {
    end({
      title: event.code >= 4400 ? "The view was closed" : "The control plane cannot be reached",
      message: event.reason || "It may have ended. Load this page again to try once more.",
    });
    return;
  }
  state("lost");
  setTimeout(connect, RETRIES[attempt++]);
}

function receive(message) {
  switch (message.type) {
    case "hello": return hello(message);
    case "tabs": return showTabs(message);
    case "state": return state(message.state, message.dialog);
    case "connection": return connection(message.attached);
    case "activity": return activity(message.row);
    case "hold": return hold(message);
    case "error": return notice(message.message);
    case "end": return end(message);
  }
}

function hello(message) {
  attempt = 0;
  steering = message.control === "input";
  $("name").textContent = message.name;
  $("name").title = message.name + " · " + message.browser;
  document.title = message.name ? message.name + " · Live view" : "Live view";
  document.body.classList.toggle("steering", steering);
  $("controls").hidden = !steering;
  $("new-tab").hidden = !steering;
  $("url").readOnly = !steering;
  $("mode").hidden = steering;
  $("mode").lastElementChild.textContent = "Watching only";
  $("activity").hidden = !message.activity || innerWidth < 720;
  $("toggle-activity").hidden = !message.activity;
  $("toggle-activity").setAttribute("aria-expanded", String(!$("activity").hidden));
  if (steering && !input) {
    input = new Input(stage, $("keys"), send, {
      mac: message.mac,
      typing: (on) => {
        document.body.classList.toggle("typing", on);
        $("hint").hidden = !on;
      },
    });
  }
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

function showTabs(message) {
  tabs = message.tabs;
  watching = message.watching ?? 0;
  stage.watch(watching);
  const strip = $("tabs");
  const focused = document.activeElement?.closest?.(".tab")?.dataset.tab;
  strip.replaceChildren(...tabs.map((tab) => {
    const box = element("div", "tab" + (tab.tab === watching ? " on" : "") + (tab.crashed ? " crashed" : ""));
    box.dataset.tab = tab.tab;
    const title = tab.title && tab.title !== tab.url ? tab.title : short(tab.url);
    const pick = element("button", "pick", (tab.crashed ? "Crashed: " : "") + title);
    pick.type = "button";
    pick.title = title + "\n" + tab.url;
    pick.setAttribute("role", "tab");
    pick.setAttribute("aria-selected", String(tab.tab === watching));
    pick.addEventListener("click", () => send({ type: "watch", tab: tab.tab }));
    box.append(pick);
    if (steering) {
      const shut = element("button", "shut", "×");
      shut.type = "button";
      shut.title = "Close tab";
      shut.setAttribute("aria-label", "Close " + title);
      shut.addEventListener("click", () => send({ type: "closeTab", tab: tab.tab }));
      box.append(shut);
    }
    return box;
  }));
  if (focused) {
    strip.querySelector(`[data-tab="${Number(focused)}"] .pick`)?.focus();
  }
  const current = tabs.find((tab) => tab.tab === watching);
  if (document.activeElement !== $("url")) {
    $("url").value = current && current.url !== "about:blank" ? current.url : "";
  }
}

function short(url) {
  return !url || url === "about:blank" ? "New tab" : url.replace(/^https?:\/\//, "");
}

function state(name, dialog) {
  const [label, text] = STATES[name] ?? [name, ""];
  $("state").dataset.state = name;
  $("state").lastElementChild.textContent = label;
  $("veil").hidden = !text;
  $("veil-text").textContent = text;
  $("stage").classList.toggle("dim", Boolean(text));
  showDialog(dialog);
}

function showDialog(dialog) {
  $("dialog").hidden = !dialog;
  if (!dialog) {
    return;
  }
  const prompt = dialog.type === "prompt";
  $("dialog-title").textContent =
    dialog.type === "beforeunload" ? "Leave this page?" : dialog.type === "alert" ? "The page says" : "The page asks";
  $("dialog-text").textContent = dialog.message || (dialog.type === "beforeunload" ? "Changes may be lost." : "");
  $("dialog-input").hidden = !prompt || !steering;
  $("dialog-input").value = dialog.defaultPrompt ?? "";
  $("dialog-buttons").hidden = !steering;
  $("dialog-cancel").hidden = dialog.type === "alert";
  $("dialog-hint").hidden = steering;
  $("dialog-hint").textContent = "The page waits for an answer.";
  if (steering) {
    (prompt ? $("dialog-input") : $("dialog-ok")).focus();
  }
}

function answer(accept) {
  const message = { type: "dialog", accept };
  if (accept && !$("dialog-input").hidden) {
    message.text = $("dialog-input").value;
  }
  send(message);
}

function connection(attached) {
  const pill = $("connection");
  pill.hidden = false;
  pill.dataset.attached = String(attached);
  pill.lastElementChild.textContent = attached ? "Test attached" : "No test attached";
  pill.title = attached ? "A test drives this browser." : "Nothing but this view is connected to the browser.";
}

function activity(row) {
  const list = $("rows");
  $("no-rows").hidden = true;
  const line = element("li", row.severity === "error" || row.status === "failed" ? "error" : row.severity === "warning" ? "warning" : "");
  const time = element("time", "", new Date(row.time).toLocaleTimeString([], { hour12: false }));
  time.dateTime = row.time;
  line.append(time, element("span", "", row.message));
  const old = row.id && [...list.children].reverse().find((known) => known.dataset.id === row.id);
  if (row.id) {
    line.dataset.id = row.id;
  }
  const pane = $("activity");
  const atEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 40;
  if (old) {
    old.replaceWith(line);
  } else {
    list.append(line);
    while (list.children.length > MOST_ROWS) {
      list.firstElementChild.remove();
    }
  }
  if (atEnd) {
    pane.scrollTop = pane.scrollHeight;
  }
}

function hold(message) {
  heldUntil = message.held ? performance.now() + message.remainingMs : 0;
  $("hold").hidden = !message.held;
  $("release").hidden = !steering;
  $("hold").dataset.text = message.message || "The browser is held";
  tick();
}

function tick() {
  clearTimeout(tick.timer);
  if (!heldUntil || over) {
    return;
  }
  const seconds = Math.max(0, Math.ceil((heldUntil - performance.now()) / 1000));
  const left = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  $("hold-text").textContent = $("hold").dataset.text + " · " + left;
  tick.timer = setTimeout(tick, 1000);
}

function notice(text) {
  clearTimeout(noticeTimer);
  $("notice").textContent = text;
  $("notice").hidden = false;
  noticeTimer = setTimeout(() => { $("notice").hidden = true; }, 6000);
}

function end(message) {
  over = true;
  document.title = message.title;
  $("end-title").textContent = message.title;
  $("end-text").textContent = message.message;
  for (const [id, address] of [["end-replay", message.replay], ["end-console", message.console]]) {
    $(id).hidden = !address;
    if (address && /^(https?:\/\/|\/)/.test(address)) {
      $(id).href = address;
    }
  }
  $("end").hidden = false;
  $("hold").hidden = true;
  state("over");
}

$("back").addEventListener("click", () => send({ type: "back" }));
$("forward").addEventListener("click", () => send({ type: "forward" }));
$("reload").addEventListener("click", () => send({ type: "reload" }));
$("new-tab").addEventListener("click", () => send({ type: "newTab" }));
$("release").addEventListener("click", () => send({ type: "release" }));
$("dialog-ok").addEventListener("click", () => answer(true));
$("dialog-cancel").addEventListener("click", () => answer(false));
$("dialog").addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    answer(false);
  } else if (event.key === "Enter" && event.target === $("dialog-input")) {
    answer(true);
  }
});
$("url").addEventListener("focus", () => steering && $("url").select());
$("go").addEventListener("submit", (event) => {
  event.preventDefault();
  if (steering && $("url").value.trim()) {
    send({ type: "navigate", url: $("url").value.trim() });
    $("screen").focus();
  }
});
$("toggle-activity").addEventListener("click", () => {
  $("activity").hidden = !$("activity").hidden;
  $("toggle-activity").setAttribute("aria-expanded", String(!$("activity").hidden));
});
$("tabs").addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step) {
    const picks = [...$("tabs").querySelectorAll(".pick")];
    picks[(picks.indexOf(event.target) + step + picks.length) % picks.length]?.focus();
  }
});
setInterval(() => send({ type: "ping" }), 25000);
connect();

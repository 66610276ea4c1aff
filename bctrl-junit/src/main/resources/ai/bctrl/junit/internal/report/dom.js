// Elements and texts. Everything shown comes from tested pages, so nothing here ever parses HTML.

const byId = id => document.getElementById(id);

/** Makes an element; children are nodes or texts, nested lists are fine, and what is null, undefined or false is left out. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) {
      element.append(child);
    }
  }
}

function replace(element, ...children) {
  element.replaceChildren();
  add(element, children);
}

const PATHS = {
  passed: "M3 8.5l3.2 3.2L13 4.8",
  failed: "M4 4l8 8M12 4l-8 8",
  flaky: "M2.5 8a5.5 5.5 0 0 1 9.6-3.6M13.5 8a5.5 5.5 0 0 1-9.6 3.6M12.5 1.5v3.2H9.3M3.5 14.5v-3.2h3.2",
  aborted: "M3.5 8h9",
  left: "M10 3L5 8l5 5",
  right: "M6 3l5 5-5 5",
  theme: "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
};

function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const two = number => String(number).padStart(2, "0");

function duration(ms) {
  if (!Number.isFinite(ms) || ms < 0) {
    return "";
  }
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 59950) {
    return `${(ms / 1000).toFixed(ms < 9950 ? 2 : 1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} m ${two(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
}

function bytes(size) {
  if (!Number.isFinite(size) || size < 0) {
    return "";
  }
  if (size < 1000) {
    return `${size} B`;
  }
  return size < 1e6 ? `${(size / 1000).toFixed(size < 1e4 ? 1 : 0)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

function parsed(time) {
  const date = time ? new Date(time) : null;
  return date && !Number.isNaN(date.getTime()) ? date : null;
}

function clock(time, millis) {
  const date = parsed(time);
  return date
    ? `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
      + (millis ? `.${String(date.getMilliseconds()).padStart(3, "0")}` : "")
    : "";
}

function day(time) {
  const date = parsed(time);
  return date ? `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(time)}` : "";
}

const plural = (number, one, many) => `${number} ${number === 1 ? one : many || one + "s"}`;

const str = value => value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

/** A text with each occurrence of a needle marked. */
function marked(text, needle) {
  if (!needle) {
    return [text];
  }
  const parts = [];
  const low = text.toLowerCase();
  // Few letters change their length in lower case; with those the marks would be at wrong places.
  if (low.length !== text.length) {
    return [text];
  }
  let from = 0;
  for (let at = low.indexOf(needle); at >= 0 && parts.length < 200; at = low.indexOf(needle, from)) {
    parts.push(text.slice(from, at), h("mark", null, text.slice(at, at + needle.length)));
    from = at + needle.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** A link to a page of the tested application; what is no web address stays a text. */
function address(url) {
  return /^https?:\/\//i.test(url)
    ? h("a", { href: url, rel: "noreferrer noopener", target: "_blank", class: "url" }, url)
    : h("span", { class: "url" }, url);
}

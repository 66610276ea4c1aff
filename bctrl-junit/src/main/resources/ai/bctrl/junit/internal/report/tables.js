// The tables and texts of one bundle.

/** A table whose rows are found by a search and a filter. columns: [{head, class, cell(row, needle)}] */
function searchTable({ label, data, index, columns, hay, level, levels, mark, detail, empty }) {
  if (!data) {
    return note(empty);
  }
  const state = { search: "", level: "" };
  const body = h("tbody");
  const status = h("p", { class: "status", role: "status" });
  const prepared = data.rows.map(row => ({ row, text: hay(row).toLowerCase() }));
  const paint = () => {
    const some = prepared.filter(({ row, text }) => (!state.search || text.includes(state.search)) && (!state.level || level(row) === state.level));
    const most = 1000;
    replace(body, some.slice(0, most).map(({ row }) => tableRow(row)));
    status.textContent = (some.length === prepared.length ? plural(some.length, "row") : `${some.length} of ${plural(prepared.length, "row")}`)
      + (some.length > most ? `, the first ${most} are shown` : "");
  };
  const tableRow = row => {
    const line = h("tr", { class: mark(row) }, columns.map(column => h("td", { class: column.class }, column.cell(row, state.search))));
    return detail ? [line, ...expandable(line, columns.length, () => detail(row))] : line;
  };
  paint();
  return h("div", { class: "data" },
    h("div", { class: "toolbar" },
      searchField(`Search the ${label}`, text => {
        state.search = text;
        paint();
      }),
      levels && levels.length > 1 && choice("Show", [["", "all"], ...levels], "", value => {
        state.level = value;
        paint();
      }),
      status),
    data.total > data.rows.length && note(`The last ${data.rows.length} of ${data.total}; all are in `, fileLink(index, data.file), "."),
    h("div", { class: "scroll" }, h("table", { "aria-label": label },
      h("thead", null, h("tr", null, columns.map(column => h("th", { scope: "col", class: column.class }, column.head)))), body)));
}

/** Makes a row open and close a row of details below it. */
function expandable(line, width, render) {
  const content = h("td", { colspan: width });
  const below = h("tr", { class: "below", hidden: true }, content);
  const button = h("button", { type: "button", class: "expand", "aria-expanded": "false", "aria-label": "Details" }, icon("right"));
  line.firstChild.prepend(button);
  line.classList.add("openable");
  line.addEventListener("click", event => {
    if (event.target.closest("a") || String(getSelection())) {
      return;
    }
    below.hidden = !below.hidden;
    button.setAttribute("aria-expanded", String(!below.hidden));
    if (!below.hidden && !content.firstChild) {
      add(content, [render()]);
    }
  });
  return [below];
}

function fileLink(index, name, text) {
  return h("a", { href: fileUrl(index, name) }, text || name);
}

const ALARMING = ["error", "pageerror", "assert"];

function consoleTab(kept, index) {
  const rows = kept.console ? kept.console.rows : [];
  const levels = [...new Set(rows.map(row => str(row.level)))].sort()
    .map(level => [level, `${level} (${rows.filter(row => str(row.level) === level).length})`]);
  return searchTable({
    label: "console", data: kept.console, index, levels, level: row => str(row.level),
    empty: missing(kept, "console", "The console was not kept."),
    hay: row => `${str(row.text)}\n${str(row.url)}`,
    mark: row => ALARMING.includes(row.level) ? "bad" : row.level === "warning" ? "odd" : "",
    columns: [
      { head: "Time", class: "mono nowrap soft", cell: row => clock(row.time, true) },
      { head: "Level", class: "nowrap", cell: row => h("span", { class: "level" }, str(row.level)) },
      { head: "Text", class: "mono wrap grow", cell: (row, needle) => marked(str(row.text), needle) },
      { head: "Where", class: "soft wrap where", cell: row => [row.url ? shortUrl(row.url) : "", row.line ? `:${str(row.line)}` : "",
        row.page > 1 ? ` page ${str(row.page)}` : ""].join("") },
    ],
  });
}

const failedRequest = row => Boolean(row.error) || row.status >= 400 || row.status <= 0;

function shortUrl(url) {
  return str(url).replace(/^https?:\/\/[^/]+/, "") || str(url);
}

function networkTab(kept, index) {
  const rows = kept.network ? kept.network.rows : [];
  const bad = rows.filter(failedRequest).length;
  const type = row => row.type || str(row.mime).replace(/;.*/, "");
  return searchTable({
    label: "requests", data: kept.network, index,
    levels: bad > 0 ? [["bad", `failed (${bad})`], ["good", `others (${rows.length - bad})`]] : null,
    level: row => failedRequest(row) ? "bad" : "good",
    empty: missing(kept, "network", "The requests were not kept."),
    hay: row => `${row.method} ${row.status} ${str(row.url)} ${str(row.error)} ${type(row)}`,
    mark: row => failedRequest(row) ? "bad" : "",
    columns: [
      { head: "Method", class: "mono nowrap", cell: row => str(row.method) },
      { head: "URL", class: "mono wrap grow", cell: (row, needle) => marked(str(row.url), needle) },
      { head: "Status", class: "answer", cell: statusText },
      { head: "Type", class: "soft", cell: type },
      { head: "Size", class: "number", cell: row => bytes(row.size) },
      { head: "Time", class: "number", cell: row => duration(row.ms) },
    ],
    detail: requestDetail,
  });
}

function statusText(row) {
  const text = row.error ? `failed: ${str(row.error)}` : row.status > 0 ? `${row.status} ${str(row.statusText)}` : "no answer";
  return h("span", { class: failedRequest(row) ? "level" : "" }, text);
}

function requestDetail(row) {
  const headers = (title, list) => list && list.length > 0 && h("div", null, h("h4", null, title),
    h("dl", { class: "headers mono" }, list.map(([name, value]) => [h("dt", null, name), h("dd", null, value)])));
  const body = (title, text) => text && h("div", null, h("h4", null, title), h("pre", { class: "body" }, text));
  const parts = [headers("Request headers", row.requestHeaders), body("Request body", row.requestBody),
    headers("Response headers", row.responseHeaders), body("Response body", row.responseBody)].filter(part => part);
  return h("div", { class: "request" }, row.time && note(`Started ${clock(row.time, true)}`), parts.length > 0 ? parts : note("Headers and bodies are in the file only."));
}

function failingAction(kept) {
  const rows = kept.actions ? kept.actions.rows : [];
  return rows.findLast ? rows.findLast(row => row.error) : [...rows].reverse().find(row => row.error);
}

function actionsTable(kept, index, most) {
  if (!kept.actions) {
    return note(missing(kept, "actions", "The actions were not kept."));
  }
  const failing = failingAction(kept);
  const rows = most ? kept.actions.rows.slice(-most) : kept.actions.rows;
  const longest = rows.reduce((max, row) => Math.max(max, row.durationMs || 0), 1);
  return [
    (kept.actions.total > rows.length) && note(`The last ${rows.length} of ${kept.actions.total}; all are in `, fileLink(index, kept.actions.file), "."),
    h("div", { class: "scroll" }, h("table", { "aria-label": "Actions", class: "actions" },
      h("thead", null, h("tr", null, ["Time", "Action", "Value", "Took"].map(text => h("th", { scope: "col", class: text === "Took" ? "number" : "" }, text)))),
      h("tbody", null, rows.map(row => {
        const bar = h("i", { class: "took" });
        bar.style.width = `${Math.floor(56 * (row.durationMs || 0) / longest)}px`;
        return h("tr", { class: row.error ? "bad" : "" },
          h("td", { class: "mono nowrap soft" }, clock(row.time, true)),
          h("td", { class: "wrap grow" }, h("span", { class: "mono" }, str(row.title || row.call)),
            row === failing && h("span", { class: "origin" }, "failed here"),
            row.page > 1 && h("span", { class: "soft" }, ` page ${row.page}`),
            row.error && h("div", { class: "error mono" }, str(row.error))),
          h("td", { class: "mono wrap soft" }, str(row.value)),
          h("td", { class: "number" }, duration(row.durationMs), bar));
      }))))];
}

function recordsTab(table, kept, index, kind, label) {
  return searchTable({
    label, data: table, index, levels: null, level: () => "",
    empty: missing(kept, kind, `There are no ${label}.`),
    hay: row => JSON.stringify(row), mark: row => /fail|crash|error/i.test(str(row.type)) ? "bad" : "",
    columns: [
      { head: "Time", class: "mono nowrap soft", cell: row => clock(row.time || row.startedAt || row.createdAt, true) },
      { head: "Type", class: "nowrap", cell: (row, needle) => marked(str(row.type || row.name || row.kind), needle) },
      { head: "Source", class: "soft nowrap", cell: row => str(row.source || row.status) },
      { head: "Data", class: "mono wrap soft grow", cell: (row, needle) => marked(str(row.data), needle) },
    ],
    detail: row => h("pre", { class: "body" }, JSON.stringify(row, null, 2)),
  });
}

/** Lines of a source, broken between tags, as pages often come in one line. */
const sourceLines = (text, html) => (html ? text.replace(/></g, ">\n<") : text).split("\n");

const LONGEST_LINE = 4000;

/** A long text by lines, of which only those in view are in the document; never parsed. */
function sourceView(item, index, html) {
  const lines = sourceLines(item.text, html);
  const low = lines.map(line => line.toLowerCase());
  const list = h("div", { class: "lines" });
  const scroller = h("div", { class: "source", tabindex: "0", role: "region", "aria-label": item.file }, list);
  const rows = new Window(list, scroller);
  const state = { needle: "", hits: [], at: -1 };
  const status = h("span", { class: "status", role: "status" });
  const render = i => h("div", { class: i === state.hits[state.at] ? "line hit" : "line" }, h("span", { class: "no" }, String(i + 1)),
    h("code", null, marked(lines[i].length > LONGEST_LINE ? `${lines[i].slice(0, LONGEST_LINE)}… (${lines[i].length} characters)` : lines[i], state.needle)));
  const paint = () => rows.show(lines.map(() => 20), render);
  const go = by => {
    if (state.hits.length > 0) {
      state.at = (state.at + by + state.hits.length) % state.hits.length;
      status.textContent = `line ${state.at + 1} of ${state.hits.length} found`;
      paint();
      rows.reveal(state.hits[state.at], 60);
      scroller.scrollIntoView({ block: "nearest", behavior: "instant" });
    }
  };
  const search = searchField("Search the source", needle => {
    state.needle = needle;
    state.hits = needle ? low.flatMap((line, i) => line.includes(needle) ? [i] : []) : [];
    state.at = -1;
    status.textContent = needle && state.hits.length === 0 ? "not found" : "";
    if (state.hits.length > 0) {
      go(1);
    } else {
      paint();
    }
  });
  search.addEventListener("keydown", event => {
    if (event.key === "Enter") {
      go(event.shiftKey ? -1 : 1);
    }
  });
  requestAnimationFrame(paint);
  return h("div", { class: "data" },
    h("div", { class: "toolbar" }, search, h("button", { type: "button", onclick: () => go(-1) }, "Previous"),
      h("button", { type: "button", onclick: () => go(1) }, "Next"), status),
    note(item.note ? [address(item.note), " · "] : "", fileLink(index, item.file), ` · ${bytes(item.size)}`,
      html ? " · as text, lines are broken between tags" : "", item.whole ? "" : " · only the beginning is shown here"),
    scroller);
}

function sourcesTab(kept, index, kind, empty) {
  const items = kept[kind] || [];
  return items.length === 0 ? note(missing(kept, kind, empty)) : items.map(item => h("section", null, sourceView(item, index, kind === "dom")));
}

function missing(kept, kind, otherwise) {
  const reasons = (Array.isArray(kept.missing) ? kept.missing : []).filter(row => row && row.kind === kind).map(row => str(row.reason));
  return reasons.length > 0 ? `Not kept: ${reasons.join("; ")}` : otherwise;
}

function filesTab(kept, index) {
  const gone = Array.isArray(kept.missing) ? kept.missing : [];
  return [
    h("div", { class: "scroll" }, h("table", { "aria-label": "Files" },
      h("thead", null, h("tr", null, ["File", "Kind", "Taken", "Size"].map(text => h("th", { scope: "col", class: text === "Size" ? "number" : "" }, text)))),
      h("tbody", null, kept.files.map(file => h("tr", { class: file.size < 0 ? "bad" : "" },
        h("td", { class: "wrap" }, file.size < 0 ? file.name : fileLink(index, file.name), file.note && h("div", { class: "soft url" }, file.note)),
        h("td", { class: "soft" }, file.kind),
        h("td", { class: "mono nowrap soft" }, clock(file.takenAt, true)),
        h("td", { class: "number" }, file.size < 0 ? "gone" : bytes(file.size))))))),
    gone.length > 0 && h("section", null, h("h3", null, "What is missing, and why"),
      h("dl", { class: "pairs" }, gone.map(row => [h("dt", null, str(row.kind)), h("dd", null, str(row.reason))]))),
    note("All files are in ", h("code", null, `${report.bundles[index].path || "./"}`), ".")];
}

// One test: its attempts, and of each what was kept.

/** Shows a test; resolves when its bundle is unpacked. */
async function showDetail(main, test, attemptNumber, tabId) {
  const at = test.attempts.findIndex(attempt => String(attempt.attempt) === attemptNumber);
  const attempt = at >= 0 ? test.attempts[at] : test.shown;
  const kept = attempt.bundle === undefined ? null : await bundle(attempt.bundle).catch(
    failure => ({ files: [], problems: [`It cannot be unpacked: ${failure.message}`] }));
  return () => {
    const content = h("div", { class: "content", id: "attempt", ...(test.attempts.length > 1 ? { role: "tabpanel", "aria-label": `Attempt ${attempt.attempt}` } : {}) }, attemptBody(test, attempt, kept, tabId));
    replace(main, h("article", { class: "detail" }, head(test), attempts(test, attempt), content));
  };
}

function head(test) {
  const [type, method] = split(test.name);
  return h("header", { class: "head" },
    h("div", { class: "verdict" }, badge(test.outcome), h("span", { class: "soft" }, test.class)),
    h("nav", { "aria-label": "Tests" },
      report.kind === "run"
        ? [h("a", { href: "#", class: "button", id: "back" }, icon("left"), "All tests"), neighbour(test, -1), neighbour(test, 1)]
        : report.up && h("a", { href: `${report.up}#${encodeURIComponent(test.id)}`, class: "button" }, icon("left"), `Run ${report.upName}`)),
    h("h1", null, h("span", { class: "type" }, type), method),
    test.display && !sameName(test.display, method) && h("p", { class: "display" }, test.display));
}

function neighbour(test, by) {
  const shown = overview.shown.includes(test) ? overview.shown : report.tests;
  const other = shown[shown.indexOf(test) + by];
  const word = by < 0 ? "Previous" : "Next";
  return other ? h("a", { class: "button", href: link(other), id: by < 0 ? "previous" : "next", title: other.name },
    by < 0 && icon("left"), word, by > 0 && icon("right")) : h("span", { class: "button off" }, word);
}

function attempts(test, chosen) {
  if (test.attempts.length < 2) {
    return null;
  }
  // Each attempt has an address of its own, so these are links that look like tabs and are told as such.
  const links = test.attempts.map(attempt => h("a", {
    role: "tab", href: link(test, attempt.attempt), "aria-controls": "attempt", "aria-selected": String(attempt === chosen), tabindex: attempt === chosen ? "0" : "-1",
  }, icon(attempt.outcome), `Attempt ${attempt.attempt}`, h("span", { class: "count" }, `${attempt.outcome}, ${duration(attempt.ms)}`)));
  return h("div", { role: "tablist", "aria-label": "Attempts", class: "attempts", onkeydown: event => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      event.stopPropagation();
      focusAfter = '.attempts [aria-selected="true"]';
      links[(links.indexOf(event.target.closest("a")) + by + links.length) % links.length].click();
    }
  } }, links);
}

function attemptBody(test, attempt, kept, tabId) {
  if (!kept) {
    return [verdict(attempt, {}), note(attempt.outcome === "passed" ? "Nothing was kept of this attempt, as it passed." : "Nothing was kept of this attempt."),
      section("Phases", phasesTable(attempt.phases))];
  }
  const index = attempt.bundle;
  const size = (table, bad) => table ? { note: String(table.total), alarm: table.rows.filter(bad).length } : {};
  const list = [
    { id: "summary", label: "Summary", render: () => summaryTab(attempt, kept) },
    attempt.compare !== undefined && { id: "compare", label: "Compare", render: () => later(comparison(index, attempt.compare)) },
    { id: "actions", label: "Actions", ...size(kept.actions, row => row.error), render: () => actionsTable(kept, index) },
    { id: "console", label: "Console", ...size(kept.console, row => ALARMING.includes(row.level)), render: () => consoleTab(kept, index) },
    { id: "network", label: "Network", ...size(kept.network, failedRequest), render: () => networkTab(kept, index) },
    { id: "dom", label: "DOM", render: () => sourcesTab(kept, index, "dom", "The page's source was not kept.") },
    { id: "aria", label: "ARIA", render: () => sourcesTab(kept, index, "aria", "No ARIA snapshot was kept.") },
    { id: "events", label: "Events", ...size(kept.events, () => false), render: () => [recordsTab(kept.events, kept, index, "events", "events of the run"),
      kept.commands && kept.commands.total > 0 && section("Commands", recordsTab(kept.commands, kept, index, "commands", "commands"))] },
    { id: "files", label: "Files", note: String(kept.files.length), render: () => filesTab(kept, index) },
  ].filter(tab => tab);
  const made = tabs("What was kept", list, tabId, id => {
    history.replaceState(null, "", link(test, attempt.attempt, id === "summary" ? "" : id));
  });
  made.bar.classList.add("sections");
  return [
    (kept.problems || []).length > 0 && h("ul", { class: "problems" }, kept.problems.map(problem => h("li", null, problem))),
    verdict(attempt, kept), made.bar, made.panel];
}

function later(promise) {
  const place = h("div", null, note("Comparing…"));
  promise.then(element => replace(place, element), failure => replace(place, note(`It cannot be compared: ${failure.message}`)));
  return place;
}

/** What failed, where, and what to open next. */
function verdict(attempt, kept) {
  const about = kept.about || {};
  const origin = about.origin || attempt.origin;
  const action = about.lastAction || attempt.lastAction;
  const url = about.pageUrl || attempt.pageUrl;
  const message = str(about.message || attempt.failure);
  const location_ = about.location && typeof about.location === "object" ? about.location : {};
  const rows = [
    (about.place || location_.file) && ["In", [about.place ? placeText(str(about.place)) : "", about.place && location_.file ? ", " : "",
      location_.file && h("code", null, `${str(location_.file)}${location_.line ? `:${str(location_.line)}` : ""}`)]],
    (attempt.start || kept.time) && ["When", `${day(attempt.start || kept.time)}, took ${duration(attempt.ms)}`],
    url && ["Page", address(str(url))],
    action && ["Last action", h("code", null, str(action))],
  ].filter(row => row);
  const bad = attempt.outcome !== "passed";
  return h("section", { class: `verdict-box ${attempt.outcome}`, "aria-label": "Outcome" },
    h("h2", null, bad ? origin ? originSentence(str(origin)) : attempt.outcome === "aborted" ? "The test was aborted" : "The test failed" : "This attempt passed"),
    message && h("pre", { class: "message" }, about.type && !message.startsWith(str(about.type)) ? `${str(about.type)}: ${message}` : message),
    h("dl", { class: "pairs two" }, rows.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)))),
    kept.files && h("div", { class: "open" }, openLinks(attempt, kept)));
}

function openLinks(attempt, kept) {
  const index = attempt.bundle;
  const trace = kept.files.find(file => file.kind === "trace" && file.size >= 0);
  const links = [];
  if (trace && served) {
    const url = new URL(fileUrl(index, trace.name), location.href).pathname;
    links.push(h("a", { class: "button main", id: "trace", target: "_blank", rel: "noopener", href: `/trace/index.html?trace=${encodeURIComponent(url)}` }, "Open trace"));
  } else if (trace) {
    links.push(h("details", { class: "how" }, h("summary", { class: "button" }, "Open trace"), h("p", null, "Run ", h("code", null, "./bctrl report DIR"),
      " with the directory of this run; the report it serves opens traces with one click. ", fileLink(index, trace.name), " is the file itself.")));
  } else if (kept.files.length > 0) {
    links.push(h("span", { class: "soft" }, missing(kept, "trace", "No trace was kept.").replace("Not kept:", "No trace:")));
  }
  const replay = str(kept.replayUrl);
  if (/^https?:\/\//i.test(replay)) {
    links.push(h("a", { class: "button", id: "replay", target: "_blank", rel: "noopener noreferrer", href: replay }, "Open replay"));
  }
  for (const [name, text] of [["failure.md", "Summary for a ticket"], ["failure.txt", "Stack trace"]]) {
    if (kept.files.some(file => file.name === name && file.size >= 0)) {
      links.push(h("a", { class: "button", href: fileUrl(index, name) }, text));
    }
  }
  return links;
}

function summaryTab(attempt, kept) {
  const index = attempt.bundle;
  const stack = (kept.failure || [])[0];
  return h("div", { class: "columns" },
    h("div", null,
      section("What the browser showed", shots(index, kept)),
      film(index, kept),
      stack && h("details", { class: "stack", open: stack.text.length < 1500 }, h("summary", null, "Stack trace"),
        h("pre", null, stack.text), !stack.whole && note("The rest is in ", fileLink(index, stack.file)))),
    h("div", null,
      kept.actions && section("Last actions", actionsTable(kept, index, 8)),
      section("Where the time went", phasesTable(attempt.phases)),
      pairs("Versions", kept.versions), pairs("Settings", kept.settings),
      pairs("Run", { run: kept.runId || attempt.runId, runtime: kept.runtimeId })));
}

function shots(index, kept) {
  const list = kept.files.filter(file => file.kind === "screenshot" && file.size >= 0);
  if (list.length === 0) {
    return note(missing(kept, "screenshot", "No screenshot was kept."));
  }
  const first = report.bundles[index].shot;
  return h("div", { class: "shots" }, list.map(file => {
    const full = /\.full\.png$/.test(file.name);
    const source = fileUrl(index, file.name);
    return h("div", { class: full ? "full" : "viewport" }, picture(file.name === first ? screenshot(index) : source, full ? "Full page" : `Screenshot ${file.name}`,
      [full ? fileLink(index, file.name, "Full page") : fileLink(index, file.name), !full && file.note ? [" ", h("span", { class: "soft url" }, file.note)] : ""],
      file.name === first ? source : null));
  }));
}

function film(index, kept) {
  const file = kept.files.find(each => each.kind === "recording" && each.size >= 0);
  return file && section("Recording", h("video", { controls: true, preload: "metadata", src: fileUrl(index, file.name), "aria-label": "Recording of the test" }),
    note(fileLink(index, file.name), " plays in any browser. The failure is at its end."));
}

function phasesTable(phases) {
  const longest = phases.reduce((most, [, ms]) => Math.max(most, ms), 1);
  const sum = phases.reduce((total, [, ms]) => total + ms, 0);
  return phases.length === 0 ? note("No phases were kept.") : [phaseBar(phases, sum),
    h("table", { class: "phase-table", "aria-label": "Phases" }, h("tbody", null, phases.map(([name, ms]) => {
      const bar = h("i", { class: phaseClass(name) });
      bar.style.width = `${100 * ms / longest}%`;
      return h("tr", null, h("th", { scope: "row" }, h("i", { class: `swatch ${phaseClass(name)}` }), name), h("td", { class: "number" }, duration(ms)), h("td", { class: "meter" }, bar));
    })))];
}

function pairs(title, values) {
  const rows = Object.entries(values && typeof values === "object" ? values : {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return rows.length > 0 && section(title, h("dl", { class: "pairs mono" }, rows.map(([name, value]) => [h("dt", null, name), h("dd", null, str(value))])));
}
